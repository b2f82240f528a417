import { PersonErased, StateMoved, type Trx } from '../storage/transaction';
import { CHAIN_START } from './entry';

/**
 * A member whose account row this transaction has locked by updating it. Everything that reads a member's books in order
 * to write them takes this, so that two transactions never decide on the same state.
 */
export interface LockedMember {
  readonly memberId: string;
  readonly programmeId: string;
  pending: number;
  available: number;
  held: number;
  debt: number;
  entryCount: number;
  headHash: string;
  version: number;
  /** Whether lots came from another member. */
  movedLots: boolean;
}

/**
 * Locks by a conditional-free update instead of SELECT … FOR UPDATE: it works on SQLite, and on Galera and TiDB the
 * loser of a race gets a retryable error.
 * @throws StateMoved when the member became part of another meanwhile: who is meant has to be looked up again
 * @throws PersonErased when nothing is kept of them any more
 * @throws Error when the member has no account
 */
export async function lockMember(trx: Trx, memberId: string): Promise<LockedMember> {
  const updated = await trx
    .updateTable('member_account')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('member_id', '=', memberId)
    .executeTakeFirst();
  if (updated.numUpdatedRows !== 1n) throw new Error(`member ${memberId} has no account`);
  const row = await trx
    .selectFrom('member_account')
    .leftJoin('member_merge', 'member_merge.absorbed_member_id', 'member_account.member_id')
    .leftJoin('member_erasure', 'member_erasure.member_id', 'member_account.member_id')
    .selectAll('member_account')
    .select(['member_merge.member_id as merged_into', 'member_erasure.erased_at'])
    .where('member_account.member_id', '=', memberId)
    .executeTakeFirstOrThrow();
  if (row.merged_into !== null) throw new StateMoved(`member ${memberId} is part of ${row.merged_into}`);
  if (row.erased_at !== null) throw new PersonErased(`member ${memberId} was erased`);
  return {
    memberId: row.member_id,
    programmeId: row.programme_id,
    pending: row.pending,
    available: row.available,
    held: row.held,
    debt: row.debt,
    entryCount: row.entry_count,
    headHash: row.head_hash,
    version: row.version,
    movedLots: row.moved_lots === 1,
  };
}

/** Shops keep the higher version of two: who takes over an account goes on from where its last member was. */
export async function raiseVersion(trx: Trx, member: LockedMember, former: number): Promise<void> {
  if (member.version > former) return;
  member.version = former + 1;
  await trx.updateTable('member_account').set({ version: member.version }).where('member_id', '=', member.memberId).execute();
}

/** Opens the books of a new member. */
export async function openAccount(trx: Trx, memberId: string, programmeId: string): Promise<void> {
  await trx
    .insertInto('member_account')
    .values({
      member_id: memberId,
      programme_id: programmeId,
      pending: 0,
      available: 0,
      held: 0,
      debt: 0,
      entry_count: 0,
      head_hash: CHAIN_START,
      version: 0,
    })
    .execute();
}
