/** What a member asks for on a page of the shop, and what became of it. */
import { addMs, isBefore } from './instant';

export const WISH_KINDS = ['reward', 'cancel', 'cashback', 'approve', 'refuse'] as const;

/**
 * - `reward`: one of the catalogue, by its code
 * - `cancel`: a reward back, by the id of its redemption
 * - `cashback`: all points that can be paid out, by the code of the rule
 * - `approve`, `refuse`: a colleague's request to pay with points, by its id
 */
export type WishKind = (typeof WISH_KINDS)[number];

export interface Wish {
  /** Made with the page: the same form sent twice is one wish. */
  readonly key: string;
  readonly kind: WishKind;
  readonly code: string;
  readonly askedAt: string;
}

export interface WishAnswer {
  readonly key: string;
  readonly kind: WishKind;
  readonly code: string;
  readonly at: string;
  readonly isGranted: boolean;
  /** Why not, e.g. `reward_sold_out`; null when it was granted. */
  readonly reason: string | null;
  /** Figures of the reason, e.g. `{ missing: 120 }`. */
  readonly figures: Readonly<Record<string, string | number>>;
}

/** Whoever asked so long ago has gone on since. */
const WISH_LIFE_MS = 3_600_000;

export function isStaleWish({ askedAt }: Pick<Wish, 'askedAt'>, now: string): boolean {
  return isBefore(addMs(askedAt, WISH_LIFE_MS), now);
}

/** Those that pages have words for; ids of ours are nothing to a shopper. */
const SHOWN_FIGURES = ['missing', 'price', 'points', 'left', 'limit', 'minimumPoints', 'needs', 'until', 'from'] as const;

/** The figures of a refusal that pages can show. */
export function shownFigures(details: Readonly<Record<string, unknown>>): WishAnswer['figures'] {
  return Object.fromEntries(
    SHOWN_FIGURES.flatMap((name) => {
      const figure = details[name];
      return typeof figure === 'string' || typeof figure === 'number' ? [[name, figure] as const] : [];
    }),
  );
}
