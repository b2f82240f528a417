/** Terms of participation: which version binds a member when, and what follows for whoever has not accepted it. */
import { addDays, isBefore } from './instant';

/**
 * - `none`: they can be read; nobody is asked
 * - `asked`: members are asked, nothing depends on the answer
 * - `required`: whoever has not accepted them neither earns nor redeems
 */
export const ACCEPTANCES = ['none', 'asked', 'required'] as const;

export interface TermsVersion {
  readonly version: string;
  /** ISO-8601 UTC instant. */
  readonly validFrom: string;
  /** By language of two letters: the text itself, in a little Markdown. */
  readonly texts: Readonly<Record<string, string>>;
  /** By language: a page of the merchant's that has it instead. */
  readonly urls: Readonly<Record<string, string>>;
}

export interface ParticipationTerms {
  readonly acceptance: (typeof ACCEPTANCES)[number];
  /** Days that members have for a version that came after they joined. */
  readonly noticeDays: number;
  /** Orders placed so many days before the acceptance earn as if it had been there. */
  readonly backdateDays: number;
  /** Oldest first; at least one. */
  readonly versions: readonly TermsVersion[];
  /** Shops with terms of their own in place of these, by id; absent = none. */
  readonly shops?: Readonly<Record<string, readonly TermsVersion[]>>;
}

export interface Acceptance {
  /** Whose terms they are; null or absent = the programme's. */
  readonly shopId?: string | null;
  readonly version: string;
  readonly at: string;
}

/** What is known of a member when they are judged. */
export interface Participant {
  readonly joinedAt: string;
  readonly accepted: readonly Acceptance[];
  /** Where they have an account; may be absent where no shop has terms of its own. */
  readonly shops?: readonly string[];
}

/** Whose terms apply in a shop: its own, or the programme's (null). */
export function ownerOfTerms({ shops = {} }: ParticipationTerms, shopId: string | null): string | null {
  return shopId !== null && Object.hasOwn(shops, shopId) ? shopId : null;
}

/** The terms as one shop has them. */
export function termsIn(terms: ParticipationTerms, shopId: string | null): ParticipationTerms {
  const { shops = {}, ...common } = terms;
  const owner = ownerOfTerms(terms, shopId);
  return { ...common, versions: (owner === null ? undefined : shops[owner]) ?? terms.versions };
}

/** What somebody accepted of the terms that apply in a shop. */
export function acceptedIn<Accepted extends Pick<Acceptance, 'shopId'>>(
  terms: ParticipationTerms,
  shopId: string | null,
  accepted: readonly Accepted[],
): Accepted[] {
  const owner = ownerOfTerms(terms, shopId);
  return accepted.filter((one) => (one.shopId ?? null) === owner);
}

/** The version in force; null before the first. */
export function versionAt(terms: ParticipationTerms, at: string): TermsVersion | null {
  return terms.versions.filter(({ validFrom }) => !isBefore(at, validFrom)).at(-1) ?? null;
}

/** When a version binds a member: at once whoever joins under it, after the notice whoever was there before. */
export function bindsFrom(terms: ParticipationTerms, version: TermsVersion, joinedAt: string): string {
  return isBefore(joinedAt, version.validFrom) ? addDays(version.validFrom, terms.noticeDays) : version.validFrom;
}

/**
 * Whether a member earns and redeems at an instant: who accepted a version accepted what it replaced. What belongs to no shop
 * (`shopId` null) asks for the terms of any shop where they have an account.
 */
export function participates(
  terms: ParticipationTerms | null,
  participant: Participant,
  at: string,
  shopId: string | null = null,
): boolean {
  if (terms === null || terms.acceptance !== 'required') return true;
  const { joinedAt, accepted, shops = [] } = participant;
  const asked = shopId === null && shops.length > 0 ? shops : [shopId];
  return [...new Set(asked.map((shop) => ownerOfTerms(terms, shop)))].some((owner) =>
    participatesUnder(termsIn(terms, owner), { joinedAt, accepted: acceptedIn(terms, owner, accepted) }, at),
  );
}

function participatesUnder(terms: ParticipationTerms, { joinedAt, accepted }: Participant, at: string): boolean {
  const needed = terms.versions.findLastIndex((version) => !isBefore(at, bindsFrom(terms, version, joinedAt)));
  if (needed === -1) return true;
  return accepted.some((one) => {
    const index = terms.versions.findIndex(({ version }) => version === one.version);
    return index >= needed && !isBefore(at, addDays(one.at, -terms.backdateDays));
  });
}

export interface TermsStanding {
  readonly version: string;
  readonly isAsked: boolean;
  readonly isAccepted: boolean;
  /** They neither earn nor redeem until they accept. */
  readonly isBlocked: boolean;
  /** Until when they may accept without losing anything; null = nothing is to be lost, or it is over. */
  readonly dueAt: string | null;
}

/** What a member's page in a shop (null = elsewhere) says of the terms; null before the first version. */
export function termsStanding(
  terms: ParticipationTerms,
  participant: Participant,
  at: string,
  shopId: string | null = null,
): TermsStanding | null {
  const present = versionAt(termsIn(terms, shopId), at);
  if (present === null) return null;
  const isAccepted = acceptedIn(terms, shopId, participant.accepted).some(({ version }) => version === present.version);
  const isBlocked = !participates(terms, participant, at, shopId);
  const binds = bindsFrom(terms, present, participant.joinedAt);
  return {
    version: present.version,
    isAsked: terms.acceptance !== 'none' && !isAccepted,
    isAccepted,
    isBlocked,
    dueAt: terms.acceptance === 'required' && !isAccepted && !isBlocked && isBefore(at, binds) ? binds : null,
  };
}

/** The language of a version that somebody reads: theirs, else that of the programme, English, or the first there is. */
export function termsLanguage({ texts, urls }: TermsVersion, wished: string, otherwise: string): string {
  const present = [...Object.keys(texts), ...Object.keys(urls)].sort();
  return [wished, otherwise, 'en'].find((language) => present.includes(language)) ?? present[0] ?? 'en';
}
