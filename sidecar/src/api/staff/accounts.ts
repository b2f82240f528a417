import { z } from 'zod';
import { AppError } from '../../errors';
import type { OperationContext } from '../../operations/context';
import { staffName } from '../../operations/log-in-staff';
import { hashPassword } from '../../security/password-hash';
import { changeStaff, findStaff, insertStaff, listStaff, type StaffRow } from '../../stores/staff-store';
import type { Db } from '../../storage/transaction';
import { endpoint, type Endpoint } from '../endpoint';
import { requireProgramme } from '../existing-programme';
import { afterQuery, nextOf, PAGE } from '../paging';
import { storedKey } from '../parse-body';
import { reachedProgramme, reaches, type Principal } from '../principal';
import { roleSchema } from './role';

const tag = 'Staff';
const SHORTEST_PASSWORD = 12;
const PASSWORD_BYTES = 12;

const nameSchema = z.string().regex(/^[\w.@+-]{2,64}$/, 'must be 2 to 64 letters, digits, ".", "@", "+", "-" or "_"');
const passwordSchema = z.string().min(SHORTEST_PASSWORD).max(200);

const shownAccount = z.strictObject({
  staffId: z.string(),
  programmeId: z.string(),
  name: z.string(),
  role: roleSchema,
  disabled: z.boolean(),
  createdAt: z.string(),
});

/** Of a password that was made here; null = it was given. Shown this once. */
const withPassword = shownAccount.extend({ password: z.string().nullable() });

/** Who may log in on the admin pages when no shop is around them. */
export function staffEndpoints(context: OperationContext): Endpoint[] {
  return [listEndpoint(context), createEndpoint(context), changeEndpoint(context)];
}

function listEndpoint({ db }: OperationContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/admin/staff',
    scope: 'staff:read',
    tag,
    summary: 'Lists accounts of staff.',
    query: afterQuery.extend({ programmeId: storedKey.optional() }),
    answers: {
      200: { description: 'A page', body: z.strictObject({ staff: z.array(shownAccount), next: z.string().nullable() }) },
    },
    refusals: ['NOT_FOUND'],
    handle: async ({ query, principal }) => {
      const rows = await listStaff(db, reachedProgramme(principal, query.programmeId), query.after, PAGE);
      return { body: { staff: rows.map(shown), next: nextOf(rows, ({ staff_id }) => staff_id) } };
    },
  });
}

function createEndpoint({ db, clock, ids }: OperationContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/admin/staff',
    scope: 'staff:write',
    tag,
    summary: 'Opens an account; without a password one is made, and shown this once.',
    body: z.strictObject({ programmeId: storedKey, name: nameSchema, role: roleSchema, password: passwordSchema.optional() }),
    answers: { 201: { description: 'The account', body: withPassword } },
    refusals: ['NOT_FOUND', 'CONFLICT'],
    handle: async ({ body: { programmeId, name, role: given, password }, principal }) => {
      reachedProgramme(principal, programmeId);
      await requireProgramme(db, programmeId);
      const made = password ?? ids.secret(PASSWORD_BYTES);
      const now = clock.now();
      const row: StaffRow = {
        staff_id: ids.next(),
        programme_id: programmeId,
        name: staffName(name),
        role: given,
        password_hash: await hashPassword(made),
        failures: 0,
        locked_until: null,
        disabled: 0,
        created_at: now,
        updated_at: now,
      };
      if (!(await insertStaff(db, row))) throw new AppError('CONFLICT', { field: 'name', problem: 'is taken' });
      return {
        status: 201,
        body: { ...shown(row), password: password === undefined ? made : null },
        headers: { 'cache-control': 'no-store' },
      };
    },
  });
}

function changeEndpoint({ db, clock, ids }: OperationContext): Endpoint {
  return endpoint({
    method: 'patch',
    path: '/admin/staff/:staffId',
    scope: 'staff:write',
    tag,
    summary: 'Changes role or password, closes an account or opens it again. Sessions under way end by themselves.',
    params: z.object({ staffId: storedKey }),
    body: z.strictObject({
      role: roleSchema.optional(),
      disabled: z.boolean().optional(),
      password: passwordSchema.optional(),
      newPassword: z.literal(true).optional(),
    }),
    answers: { 200: { description: 'The account', body: withPassword } },
    refusals: ['NOT_FOUND'],
    handle: async ({ params: { staffId }, body, principal }) => {
      await reachStaff(db, principal, staffId);
      const made = body.newPassword === true && body.password === undefined ? ids.secret(PASSWORD_BYTES) : null;
      const password = body.password ?? made;
      const change = {
        ...(body.role === undefined ? {} : { role: body.role }),
        ...(body.disabled === undefined ? {} : { disabled: body.disabled ? 1 : 0 }),
        ...(password === null ? {} : { password_hash: await hashPassword(password) }),
      };
      await changeStaff(db, staffId, change, clock.now());
      const row = await reachStaff(db, principal, staffId);
      return { body: { ...shown(row), password: made }, headers: { 'cache-control': 'no-store' } };
    },
  });
}

/** @throws AppError NOT_FOUND, the same for what is not there and what is not theirs */
async function reachStaff(db: Db, principal: Principal, staffId: string): Promise<StaffRow> {
  const row = await findStaff(db, staffId);
  if (!row || !reaches(principal, row.programme_id)) throw new AppError('NOT_FOUND', { resource: 'staff' });
  return row;
}

function shown(row: StaffRow): z.input<typeof shownAccount> {
  return {
    staffId: row.staff_id,
    programmeId: row.programme_id,
    name: row.name,
    role: roleSchema.parse(row.role),
    disabled: row.disabled === 1,
    createdAt: row.created_at,
  };
}
