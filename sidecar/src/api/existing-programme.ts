import { AppError } from '../errors';
import type { Db } from '../storage/transaction';
import { programmeExists } from '../stores/pairing-store';

/** @throws AppError NOT_FOUND that says how a programme comes to be: with the first call of a new installation there is none */
export async function requireProgramme(db: Db, programmeId: string): Promise<void> {
  if (await programmeExists(db, programmeId)) return;
  const problem = `there is no such programme yet: save its first version by POST /admin/programmes/${programmeId}/drafts/yaml`;
  throw new AppError('NOT_FOUND', { resource: 'programme', programmeId, problem });
}
