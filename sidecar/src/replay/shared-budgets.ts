/**
 * Limits that all members share. A replay goes member by member, so they are asked twice: first everybody says what they would
 * take, then it is given out in the order of time, as far as it goes.
 */
import { hasBudget, type Campaign } from '../domain/campaign';
import type { Programme } from '../domain/programme';

interface Limit {
  readonly points: number | null;
  readonly times: number | null;
}

interface Wish {
  readonly at: string;
  readonly key: string;
  readonly points: number;
}

export interface SharedBudgets {
  /** Points that the limit of a code has for a wish; `Infinity` = as many as it likes. */
  room(code: string, key: string): number;
  /** What was taken in the end. */
  take(code: string, wish: Wish): void;
}

/** More are looked through for those that cannot get anything any more. */
const MOST_WISHES = 200_000;

export const campaignCode = ({ code }: Campaign): string => `campaign:${code}`;
export const activityCode = (activity: string): string => `activity:${activity}`;

function sharedLimits({ campaigns, activities }: Programme): Map<string, Limit> {
  const limits = new Map<string, Limit>();
  for (const campaign of campaigns) {
    const { points, orders } = campaign.budget;
    if (hasBudget(campaign) && (points !== null || orders !== null)) {
      limits.set(campaignCode(campaign), { points, times: orders });
    }
  }
  for (const { code, altogether } of activities) {
    if (altogether !== null) limits.set(activityCode(code), { points: null, times: altogether });
  }
  return limits;
}

export function hasSharedLimits(programme: Programme): boolean {
  return sharedLimits(programme).size > 0;
}

/** Everybody's wishes; what is asked of it has no limit. */
export class Wishes implements SharedBudgets {
  private readonly limits: ReadonlyMap<string, Limit>;
  private readonly wishes = new Map<string, Wish[]>();

  constructor(programme: Programme) {
    this.limits = sharedLimits(programme);
  }

  room(): number {
    return Infinity;
  }

  take(code: string, wish: Wish): void {
    const limit = this.limits.get(code);
    if (!limit || wish.points === 0) return;
    const wishes = this.wishes.get(code) ?? [];
    wishes.push(wish);
    // Whoever comes later only pushes others further back, so what gets nothing now never will.
    const kept = wishes.length < MOST_WISHES ? wishes : given(wishes, limit).map(([one]) => one);
    this.wishes.set(code, kept);
  }

  granted(): SharedBudgets {
    const rooms = new Map<string, ReadonlyMap<string, number>>();
    for (const [code, limit] of this.limits) {
      rooms.set(code, new Map(given(this.wishes.get(code) ?? [], limit).map(([{ key }, room]) => [key, room])));
    }
    return {
      room: (code, key) => {
        const granted = rooms.get(code);
        return granted === undefined ? Infinity : (granted.get(key) ?? 0);
      },
      take: () => undefined,
    };
  }
}

/** Wishes that get something, in the order of time, each with what it gets; all of it is written as no limit. */
function given(wishes: readonly Wish[], { points, times }: Limit): [Wish, number][] {
  const found: [Wish, number][] = [];
  let left = points ?? Infinity;
  for (const wish of [...wishes].sort(byTime)) {
    if (left <= 0 || found.length >= (times ?? Infinity)) break;
    found.push([wish, wish.points <= left ? Infinity : left]);
    left -= wish.points;
  }
  return found;
}

function byTime(a: Wish, b: Wish): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}

/** For whom nobody else is there to share with. */
export const NO_SHARING: SharedBudgets = { room: () => Infinity, take: () => undefined };
