/** What is counted: rows of the books that add up to a number for a day, or for a period where a day says too little. */

/** Points that entries posted to an account. */
export interface EntryMeasure {
  readonly source: 'entry';
  readonly account: string;
  /** Which postings count, by their sign in the books. */
  readonly sign: 'plus' | 'minus' | 'any';
  /** What makes the sum readable: programme accounts hold what was given as less than zero. */
  readonly factor: 1 | -1;
}

/** Of orders, on the day of their placement and as they stand now. */
export interface OrderMeasure {
  readonly source: 'order';
  readonly column: 'qualifying_orders' | 'turnover_minor';
  /** Only those whose points were released. */
  readonly finalOnly: boolean;
}

/** Members, on the day that is kept of them. */
export interface MemberMeasure {
  readonly source: 'member';
  readonly column: 'joined_day' | 'first_day' | 'second_day';
}

/** Members who bought in the period, in the one before, or in that one only. */
export interface BuyerMeasure {
  readonly source: 'buyer';
  readonly bought: 'now' | 'before' | 'before_only';
}

/** Latest answers of members in the period, by how likely they recommend: from and to, of 0 to 10. */
export interface AnswerMeasure {
  readonly source: 'answer';
  readonly from: number;
  readonly to: number;
}

export type DailyMeasure = EntryMeasure | OrderMeasure | MemberMeasure;
export type PeriodMeasure = BuyerMeasure | AnswerMeasure;
export type Measure = DailyMeasure | PeriodMeasure;

const entry = (account: string, sign: EntryMeasure['sign'], factor: 1 | -1): EntryMeasure => ({
  source: 'entry',
  account,
  sign,
  factor,
});

/** The codes are stored with the sums: a released one never changes its meaning. */
export const MEASURES = {
  issued: entry('issued', 'minus', -1),
  clawed_back: entry('issued', 'plus', 1),
  redeemed: entry('redeemed', 'plus', 1),
  returned: entry('redeemed', 'minus', -1),
  expired: entry('expired', 'any', 1),
  adjusted: entry('adjusted', 'any', -1),
  pending: entry('pending', 'any', 1),
  available: entry('available', 'any', 1),
  held: entry('held', 'any', 1),
  debt: entry('debt', 'any', -1),
  orders: { source: 'order', column: 'qualifying_orders', finalOnly: false },
  turnover: { source: 'order', column: 'turnover_minor', finalOnly: false },
  final_turnover: { source: 'order', column: 'turnover_minor', finalOnly: true },
  joined: { source: 'member', column: 'joined_day' },
  customers: { source: 'member', column: 'first_day' },
  repeat_customers: { source: 'member', column: 'second_day' },
  buyers: { source: 'buyer', bought: 'now' },
  buyers_before: { source: 'buyer', bought: 'before' },
  buyers_lost: { source: 'buyer', bought: 'before_only' },
  promoters: { source: 'answer', from: 9, to: 10 },
  passives: { source: 'answer', from: 7, to: 8 },
  detractors: { source: 'answer', from: 0, to: 6 },
} as const satisfies Readonly<Record<string, Measure>>;

export type MeasureCode = keyof typeof MEASURES;

export function measureOf(code: MeasureCode): Measure {
  return MEASURES[code];
}

export function isDaily(code: MeasureCode): boolean {
  const { source } = measureOf(code);
  return source === 'entry' || source === 'order' || source === 'member';
}

/** A member counts once over all shops, so the whole is not the sum of its shops. */
export function isWholeCountedApart(code: string): boolean {
  return code in MEASURES && measureOf(code as MeasureCode).source === 'member';
}

type CampaignSum = 'orders' | 'points' | 'turnover';

/** Measures of which there is one a campaign or tier; named by what they count. */
export const campaignMeasure = (what: CampaignSum, campaign: string): string => `campaign_${what}:${campaign}`;

/** Null = a measure of something else. */
export const campaignOfMeasure = (measure: string): string | null => /^campaign_\w+:(.*)$/.exec(measure)?.[1] ?? null;

/** Members who came to a tier less those who left it. */
export const tierMeasure = (tier: string): string => `tier:${tier}`;

export const tierOfMeasure = (measure: string): string | null => /^tier:(.*)$/.exec(measure)?.[1] ?? null;
