import { answer, api } from '../../api/client';
import type { paths } from '../../api/openapi';

type Listed = paths['/admin/programmes/{programmeId}/versions']['get']['responses'][200]['content']['application/json'];
export type Version = Listed['versions'][number];

export async function versionsPage(
  programmeId: string,
  before: number | null,
): Promise<{ rows: Version[]; next: number | null }> {
  const query = before === null ? {} : { before };
  const params = { path: { programmeId }, query };
  const { versions, next } = await answer(api.GET('/admin/programmes/{programmeId}/versions', { params }));
  return { rows: versions, next };
}

/** The one that counts now: published, begun, and no later one has. */
export function inEffect(versions: readonly Version[], now: number): Version | null {
  const begun = versions.filter(({ effectiveFrom }) => effectiveFrom !== null && Date.parse(effectiveFrom) <= now);
  return begun.reduce<Version | null>((latest, version) => {
    const isLater = latest === null || (version.effectiveFrom ?? '') > (latest.effectiveFrom ?? '');
    return isLater ? version : latest;
  }, null);
}

/** Null = not among these. */
export function numberOf(versions: readonly Version[], versionId: string): number | null {
  return versions.find((one) => one.versionId === versionId)?.versionNumber ?? null;
}
