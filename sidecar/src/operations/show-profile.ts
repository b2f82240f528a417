import type { CompanyRole } from '../domain/company';
import type { ChallengeStanding } from '../domain/challenge';
import type { Language } from '../domain/language';
import type { ShownMembership } from '../domain/mirror';
import type { MonthDay } from '../domain/occasion';
import type { Programme } from '../domain/programme';
import { nextTier, type NextTier } from '../domain/tier';
import type { Row } from '../storage/tables';
import type { Db } from '../storage/transaction';
import { findBuyer, findCompany, findCompanyOfAccount, type Company } from '../stores/company-store';
import { findLanguage } from '../stores/language-store';
import { findMember } from '../stores/member-store';
import { spellsOf } from '../stores/membership-store';
import { findProfile } from '../stores/profile-store';
import type { OperationContext } from './context';
import { memberFacts } from './member-facts';
import { shownMembership } from './member-mirror';
import { memberStanding } from './member-standing';
import { shownChallenges, type ShownChallenges } from './show-challenges';

/** What staff want to know of a member besides points and ledger. */
export interface MemberProfile {
  /** The member's own; null = nobody has said. */
  readonly language: Language | null;
  readonly birthday: MonthDay | null;
  /** The tier that counts: the member's own, the company's, or one that a membership brings. */
  readonly tier: string | null;
  /** Null = the highest is reached, or there are no tiers. */
  readonly nextTier: NextTier | null;
  readonly company: {
    readonly companyId: string;
    readonly name: string;
    /** Null = the member stands for the company itself. */
    readonly role: CompanyRole | null;
    readonly isPooled: boolean;
  } | null;
  readonly segments: readonly { readonly code: string; readonly name: string }[];
  /** Also those that are over, latest first. */
  readonly memberships: readonly ShownMembership[];
  readonly challenges: readonly ChallengeStanding[];
  readonly badges: ShownChallenges['badges'];
}

/** Reads only; without a programme in effect there is nothing to strive for. */
export async function memberProfile(context: OperationContext, member: Row<'member'>): Promise<MemberProfile> {
  const { db, clock, programmes } = context;
  const now = clock.now();
  const { member_id: memberId } = member;
  const published = await programmes.effectiveAt(db, member.programme_id, now);
  const seat = await companyOf(db, member);
  const profile = await findProfile(db, memberId);
  return {
    language: await findLanguage(db, memberId),
    birthday: profile ? { month: profile.birth_month, day: profile.birth_day } : null,
    company: seat && shownSeat(seat),
    memberships: (await spellsOf(db, memberId)).map(shownMembership).reverse(),
    ...(await standing(db, published?.programme ?? null, { member, company: seat?.company ?? null, now })),
  };
}

interface Seat {
  readonly company: Company;
  readonly role: CompanyRole | null;
}

async function companyOf(db: Db, { member_id: memberId, company_id: companyId }: Row<'member'>): Promise<Seat | null> {
  if (companyId === null) return null;
  const buyer = await findBuyer(db, memberId);
  if (buyer) return { company: await findCompany(db, buyer.company_id), role: buyer.role };
  const company = await findCompanyOfAccount(db, memberId);
  return company ? { company, role: null } : null;
}

function shownSeat({ company, role }: Seat): MemberProfile['company'] {
  return { companyId: company.company_id, name: company.name, role, isPooled: company.points_mode === 'pooled' };
}

interface Ranked {
  readonly member: Row<'member'>;
  readonly company: Company | null;
  readonly now: string;
}

async function standing(
  db: Db,
  programme: Programme | null,
  { member, company, now }: Ranked,
): Promise<Pick<MemberProfile, 'tier' | 'nextTier' | 'segments' | 'challenges' | 'badges'>> {
  // Buyers of a company with one tier rise with it.
  const ranked = company?.tier_mode === 'account' ? await findMember(db, company.account_member_id) : member;
  if (programme === null) return { tier: ranked.tier, nextTier: null, segments: [], challenges: [], badges: [] };
  // Where points are the company's, so is what they are earned by.
  const memberId = company?.points_mode === 'pooled' ? company.account_member_id : member.member_id;
  const { tier, segments } = await memberStanding(db, programme, { member_id: memberId, tier: ranked.tier }, now);
  const hasTiers = programme.tiers.levels.length > 0;
  return {
    tier,
    nextTier: hasTiers ? nextTier(programme.tiers, tier, await memberFacts(db, programme, ranked, now)) : null,
    // Memberships are as good as segments to rules, and are listed as what they are.
    segments: programme.segments.filter(({ code }) => segments.includes(code)).map(({ code, name }) => ({ code, name })),
    ...(await shownChallenges(db, programme, { memberId, tier, segments }, now)),
  };
}
