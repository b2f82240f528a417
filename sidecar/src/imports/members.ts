import { z } from 'zod';
import { LANGUAGES } from '../domain/language';
import { isMonthDay, monthDayOf, type MonthDay } from '../domain/occasion';
import { memberBalance } from '../ledger/queries';
import type { OperationContext } from '../operations/context';
import { ensureMember } from '../operations/ensure-member';
import { findNamedMember } from '../operations/find-member';
import { setLanguage } from '../operations/member-language';
import { registerCustomer } from '../operations/register-customer';
import { setBirthday } from '../operations/set-birthday';
import { inTransaction } from '../storage/transaction';
import { findIdentity, guestKey } from '../stores/member-store';
import { email, key, moment, momentOf } from './columns';
import { applied, faulty, importKind, type ImportTarget, type KeptRow, type Sealed, type UnitOutcome } from './kind';
import { MAX_FILE_BYTES, MAX_FILE_ROWS } from './limits';

const memberColumns = z
  .object({
    customerId: key.optional(),
    email: email.optional(),
    joinedAt: moment,
    customerGroup: z.string().max(64, 'must be at most 64 characters').optional(),
    language: z
      .string()
      .toLowerCase()
      .pipe(z.enum(LANGUAGES, `must be one of ${LANGUAGES.join(', ')}`))
      .optional(),
    birthday: z
      .string()
      .transform((text, context): MonthDay => {
        const found = birthdayOf(text);
        if (found !== null) return found;
        context.addIssue({ code: 'custom', message: 'must be a day like 12-31, or a date like 1980-12-31' });
        return z.NEVER;
      })
      .optional(),
  })
  .refine((row) => row.customerId !== undefined || row.email !== undefined, {
    path: ['email'],
    message: 'or customerId is required',
  });

type MemberRow = Sealed<z.output<typeof memberColumns>>;

/** The year is neither asked for nor kept. */
function birthdayOf(text: string): MonthDay | null {
  const [, month, day] = /^(\d\d)-(\d\d)$/.exec(text) ?? [];
  const short = { month: Number(month), day: Number(day) };
  return isMonthDay(short) ? short : monthDayOf(text);
}

/** Customers of a shop, and people who have bought without an account. */
export const members = importKind({
  code: 'members',
  scope: 'members:write',
  columns: memberColumns,
  shop: 'needed',
  priceList: 'none',
  maxRows: MAX_FILE_ROWS,
  maxUnitRows: 1,
  maxBytes: MAX_FILE_BYTES,
  unit: 'row',
  subjectColumn: null,
  subject: ({ customerId, emailHash = '' }) => (customerId === undefined ? `email:${emailHash}` : `customer:${customerId}`),
  apply,
});

async function apply(context: OperationContext, target: ImportTarget, rows: readonly KeptRow<MemberRow>[]): Promise<UnitOutcome> {
  const { db, clock, programmes } = context;
  const { programmeId, shopId } = target;
  const [only] = rows;
  if (!only || shopId === null) throw new Error('a member has a row and a shop');
  const { row, values } = only;
  const published = await programmes.effectiveAt(db, programmeId, clock.now());
  if (!published) return faulty(row, null, 'nothing is published yet');
  const at = momentOf(values.joinedAt, published.programme);
  if (at > clock.now()) return faulty(row, 'joinedAt', 'lies in the future');
  const joining = { programmeId, shopId, at, emailHash: values.emailHash ?? null, customerGroup: values.customerGroup ?? null };
  const { customerId } = values;
  const joined = customerId === undefined ? await joinGuest(context, joining) : await joinCustomer(context, customerId, joining);
  if (joined === null) return faulty(row, 'customerId', 'is a customer of another programme');
  const { memberId } = joined;
  let { changed } = joined;
  const { language, birthday } = values;
  if (language !== undefined) changed = (await setLanguage(context, { memberId, language })).changed || changed;
  if (birthday !== undefined) changed = (await setBirthday(context, { memberId, birthday })).changed || changed;
  return applied(joined.opened ? 'created' : changed ? 'changed' : 'unchanged', joined.points);
}

interface Joining {
  readonly programmeId: string;
  readonly shopId: string;
  readonly at: string;
  readonly emailHash: string | null;
  readonly customerGroup: string | null;
}

interface Joined {
  readonly memberId: string;
  readonly opened: boolean;
  readonly changed: boolean;
  readonly points: number;
}

/** As if the shop had told of them; what it has proof of stays. Null = the account belongs elsewhere. */
async function joinCustomer(context: OperationContext, customerId: string, joining: Joining): Promise<Joined | null> {
  const { db } = context;
  const { programmeId, shopId, at, emailHash, customerGroup } = joining;
  const known = await findIdentity(db, shopId, customerId);
  if (known && known.programme_id !== programmeId) return null;
  const emailVerified = known?.email_verified === 1 && (emailHash === null || emailHash === known.email_hash);
  const input = { programmeId, shopId, customerId, emailHash, customerGroup, registeredAt: at, emailVerified };
  const before = known ? await balanceOf(context, known.member_id) : 0;
  const memberId = await registerCustomer(context, { ...input, mirrorMissing: false, messageIds: [] });
  const now = await findIdentity(db, shopId, customerId);
  const changed = known?.email_hash !== now?.email_hash || known?.customer_group !== now?.customer_group;
  const points = (await balanceOf(context, memberId)) - before;
  return { memberId, opened: known === undefined, changed: changed || points !== 0, points };
}

async function joinGuest(context: OperationContext, { emailHash, ...joining }: Joining): Promise<Joined> {
  if (emailHash === null) throw new Error('a guest has an address');
  const named = await findNamedMember(context.db, joining.programmeId, { emailHash });
  if (named.ok) return { memberId: named.value, opened: false, changed: false, points: 0 };
  const identity = { ...joining, emailHash, customerId: guestKey(emailHash), claimsGuest: false, emailVerified: null };
  const { memberId, opened } = await inTransaction(context.db, (trx) => ensureMember(trx, context, identity));
  return { memberId, opened, changed: false, points: 0 };
}

async function balanceOf({ db }: OperationContext, memberId: string): Promise<number> {
  const balance = await memberBalance(db, memberId);
  return balance === null ? 0 : balance.pending + balance.available + balance.held - balance.debt;
}
