import type { Programme } from '../domain/programme';

type NamesByCode = Readonly<Record<string, string>>;

/** What a merchant calls what reasons name by code. */
export interface Names {
  readonly tiers: NamesByCode;
  readonly segments: NamesByCode;
  readonly activities: NamesByCode;
  readonly incentives: NamesByCode;
  readonly campaigns: NamesByCode;
  readonly rewards: NamesByCode;
  readonly cashback: NamesByCode;
  readonly memberships: NamesByCode;
}

/** @param programme null = nothing is known by a name */
export function namesOf(programme: Programme | null): Names {
  return {
    tiers: byCode(programme?.tiers.levels ?? []),
    segments: byCode(programme?.segments ?? []),
    activities: byCode(programme?.activities ?? []),
    incentives: byCode(programme?.volume ?? []),
    campaigns: byCode(programme?.campaigns ?? []),
    rewards: byCode(programme?.rewards ?? []),
    cashback: byCode(programme?.cashback ?? []),
    memberships: byCode(programme?.memberships ?? []),
  };
}

function byCode(entries: readonly { readonly code: string; readonly name: string }[]): NamesByCode {
  return Object.fromEntries(entries.map(({ code, name }) => [code, name]));
}
