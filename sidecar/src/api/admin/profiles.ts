import { z } from 'zod';
import { CALENDAR_PERIODS } from '../../domain/calendar';
import { COMPANY_ROLES } from '../../domain/company';
import { LANGUAGES } from '../../domain/language';
import { METRIC_CODES } from '../../domain/qualifying-metric';
import type { OperationContext } from '../../operations/context';
import { memberProfile } from '../../operations/show-profile';
import { listVouchers, type Voucher } from '../../stores/voucher-store';
import { endpoint, type Endpoint } from '../endpoint';
import { afterQuery, nextOf, PAGE } from '../paging';
import { storedKey } from '../parse-body';
import { reachPresentMember } from '../principal';

const tag = 'Members';
const params = z.object({ memberId: storedKey });
const whole = z.int().min(0);

const nextTierSchema = z.strictObject({
  code: z.string(),
  missing: whole.nullable(),
  combine: z.enum(['all', 'any']),
  /** Money in minor units of the programme's base currency. */
  conditions: z.array(
    z.strictObject({
      metric: z.enum(METRIC_CODES),
      atLeast: whole,
      value: z.int(),
      missing: whole,
      window: z.union([z.strictObject({ days: whole }), z.strictObject({ period: z.enum(CALENDAR_PERIODS) })]).nullable(),
    }),
  ),
});

const challengeSchema = z.strictObject({
  code: z.string(),
  name: z.string(),
  steps: z.array(z.strictObject({ code: z.string(), name: z.string(), value: z.int(), target: whole })),
  needed: whole,
  done: whole,
  points: whole,
  badge: z.string().nullable(),
  endsOn: z.string().nullable(),
  complete: z.boolean(),
});

const profileSchema = z.strictObject({
  language: z.enum(LANGUAGES).nullable(),
  birthday: z.strictObject({ month: whole, day: whole }).nullable(),
  tier: z.string().nullable(),
  nextTier: nextTierSchema.nullable(),
  company: z
    .strictObject({
      companyId: z.string(),
      name: z.string(),
      role: z.enum(COMPANY_ROLES).nullable(),
      isPooled: z.boolean(),
    })
    .nullable(),
  segments: z.array(z.strictObject({ code: z.string(), name: z.string() })),
  memberships: z.array(
    z.strictObject({
      code: z.string(),
      name: z.string(),
      startsAt: z.string(),
      endsAt: z.string(),
      graceEndsAt: z.string(),
    }),
  ),
  challenges: z.array(challengeSchema),
  badges: z.array(z.strictObject({ code: z.string(), name: z.string(), image: z.string().nullable(), at: z.string() })),
});

const voucherSchema = z.strictObject({
  voucherId: z.string(),
  shopId: z.string(),
  code: z.string(),
  state: z.enum(['active', 'used', 'expired', 'revoked']),
  /** What it was granted for. */
  origin: z.string().nullable(),
  /** 0 where a share is taken off. */
  valueMinor: whole,
  percentBps: whole.nullable(),
  currency: z.string(),
  /** Goods it asks for; 0 = none. */
  minimumMinor: whole,
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  usedAt: z.string().nullable(),
});

/** Who a member is to the programme: what is known of them, where they stand, and the vouchers they have or had. */
export function profileEndpoints(context: OperationContext): Endpoint[] {
  const { db, clock } = context;
  return [
    endpoint({
      method: 'get',
      path: '/admin/members/:memberId/profile',
      scope: 'members:read',
      tag,
      summary:
        'Language, birthday, company, segments, memberships, challenges and badges, and what is missing for the next tier.',
      params,
      answers: { 200: { description: 'The profile', body: profileSchema } },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: { memberId }, principal }) => ({
        body: await memberProfile(context, await reachPresentMember(db, principal, memberId)),
      }),
    }),
    endpoint({
      method: 'get',
      path: '/admin/members/:memberId/vouchers',
      scope: 'members:read',
      tag,
      summary: 'Vouchers that a member has or had, newest first; pass `next` as `after` to go on.',
      params,
      query: afterQuery,
      answers: {
        200: { description: 'A page', body: z.strictObject({ vouchers: z.array(voucherSchema), next: z.string().nullable() }) },
      },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: { memberId }, query, principal }) => {
        const member = await reachPresentMember(db, principal, memberId);
        const rows = await listVouchers(db, member.member_id, query.after, PAGE);
        const now = clock.now();
        return { body: { vouchers: rows.map((row) => shown(row, now)), next: nextOf(rows, (row) => row.voucher_id) } };
      },
    }),
  ];
}

function shown(row: Voucher, now: string): z.input<typeof voucherSchema> {
  const isOver = row.status === 'active' && row.expires_at !== null && row.expires_at <= now;
  return {
    voucherId: row.voucher_id,
    shopId: row.shop_id,
    code: row.code,
    state: isOver ? 'expired' : row.status,
    origin: row.origin,
    valueMinor: row.value_minor,
    percentBps: row.percent_bps,
    currency: row.currency,
    minimumMinor: row.minimum_minor ?? 0,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    usedAt: row.used_at,
  };
}
