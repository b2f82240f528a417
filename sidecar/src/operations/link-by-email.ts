import type { Programme } from '../domain/programme';
import { lockMember, type LockedMember } from '../ledger/locked-member';
import type { Db, Trx } from '../storage/transaction';
import { verifiedOthers, wasParted } from '../stores/identity-store';
import { findMember } from '../stores/member-store';
import type { OperationContext } from './context';
import { absorbMember, companyMember, lockBoth } from './merge-members';

export interface ProvenAccount {
  readonly programmeId: string;
  readonly memberId: string;
  readonly emailHash: string | null;
  /** Of this account; the others' is stored. */
  readonly emailVerified: boolean;
}

/**
 * A member of the programme with an account whose shop has proof of the same address, when the programme links by that; null
 * when there is none. What staff parted is linked by staff alone.
 */
export async function provenTwin(db: Db, programme: Programme | null, account: ProvenAccount): Promise<string | null> {
  const { programmeId, memberId, emailHash, emailVerified } = account;
  if (!programme?.identity.linkByVerifiedEmail || !emailVerified || emailHash === null) return null;
  const others = await verifiedOthers(db, programmeId, emailHash, memberId);
  if (others.length === 0 || (await wasParted(db, memberId))) return null;
  if ((await findMember(db, memberId)).company_id !== null) return null;
  for (const other of others) {
    const isFree = (await findMember(db, other)).company_id === null;
    if (isFree && !(await wasParted(db, other))) return other;
  }
  return null;
}

/** Makes an account's member and all its twins one: the eldest. Returns who it is now, locked; the caller projects them. */
export async function linkTwins(
  trx: Trx,
  context: OperationContext,
  programme: Programme | null,
  account: ProvenAccount,
): Promise<LockedMember> {
  let { memberId } = account;
  let locked: LockedMember | null = null;
  for (;;) {
    const twin = await provenTwin(trx, programme, { ...account, memberId });
    if (twin === null) return locked ?? lockMember(trx, memberId);
    const [survivorId, absorbedId] = await eldestFirst(trx, memberId, twin);
    const pair = await lockBoth(trx, survivorId, absorbedId);
    // Joined while the locks were waited for.
    if ((await companyMember(trx, [survivorId, absorbedId])) !== null)
      return memberId === survivorId ? pair.survivor : pair.absorbed;
    const cause = { by: 'email', sourceKey: `email:${absorbedId}`, reason: 'verified e-mail', actor: 'sidecar' } as const;
    await absorbMember(trx, context, pair, cause);
    memberId = survivorId;
    locked = pair.survivor;
  }
}

async function eldestFirst(trx: Trx, one: string, other: string): Promise<readonly [string, string]> {
  const joined = async (memberId: string): Promise<string> => `${(await findMember(trx, memberId)).joined_at} ${memberId}`;
  return (await joined(one)) < (await joined(other)) ? [one, other] : [other, one];
}
