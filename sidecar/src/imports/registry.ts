import type { AnyImportKind } from './kind';
import { members } from './members';
import { points } from './points';
import { prices } from './prices';
import { sales } from './sales';

/** Every kind of table that can be imported. */
export const importKinds: readonly AnyImportKind[] = [sales, members, points, prices];

/** @throws Error for a kind that no run can name */
export function importKindOf(code: string): AnyImportKind {
  const kind = importKinds.find((one) => one.code === code);
  if (!kind) throw new Error(`there is no kind of import ${code}`);
  return kind;
}
