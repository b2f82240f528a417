import { z } from 'zod';
import { COMPANY_ROLES, companyNameKey, POINTS_MODES, TIER_MODES } from '../../domain/company';
import { AppError, type ErrorCode } from '../../errors';
import { memberBalance } from '../../ledger/queries';
import type { OperationContext } from '../../operations/context';
import { changeCompany, openCompany, type CompanyRefusal } from '../../operations/open-company';
import { poolPoints, type PoolRefusal } from '../../operations/pool-points';
import { seatBuyer, unseatBuyer, type SeatRefusal } from '../../operations/seat-buyer';
import type { Db } from '../../storage/transaction';
import {
  findCompanyRow,
  listBuyers,
  listCompanies,
  unlinkedCustomers,
  type Buyer,
  type Company,
} from '../../stores/company-store';
import { findMember } from '../../stores/member-store';
import { endpoint, type Endpoint } from '../endpoint';
import { afterQuery, nextOf, PAGE } from '../paging';
import { storedKey } from '../parse-body';
import { neededProgramme, reachedProgramme, reaches, type Principal } from '../principal';

const tag = 'Companies';
const params = z.object({ companyId: storedKey });
const buyerParams = params.extend({ memberId: storedKey });
const name = z.string().trim().min(1).max(255);
const externalRef = z
  .string()
  .regex(/^[\x21-\x7e]{1,191}$/, 'must be 1 to 191 printable ASCII characters')
  .nullable();
const approvalDays = z.int().min(1).max(365);
const idempotencyKey = z.string().regex(/^[\w.:-]{8,100}$/, 'must be 8 to 100 letters, digits, ".", ":", "-" or "_"');
const staff = { reason: z.string().min(3).max(500), actor: z.string().min(1).max(100) };
const limit = z.int().min(0).max(1_000_000_000).nullable().default(null);

const openSchema = z.strictObject({
  programmeId: storedKey.optional(),
  name,
  externalRef: externalRef.default(null),
  pointsMode: z.enum(POINTS_MODES).default('pooled'),
  tierMode: z.enum(TIER_MODES).default('account'),
  approvalDays: approvalDays.default(14),
  ...staff,
  idempotencyKey,
});

const changeSchema = z.strictObject({
  name: name.optional(),
  externalRef: externalRef.optional(),
  status: z.enum(['active', 'closed']).optional(),
  pointsMode: z.enum(POINTS_MODES).optional(),
  tierMode: z.enum(TIER_MODES).optional(),
  approvalDays: approvalDays.optional(),
  ...staff,
});

const seatSchema = z.strictObject({
  role: z.enum(COMPANY_ROLES).default('buyer'),
  pointsPerOrder: limit,
  pointsPerMonth: limit,
  approvalAbove: limit,
  ...staff,
});

const listedCompany = z.strictObject({
  companyId: z.string(),
  programmeId: z.string(),
  name: z.string(),
  externalRef: z.string().nullable(),
  status: z.enum(['active', 'closed']),
  pointsMode: z.enum(POINTS_MODES),
  tierMode: z.enum(TIER_MODES),
  approvalDays: z.int(),
  accountMemberId: z.string(),
  createdAt: z.string(),
});

const shownCompany = listedCompany.extend({
  tier: z.string().nullable(),
  balance: z.strictObject({ pending: z.int(), available: z.int(), held: z.int(), debt: z.int() }),
});

const shownBuyer = z.strictObject({
  memberId: z.string(),
  role: z.enum(COMPANY_ROLES),
  pointsPerOrder: z.int().nullable(),
  pointsPerMonth: z.int().nullable(),
  approvalAbove: z.int().nullable(),
  joinedAt: z.string(),
});

const suggestion = z.strictObject({
  shopId: z.string(),
  customerId: z.string(),
  memberId: z.string(),
  companyName: z.string(),
  companyId: z.string().nullable(),
});

/** Companies and their buyers. */
export function companyEndpoints(context: OperationContext): Endpoint[] {
  return [...readingEndpoints(context), suggestionEndpoint(context), ...changingEndpoints(context), ...buyerEndpoints(context)];
}

/** @throws AppError NOT_FOUND, the same for what is not there and what is not theirs */
export async function reachCompany(db: Db, principal: Principal, companyId: string): Promise<Company> {
  const company = await findCompanyRow(db, companyId);
  if (!company || !reaches(principal, company.programme_id)) throw new AppError('NOT_FOUND', { resource: 'company' });
  return company;
}

