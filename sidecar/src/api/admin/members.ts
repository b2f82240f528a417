import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router, type Request } from 'express';
import { z } from 'zod';
import type { Refusal } from '../../domain/result';
import { AppError } from '../../errors';
import { memberBalance, memberLedger } from '../../ledger/queries';
import type { OperationContext } from '../../operations/context';
import { adjustPoints } from '../../operations/adjust-points';
import { exportMember, type ExportedPart } from '../../operations/export-member';
import { clearManualTier, setManualTier, type ManualTierRefusal } from '../../operations/set-manual-tier';
import { findMemberRow, listMembers } from '../../stores/member-store';
import { tierStanding } from '../../stores/tier-store';
import { parseBody } from '../parse-body';

const PAGE = 50;

const reasonGiven = {
  reason: z.string().min(3).max(500),
  actor: z.string().min(1).max(100),
};
const adjustmentSchema = z.strictObject({
  points: z
    .int()
    .min(-1_000_000_000)
    .max(1_000_000_000)
    .refine((points) => points !== 0, 'must not be 0'),
  ...reasonGiven,
  idempotencyKey: z.string().regex(/^[\w.:-]{8,100}$/, 'must be 8 to 100 letters, digits, ".", ":", "-" or "_"'),
});

/** Without a tier: back to the automatic one. */
const manualTierSchema = z.strictObject({
  tier: z.string().min(1).max(64).nullable(),
  endsAt: z.iso.datetime({ offset: true }).nullable().default(null),
  ...reasonGiven,
});

const pageSchema = z.object({ after: z.string().max(64).default(''), before: z.coerce.number().int().positive().optional() });

/** Members, their balances and ledgers, page by page. */
export function createMemberRouter(context: OperationContext): Router {
  const { db } = context;
  const router = Router();
  router.get('/', async (request, response) => {
    const { after } = parseBody(pageSchema, request.query);
    const members = await listMembers(db, after, PAGE);
    response.json({ members, next: members.length < PAGE ? null : (members[members.length - 1]?.memberId ?? null) });
  });
  router.get('/:memberId', async (request: Request<{ memberId: string }>, response) => {
    const balance = await memberBalance(db, request.params.memberId);
    const member = await findMemberRow(db, request.params.memberId);
    if (!balance || !member) throw new AppError('NOT_FOUND');
    const { manual_tier: tier, manual_ends_at: endsAt } = await tierStanding(db, member.member_id);
    response.json({
      ...balance,
      tier: member.tier,
      manualTier: tier === null ? null : { tier, endsAt },
      joinedAt: member.joined_at,
      referralCode: member.referral_code,
    });
  });
  router.get('/:memberId/ledger', async (request: Request<{ memberId: string }>, response) => {
    const { before } = parseBody(pageSchema, request.query);
    const entries = await memberLedger(db, request.params.memberId, before ?? null, PAGE);
    response.json({ entries, next: entries.length < PAGE ? null : (entries[entries.length - 1]?.seq ?? null) });
  });
  router.get('/:memberId/export', async (request: Request<{ memberId: string }>, response) => {
    const member = await findMemberRow(db, request.params.memberId);
    if (!member) throw new AppError('NOT_FOUND');
    response.type('application/x-ndjson');
    await pipeline(Readable.from(asLines(exportMember(db, member))), response);
  });
  router.post('/:memberId/adjustments', async (request: Request<{ memberId: string }>, response) => {
    const adjustment = parseBody(adjustmentSchema, request.body);
    const member = await findMemberRow(db, request.params.memberId);
    if (!member) throw new AppError('NOT_FOUND');
    const result = await adjustPoints(context, { programmeId: member.programme_id, memberId: member.member_id, ...adjustment });
    if (!result.ok) throw new AppError(result.code === 'unknown_member' ? 'NOT_FOUND' : 'INSUFFICIENT_POINTS', result.details);
    response.status(result.value.entryId === null ? 200 : 201).json(result.value);
  });
  router.put('/:memberId/manual-tier', async (request: Request<{ memberId: string }>, response) => {
    const { tier, endsAt, reason, actor } = parseBody(manualTierSchema, request.body);
    const ending = endsAt === null ? null : new Date(endsAt).toISOString();
    const by = { memberId: request.params.memberId, reason, actor };
    const result = await (tier === null ? clearManualTier(context, by) : setManualTier(context, { ...by, tier, endsAt: ending }));
    if (!result.ok) throw new AppError(result.code === 'unknown_member' ? 'NOT_FOUND' : 'INVALID_INPUT', refusedTier(result));
    response.json(result.value);
  });
  return router;
}

async function* asLines(parts: AsyncIterable<ExportedPart>): AsyncGenerator<string> {
  for await (const part of parts) yield `${JSON.stringify(part)}\n`;
}

const WRONG_FIELD = { unknown_tier: 'tier', ends_in_past: 'endsAt', unknown_member: 'memberId' } as const;

function refusedTier({ code, details }: Refusal<ManualTierRefusal>): Record<string, unknown> {
  return { fields: [{ field: WRONG_FIELD[code], problem: code }], ...details };
}
