import { z } from 'zod';
import { activityKinds } from '../../activity-kinds/registry';
import type { OrderSnapshot } from '../../domain/order-snapshot';
import { saleOrder } from '../../domain/sale';
import { AppError, type ErrorCode } from '../../errors';
import type { OperationContext } from '../../operations/context';
import { recordEvent, type EventRefusal, type RecordedEvent } from '../../operations/record-event';
import { recordSale } from '../../operations/record-sale';
import { saleBuyer } from '../../operations/sale-buyer';
import { revokeEvent } from '../../operations/revoke-event';
import { endpoint, type Endpoint } from '../endpoint';
import { instantSchema } from '../paging';
import { storedKey } from '../parse-body';
import { neededProgramme, type Principal } from '../principal';
import { reasonSchema } from '../reason-schema';
import { saleDataSchema } from './sale';
import { askedProgramme, memberRef, programmeOf, sentMember, shopOf } from './sent-member';

const tag = 'Events';

const eventId = z.string().regex(/^[\w.:-]{8,64}$/, 'must be 8 to 64 letters, digits, ".", ":", "-" or "_"');

const envelope = {
  /** Chosen by the sender: the same event is taken once. */
  id: eventId,
  occurredAt: instantSchema,
  programmeId: askedProgramme,
};

const kindSchemas = activityKinds.map((kind) =>
  z.strictObject({
    ...envelope,
    kind: z.literal(kind.code),
    member: sentMember,
    /** Sales channel or store view where it happened, as the member's shop names it. */
    channelId: storedKey.optional(),
    activity: kind.isNamed ? z.string().min(1).max(64) : z.string().min(1).max(64).optional(),
    data: kind.data,
  }),
);

const saleSchema = z.strictObject({
  ...envelope,
  kind: z.literal('sale'),
  member: z.union([
    z.strictObject({ shopId: storedKey, customerId: storedKey }),
    z.strictObject({ shopId: storedKey, email: z.email().max(254) }),
  ]),
  data: saleDataSchema,
});

const eventSchema = z.discriminatedUnion('kind', [saleSchema, ...kindSchemas]);
type SentEvent = z.output<typeof eventSchema>;
type SentSale = z.output<typeof saleSchema>;

const recordedSchema = z.strictObject({
  eventId: z.string(),
  memberId: z.string(),
  points: z.int(),
  rewards: z.array(z.strictObject({ activity: z.string(), points: z.int() })),
  reasons: z.array(reasonSchema),
  decisionId: z.string(),
  repeated: z.boolean(),
});

/** How far a sender's clock may be ahead, and how late an event may come. */
const MAX_AHEAD_MS = 5 * 60_000;
const MAX_LATE_MS = 366 * 86_400_000;

const REFUSALS: Readonly<Record<EventRefusal | 'anonymous' | 'busy', ErrorCode>> = {
  unknown_member: 'NOT_FOUND',
  unknown_activity: 'NOT_FOUND',
  no_programme: 'NOT_FOUND',
  anonymous: 'NOT_FOUND',
  idempotency_mismatch: 'IDEMPOTENCY_MISMATCH',
  busy: 'CONFLICT',
};

export interface EventApiDeps {
  readonly context: OperationContext;
  readonly hashEmail: (email: string) => string;
}

/** What members do elsewhere: tills, reviews, surveys, quizzes, events. */
export function eventEndpoints(deps: EventApiDeps): Endpoint[] {
  const { context } = deps;
  return [
    endpoint({
      method: 'post',
      path: '/v1/events',
      scope: 'events:write',
      tag,
      summary: 'Tells what a member did; rewarded once, however often it is told.',
      body: eventSchema,
      answers: {
        200: { description: 'It was known already; the answer is that of the first time', body: recordedSchema },
        201: { description: 'It is kept; `reasons` say what was rewarded and what was not', body: recordedSchema },
      },
      refusals: ['NOT_FOUND', 'UNKNOWN_SHOP', 'IDEMPOTENCY_MISMATCH', 'CONFLICT'],
      handle: async ({ body, principal }) => {
        refuseWrongTime(context.clock.nowMs(), body.occurredAt);
        const recorded = await recordSent(deps, principal, body);
        return { status: recorded.repeated ? 200 : 201, body: recorded };
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/events/:eventId/revocation',
      scope: 'events:write',
      tag,
      summary: 'Takes back what an event was rewarded with.',
      params: z.object({ eventId }),
      body: z.strictObject({
        programmeId: storedKey.optional(),
        reason: z.string().min(3).max(500),
        actor: z.string().min(1).max(100),
      }),
      answers: { 200: { description: 'Points that were taken back', body: z.strictObject({ points: z.int() }) } },
      refusals: ['NOT_FOUND', 'CONFLICT'],
      handle: async ({ params, body: { programmeId: asked, ...why }, principal }) => {
        const programmeId = neededProgramme(principal, asked);
        const revoked = await revokeEvent(context, { programmeId, eventId: params.eventId, ...why });
        if (!revoked.ok) throw new AppError(revoked.code === 'is_sale' ? 'CONFLICT' : 'NOT_FOUND', { reason: revoked.code });
        return { body: revoked.value };
      },
    }),
  ];
}

async function recordSent(deps: EventApiDeps, principal: Principal, sent: SentEvent): Promise<RecordedEvent> {
  const { context } = deps;
  const shopId = shopOf(sent.member);
  const programmeId = await programmeOf(context.db, principal, sent);
  const member = memberRef(deps.hashEmail, sent.member);
  const { id, kind, occurredAt, data } = sent;
  const named = 'activity' in sent ? (sent.activity ?? null) : null;
  const where = 'channelId' in sent && sent.channelId !== undefined ? { channelId: sent.channelId } : {};
  const event = { programmeId, eventId: id, kind, activity: named, member, shopId, ...where, occurredAt, data };
  const recorded =
    isSale(sent) && shopId !== null
      ? await recordSale(context, { event: { ...event, shopId }, snapshot: await sentOrder(deps, sent, programmeId) })
      : await recordEvent(context, event);
  if (!recorded.ok) throw new AppError(REFUSALS[recorded.code], { reason: recorded.code, ...recorded.details });
  return recorded.value;
}

/** @throws AppError NOT_FOUND for a customer nobody knows */
async function sentOrder(
  { context, hashEmail }: EventApiDeps,
  { member, data }: SentSale,
  programmeId: string,
): Promise<OrderSnapshot> {
  const named = 'email' in member ? { shopId: member.shopId, emailHash: hashEmail(member.email) } : member;
  const buyer = await saleBuyer(context.db, programmeId, named);
  if (!buyer.ok) throw new AppError('NOT_FOUND', { resource: 'member' });
  return saleOrder(data, buyer.value);
}

function isSale(sent: SentEvent): sent is SentSale {
  return sent.kind === 'sale';
}

function refuseWrongTime(nowMs: number, occurredAt: string): void {
  const lateMs = nowMs - Date.parse(occurredAt);
  if (lateMs >= -MAX_AHEAD_MS && lateMs <= MAX_LATE_MS) return;
  const problem = lateMs < 0 ? 'must not be in the future' : 'must not be more than a year ago';
  throw new AppError('INVALID_INPUT', { fields: [{ field: 'occurredAt', problem }] });
}