function suggestionEndpoint({ db }: OperationContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/admin/companies/suggestions',
    scope: 'companies:read',
    tag,
    summary: 'Customers who wrote a company and buy for none, with the company of that name. Nothing is done by itself.',
    query: z.object({ programmeId: storedKey.optional(), after: z.string().max(300).default('') }),
    answers: {
      200: {
        description: 'A page',
        body: z.strictObject({ suggestions: z.array(suggestion), next: z.string().nullable() }),
      },
    },
    refusals: ['NOT_FOUND'],
    handle: async ({ query, principal }) => {
      const programmeId = reachedProgramme(principal, query.programmeId);
      const [shopId = '', ...rest] = query.after.split(' ');
      const customers = await unlinkedCustomers(db, programmeId, { shopId, customerId: rest.join(' ') }, PAGE);
      const companies = await byName(db, programmeId);
      return {
        body: {
          suggestions: customers.map((customer) => ({
            ...customer,
            companyId: companies.get(companyNameKey(customer.companyName)) ?? null,
          })),
          next: nextOf(customers, (customer) => `${customer.shopId} ${customer.customerId}`),
        },
      };
    },
  });
}

/** Enough to find the company of a name without an index on names. */
const NAMES_LOOKED_AT = 5000;

async function byName(db: Db, programmeId: string | null): Promise<ReadonlyMap<string, string>> {
  const companies = await listCompanies(db, programmeId, '', NAMES_LOOKED_AT);
  const active = companies.filter(({ status }) => status === 'active');
  return new Map(active.map((company) => [companyNameKey(company.name), company.company_id]));
}

function readingEndpoints({ db }: OperationContext): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/admin/companies',
      scope: 'companies:read',
      tag,
      summary: 'Lists companies in the order of their ids, all or those whose name has a text or whose reference it is.',
      query: afterQuery.extend({ programmeId: storedKey.optional(), search: z.string().trim().max(191).default('') }),
      answers: {
        200: {
          description: 'A page',
          body: z.strictObject({ companies: z.array(listedCompany), next: z.string().nullable() }),
        },
      },
      refusals: ['NOT_FOUND'],
      handle: async ({ query, principal }) => {
        const programmeId = reachedProgramme(principal, query.programmeId);
        const companies = (await listCompanies(db, programmeId, query.after, PAGE, query.search)).map(listed);
        return { body: { companies, next: nextOf(companies, ({ companyId }) => companyId) } };
      },
    }),
    endpoint({
      method: 'get',
      path: '/admin/companies/:companyId',
      scope: 'companies:read',
      tag,
      summary: 'A company with the points and the tier of its account.',
      params,
      answers: { 200: { description: 'The company', body: shownCompany } },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: { companyId }, principal }) => ({
        body: await shown(db, await reachCompany(db, principal, companyId)),
      }),
    }),
    endpoint({
      method: 'get',
      path: '/admin/companies/:companyId/members',
      scope: 'companies:read',
      tag,
      summary: 'The buyers of a company in the order of their ids.',
      params,
      query: afterQuery,
      answers: {
        200: { description: 'A page', body: z.strictObject({ members: z.array(shownBuyer), next: z.string().nullable() }) },
      },
      refusals: ['NOT_FOUND'],
      handle: async ({ params: { companyId }, query, principal }) => {
        await reachCompany(db, principal, companyId);
        const members = (await listBuyers(db, companyId, query.after, PAGE)).map(shownSeat);
        return { body: { members, next: nextOf(members, ({ memberId }) => memberId) } };
      },
    }),
  ];
}

function changingEndpoints(context: OperationContext): Endpoint[] {
  const { db } = context;
  return [
    endpoint({
      method: 'post',
      path: '/admin/companies',
      scope: 'companies:write',
      tag,
      summary: 'Opens a company with an account of its own; the same idempotency key opens one.',
      body: openSchema,
      answers: {
        200: { description: 'It was opened before', body: shownCompany },
        201: { description: 'It is opened', body: shownCompany },
      },
      refusals: ['NOT_FOUND', 'IDEMPOTENCY_MISMATCH', 'CONFLICT'],
      handle: async ({ body: { programmeId: asked, ...input }, principal }) => {
        const programmeId = neededProgramme(principal, asked);
        if (!(await context.programmes.effectiveAt(db, programmeId, context.clock.now()))) {
          throw new AppError('NOT_FOUND', { resource: 'programme' });
        }
        const result = await openCompany(context, { ...input, programmeId });
        if (!result.ok) throw refused(result.code, result.details);
        return { status: result.value.opened ? 201 : 200, body: await shown(db, result.value.company) };
      },
    }),
    endpoint({
      method: 'patch',
      path: '/admin/companies/:companyId',
      scope: 'companies:write',
      tag,
      summary: 'Changes a company. Modes and status change only while it has no buyers.',
      params,
      body: changeSchema,
      answers: { 200: { description: 'The company', body: shownCompany } },
      refusals: ['NOT_FOUND', 'CONFLICT'],
      handle: async ({ params: { companyId }, body: { reason, actor, ...changes }, principal }) => {
        await reachCompany(db, principal, companyId);
        const result = await changeCompany(context, { companyId, changes, reason, actor });
        if (!result.ok) throw refused(result.code, result.details);
        return { body: await shown(db, result.value) };
      },
    }),
    endpoint({
      method: 'post',
      path: '/admin/companies/:companyId/poolings',
      scope: 'companies:write',
      tag,
      summary: "Gives a buyer's own points to the company; the same idempotency key posts once.",
      params,
      body: z.strictObject({ memberId: storedKey, points: z.int().min(1).max(1_000_000_000), ...staff, idempotencyKey }),
      answers: { 200: { description: 'Whether they moved now', body: z.strictObject({ moved: z.boolean() }) } },
      refusals: ['NOT_FOUND', 'INSUFFICIENT_POINTS', 'IDEMPOTENCY_MISMATCH', 'CONFLICT'],
      handle: async ({ params: { companyId }, body, principal }) => {
        await reachCompany(db, principal, companyId);
        const result = await poolPoints(context, { companyId, ...body });
        if (!result.ok) throw refused(result.code, result.details);
        return { body: result.value };
      },
    }),
  ];
}

