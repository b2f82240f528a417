import { z } from 'zod';
import { adjustPoints } from '../operations/adjust-points';
import type { OperationContext } from '../operations/context';
import { findNamedMember, type MemberRef } from '../operations/find-member';
import { email, key, wholeNumber } from './columns';
import { applied, faulty, importKind, type ImportTarget, type KeptRow, type Sealed, type UnitOutcome } from './kind';
import { MAX_FILE_BYTES, MAX_FILE_ROWS } from './limits';

const MAX_POINTS = 1_000_000_000;
const MAX_REASON = 500;

const pointColumns = z
  .object({
    memberId: key.optional(),
    customerId: key.optional(),
    email: email.optional(),
    points: wholeNumber(-MAX_POINTS, MAX_POINTS).refine((points) => points !== 0, 'must not be 0'),
    reason: z.string().min(3, 'must be at least 3 characters').max(MAX_REASON, `must be at most ${MAX_REASON} characters`),
    reference: z.string().regex(/^[\w.:/-]{1,80}$/, 'must be 1 to 80 letters, digits, ".", ":", "/", "-" or "_"'),
  })
  .refine((row) => [row.memberId, row.customerId, row.email].filter((one) => one !== undefined).length === 1, {
    path: ['memberId'],
    message: 'or customerId or email is required, one of them',
  });

type PointRow = Sealed<z.output<typeof pointColumns>>;

/** Opening balances and corrections; a reference is posted once, whatever file it comes in. */
export const points = importKind({
  code: 'points',
  scope: 'members:write',
  columns: pointColumns,
  shop: 'optional',
  priceList: 'none',
  maxRows: MAX_FILE_ROWS,
  maxUnitRows: 1,
  maxBytes: MAX_FILE_BYTES,
  unit: 'row',
  subjectColumn: 'reference',
  subject: ({ reference }) => reference,
  apply,
});

async function apply(context: OperationContext, target: ImportTarget, rows: readonly KeptRow<PointRow>[]): Promise<UnitOutcome> {
  const { programmeId, shopId, actor } = target;
  const [only] = rows;
  if (!only) throw new Error('a correction has a row');
  const { row, values } = only;
  if (values.customerId !== undefined && shopId === null)
    return faulty(row, 'customerId', 'needs a shop, which the import does not name');
  const [column, ref] = namedBy(values, shopId ?? '');
  const named = await findNamedMember(context.db, programmeId, ref);
  if (!named.ok) return faulty(row, column, 'is no member of this programme');
  const change = {
    points: values.points,
    reason: values.reason,
    actor,
    idempotencyKey: `import:${values.reference}`,
    onlyAtOnce: true as const,
  };
  const posted = await adjustPoints(context, { programmeId, memberId: named.value, ...change });
  if (posted.ok) return posted.value.entryId === null ? applied('unchanged') : applied('created', values.points);
  switch (posted.code) {
    case 'unknown_member':
      return faulty(row, column, 'is no member of this programme');
    case 'insufficient_points':
      return faulty(row, 'points', `takes more than the ${Number(posted.details['availablePoints'])} points there are`);
    case 'wants_approval':
      return faulty(
        row,
        'points',
        `is above ${Number(posted.details['adjustmentsAbove'])} by hand, which a second person confirms on the member's page`,
      );
    case 'too_many_requests':
      throw new Error('an import asks for nothing');
    case 'idempotency_mismatch':
      return faulty(row, 'reference', 'was posted before with other points, or for somebody else');
  }
}

function namedBy({ memberId, customerId, emailHash = '' }: PointRow, shopId: string): [string, MemberRef] {
  if (memberId !== undefined) return ['memberId', { memberId }];
  return customerId === undefined ? ['email', { emailHash }] : ['customerId', { shopId, customerId }];
}
