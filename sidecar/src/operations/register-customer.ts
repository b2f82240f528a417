import type { Language } from '../domain/language';
import { isNews } from '../domain/milestone';
import type { MonthDay } from '../domain/occasion';
import type { Programme } from '../domain/programme';
import type { Row } from '../storage/tables';
import { inTransaction, type Db, type Trx } from '../storage/transaction';
import { showAgain } from '../stores/desired-state-store';
import { erasedAt } from '../stores/erasure-store';
import { markDone } from '../stores/inbox-store';
import { isNewLanguage, tellLanguage, type ToldLanguage } from '../stores/language-store';
import { findIdentity, findMember } from '../stores/member-store';
import { isNewBirthday, tellBirthday, type ToldBirthday } from '../stores/profile-store';
import { announce } from './announce';
import type { OperationContext } from './context';
import { ensureMember } from './ensure-member';
import { ensureReferralCode } from './ensure-referral-code';
import { joinLead, waitingLead } from './join-lead';
import { linkTwins, provenTwin } from './link-by-email';
import { projectMember } from './project-member';
import { recordInvitation } from './record-invitation';
import { welcomeMember, welcomingProgramme } from './welcome-member';

export interface RegisterCustomerInput {
  readonly programmeId: string;
  readonly shopId: string;
  readonly customerId: string;
  readonly emailHash: string | null;
  readonly customerGroup: string | null;
  /** As the customer wrote it; absent or null = the shop knows none. */
  readonly company?: string | null;
  readonly registeredAt: string;
  /** The shop shows nothing of the member. */
  readonly mirrorMissing: boolean;
  /** The shop has proof that the address is theirs: what they earned as a guest is theirs too. */
  readonly emailVerified: boolean;
  /** Without the year; null = the shop knows none, absent = it was not asked. */
  readonly birthday?: MonthDay | null;
  /** Null = the shop knows none that there are words in, absent = it was not asked. */
  readonly language?: Language | null;
  /** The code the shop recorded at registration; absent or null = none. */
  readonly referralCode?: string | null;
  readonly messageIds: readonly string[];
}

/**
 * Opens a member for a customer, or refreshes what is known of them, with their referral code and mirror.
 * @throws PersonErased when they were erased
 */
export async function registerCustomer(context: OperationContext, input: RegisterCustomerInput): Promise<string> {
  return inTransaction(context.db, async (trx) => {
    const known = await findIdentity(trx, input.shopId, input.customerId);
    const published = await context.programmes.effectiveAt(trx, input.programmeId, context.clock.now());
    const terms = published?.programme.referral ?? null;
    if (known && (await isUpToDate(trx, context, known, input, published?.programme ?? null))) {
      if (input.mirrorMissing) await showAgain(trx, input.shopId, 'member', input.customerId, context.clock.now());
      await markDone(trx, input.messageIds, context.clock.now());
      return known.member_id;
    }
    const opened = await ensureMember(trx, context, {
      ...input,
      at: input.registeredAt,
      claimsGuest: input.emailVerified,
    });
    const account = { ...input, memberId: opened.memberId };
    const member = await linkTwins(trx, context, published?.programme ?? null, account);
    const { memberId } = member;
    if (input.birthday !== undefined) await tellBirthday(trx, told(input, memberId), context.clock.now());
    if (input.language !== undefined) await tellLanguage(trx, saidLanguage(input, memberId), context.clock.now());
    if (terms) await ensureReferralCode(trx, context, input, memberId, terms);
    if (terms && !known) await recordInvitation(trx, { ...input, memberId });
    const welcoming = await welcomingProgramme(trx, context, { ...input, memberId });
    if (welcoming) await welcomeMember(trx, context, member, input, welcoming);
    const lead = await waitingLead(trx, context, { ...input, memberId });
    if (lead) await joinLead(trx, context, member, lead);
    await announceWelcome(trx, context, memberId, input.registeredAt, welcoming?.programme.welcomePoints ?? 0);
    await projectMember(trx, context, member);
    await markDone(trx, input.messageIds, context.clock.now());
    return memberId;
  });
}

async function announceWelcome(trx: Trx, context: OperationContext, memberId: string, registeredAt: string, points: number) {
  if (!isNews(registeredAt, context.clock.now())) return;
  await announce(trx, context, { memberId, kind: 'welcome', key: 'joined', occurredAt: registeredAt, figures: { points } });
}

/** Whether the books have a customer exactly so, and the shop shows them; who was erased stays unknown. */
export async function isCustomerCurrent(
  context: OperationContext,
  input: Omit<RegisterCustomerInput, 'messageIds'>,
): Promise<boolean> {
  const { db, clock, programmes } = context;
  const known = await findIdentity(db, input.shopId, input.customerId);
  if (!known) return (await erasedAt(db, input.shopId, context.hashCustomer(input.shopId, input.customerId))) !== null;
  if (input.mirrorMissing) return false;
  const published = await programmes.effectiveAt(db, input.programmeId, clock.now());
  return isUpToDate(db, context, known, input, published?.programme ?? null);
}

/** Shops tell of every write to a customer, ours too: answering each with a write would go on for ever. */
async function isUpToDate(
  db: Db,
  context: OperationContext,
  known: Row<'member_identity'>,
  input: Pick<
    RegisterCustomerInput,
    | 'emailHash'
    | 'customerGroup'
    | 'company'
    | 'registeredAt'
    | 'emailVerified'
    | 'birthday'
    | 'language'
    | 'shopId'
    | 'programmeId'
  >,
  programme: Programme | null,
): Promise<boolean> {
  const same =
    (input.emailHash ?? known.email_hash) === known.email_hash &&
    (input.customerGroup ?? known.customer_group) === known.customer_group &&
    (input.company ?? known.company_name) === known.company_name &&
    input.emailVerified === (known.email_verified === 1);
  const hasCodes = (programme?.referral ?? null) !== null;
  if (!same || (hasCodes && (await findMember(db, known.member_id)).referral_code === null)) return false;
  if (input.birthday !== undefined && (await isNewBirthday(db, told(input, known.member_id)))) return false;
  if (input.language !== undefined && (await isNewLanguage(db, saidLanguage(input, known.member_id)))) return false;
  const { member_id: memberId, programme_id: programmeId, email_hash: emailHash } = known;
  const { registeredAt, emailVerified } = input;
  const twin = await provenTwin(db, programme, { programmeId, memberId, emailHash, emailVerified });
  if (twin !== null) return false;
  if ((await waitingLead(db, context, { programmeId, memberId, emailHash })) !== null) return false;
  return (await welcomingProgramme(db, context, { programmeId, memberId, emailHash, registeredAt })) === null;
}

function told(
  { programmeId, shopId, birthday }: Pick<RegisterCustomerInput, 'programmeId' | 'shopId' | 'birthday'>,
  memberId: string,
): ToldBirthday {
  return { memberId, programmeId, by: shopId, birthday: birthday ?? null };
}

function saidLanguage(
  { programmeId, shopId, language }: Pick<RegisterCustomerInput, 'programmeId' | 'shopId' | 'language'>,
  memberId: string,
): ToldLanguage {
  return { memberId, programmeId, by: shopId, language: language ?? null };
}