function buyerEndpoints(context: OperationContext): Endpoint[] {
  const { db } = context;
  const changed = z.strictObject({ changed: z.boolean() });
  return [
    endpoint({
      method: 'put',
      path: '/admin/companies/:companyId/members/:memberId',
      scope: 'companies:write',
      tag,
      summary: 'Makes a member a buyer of the company, or changes role and limits. The same again changes nothing.',
      params: buyerParams,
      body: seatSchema,
      answers: { 200: { description: 'Whether anything changed', body: changed } },
      refusals: ['NOT_FOUND', 'CONFLICT'],
      handle: async ({ params: { companyId, memberId }, body, principal }) => {
        await reachCompany(db, principal, companyId);
        const result = await seatBuyer(context, { companyId, memberId, ...body });
        if (!result.ok) throw refused(result.code, result.details);
        return { body: result.value };
      },
    }),
    endpoint({
      method: 'post',
      path: '/admin/companies/:companyId/members/:memberId/removal',
      scope: 'companies:write',
      tag,
      summary: 'Parts a buyer from the company, which keeps what it has.',
      params: buyerParams,
      body: z.strictObject(staff),
      answers: { 200: { description: 'Whether anything changed', body: changed } },
      refusals: ['NOT_FOUND', 'CONFLICT'],
      handle: async ({ params: { companyId, memberId }, body, principal }) => {
        await reachCompany(db, principal, companyId);
        const result = await unseatBuyer(context, { companyId, memberId, ...body });
        if (!result.ok) throw refused(result.code, result.details);
        return { body: result.value };
      },
    }),
  ];
}

const REFUSALS: Readonly<Record<CompanyRefusal | SeatRefusal | PoolRefusal, ErrorCode>> = {
  unknown_company: 'NOT_FOUND',
  unknown_member: 'NOT_FOUND',
  idempotency_mismatch: 'IDEMPOTENCY_MISMATCH',
  insufficient_points: 'INSUFFICIENT_POINTS',
  reference_taken: 'CONFLICT',
  has_buyers: 'CONFLICT',
  company_closed: 'CONFLICT',
  in_another_company: 'CONFLICT',
  company_full: 'CONFLICT',
  not_a_buyer: 'CONFLICT',
};

function refused(code: keyof typeof REFUSALS, details: Readonly<Record<string, unknown>>): AppError {
  return new AppError(REFUSALS[code], { reason: code, ...details });
}

export function wrongField(field: string, problem: string): AppError {
  return new AppError('INVALID_INPUT', { fields: [{ field, problem }] });
}

function listed(company: Company): z.input<typeof listedCompany> {
  return {
    companyId: company.company_id,
    programmeId: company.programme_id,
    name: company.name,
    externalRef: company.external_ref,
    status: company.status,
    pointsMode: company.points_mode,
    tierMode: company.tier_mode,
    approvalDays: company.approval_days,
    accountMemberId: company.account_member_id,
    createdAt: company.created_at,
  };
}

async function shown(db: Db, company: Company): Promise<z.input<typeof shownCompany>> {
  const balance = await memberBalance(db, company.account_member_id);
  if (!balance) throw new AppError('NOT_FOUND', { resource: 'company' });
  const { pending, available, held, debt } = balance;
  const { tier } = await findMember(db, company.account_member_id);
  return { ...listed(company), tier, balance: { pending, available, held, debt } };
}

function shownSeat(buyer: Buyer): z.input<typeof shownBuyer> {
  return {
    memberId: buyer.member_id,
    role: buyer.role,
    pointsPerOrder: buyer.points_per_order,
    pointsPerMonth: buyer.points_per_month,
    approvalAbove: buyer.approval_above,
    joinedAt: buyer.joined_at,
  };
}
