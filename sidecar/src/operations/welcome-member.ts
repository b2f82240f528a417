import { reason } from '../domain/reason';
import { voucherEnd, voucherOffer, voucherValue } from '../domain/voucher';
import type { LockedMember } from '../ledger/locked-member';
import type { Db, Trx } from '../storage/transaction';
import { recordDecision } from '../stores/decision-store';
import { idsOfPerson, wasParted } from '../stores/identity-store';
import type { PublishedProgramme } from '../stores/programme-store';
import { hasVoucherFrom } from '../stores/voucher-store';
import type { OperationContext } from './context';
import { grantVoucher } from './grant-voucher';
import { hasAcceptedTerms } from './has-accepted-terms';
import { postReward } from './post-reward';

export interface Newcomer {
  readonly programmeId: string;
  readonly memberId: string;
  readonly emailHash: string | null;
  readonly registeredAt: string;
}

/**
 * The programme that has yet to welcome a member: the one in effect when they registered, so that customers from before it
 * are not given points for nothing. Null when it gives none, has done so, knows the person by another account, or waits for them to accept its terms.
 */
export async function welcomingProgramme(
  db: Db | Trx,
  context: Pick<OperationContext, 'programmes' | 'clock'>,
  newcomer: Newcomer,
): Promise<PublishedProgramme | null> {
  const published = await context.programmes.effectiveAt(db, newcomer.programmeId, newcomer.registeredAt);
  if (!published || (published.programme.welcomePoints === 0 && published.programme.welcomeVoucher === null)) return null;
  const given = await db
    .selectFrom('ledger_entry')
    .select('entry_id')
    .where('programme_id', '=', newcomer.programmeId)
    .where('source_key', '=', sourceKey(newcomer.memberId))
    .executeTakeFirst();
  const isWelcomed = given !== undefined || (await hasVoucherFrom(db, newcomer.programmeId, [sourceKey(newcomer.memberId)]));
  if (isWelcomed || (await isKnownElsewhere(db, newcomer)) || (await wasWelcomed(db, newcomer))) return null;
  const now = context.clock.now();
  const present = await context.programmes.effectiveAt(db, newcomer.programmeId, now);
  return (await hasAcceptedTerms(db, (present ?? published).programme, newcomer.memberId, now)) ? published : null;
}

/** Under a name that is part of the member now, or before staff parted the account from a member. */
async function wasWelcomed(db: Db | Trx, { programmeId, memberId }: Newcomer): Promise<boolean> {
  if (await wasParted(db, memberId)) return true;
  const [, ...former] = await idsOfPerson(db, memberId);
  if (former.length === 0) return false;
  const given = await db
    .selectFrom('ledger_entry')
    .select('entry_id')
    .where('programme_id', '=', programmeId)
    .where('source_key', 'in', former.map(sourceKey))
    .executeTakeFirst();
  return given !== undefined || hasVoucherFrom(db, programmeId, former.map(sourceKey));
}

async function isKnownElsewhere(db: Db | Trx, { programmeId, memberId, emailHash }: Newcomer): Promise<boolean> {
  if (emailHash === null) return false;
  const other = await db
    .selectFrom('member_identity')
    .select('member_id')
    .where('programme_id', '=', programmeId)
    .where('email_hash', '=', emailHash)
    .where('member_id', '!=', memberId)
    .executeTakeFirst();
  return other !== undefined;
}

/** Gives points, a voucher or both, and keeps what decided on them. */
export async function welcomeMember(
  trx: Trx,
  context: OperationContext,
  member: LockedMember,
  { shopId, registeredAt }: { readonly shopId: string; readonly registeredAt: string },
  { versionId, programme }: PublishedProgramme,
): Promise<void> {
  const { programmeId, memberId } = member;
  const { welcomePoints: points, expireAfterDays } = programme;
  const voucher =
    programme.welcomeVoucher && voucherOffer(programme.welcomeVoucher, programme.baseCurrency, programme.baseCurrency);
  const voucherId =
    voucher &&
    (await grantVoucher(trx, context, {
      ...voucher,
      programmeId,
      memberId,
      shopId,
      origin: 'welcome',
      sourceKey: sourceKey(memberId),
      expiresAt: voucherEnd(context.clock.now(), programme.welcomeVoucher?.validDays ?? 0),
    }));
  const decisionId = context.ids.next();
  await recordDecision(trx, {
    decisionId,
    programmeId,
    memberId,
    kind: 'welcome',
    subject: `member:${memberId}`,
    programmeVersionId: versionId,
    decidedAt: context.clock.now(),
    inputs: { registeredAt },
    outcome: { points, ...(voucherId === null ? {} : { voucherId }) },
    reasons: [
      ...(points > 0 ? [reason('welcome', true, { points })] : []),
      ...(voucher ? [reason('welcome_voucher', true, { voucher: voucherValue(voucher) })] : []),
    ],
  });
  if (points === 0) return;
  await postReward(trx, context, member, {
    kind: 'welcome',
    sourceKey: sourceKey(memberId),
    lotId: `welcome:${programmeId}:${memberId}`,
    points,
    occurredAt: registeredAt,
    expireAfterDays,
    shopId,
    orderId: null,
    decisionId,
  });
}

function sourceKey(memberId: string): string {
  return `welcome:${memberId}`;
}
