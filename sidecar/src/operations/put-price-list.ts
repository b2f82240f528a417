import { isOver, MAX_LISTS, nextTurn, type PriceBasis } from '../domain/price-list';
import { reason, type Reason } from '../domain/reason';
import { refuse, success, type Result } from '../domain/result';
import { canonicalJson } from '../storage/canonical-json';
import { inTransaction, StateMoved, type Trx } from '../storage/transaction';
import {
  changePriceList,
  countLists,
  findPriceList,
  insertPriceList,
  lastListNumber,
  markListedDue,
  validityOf,
  type PriceList,
} from '../stores/price-list-store';
import type { OperationContext } from './context';
import type { Staff } from './open-company';
import { recordList } from './record-list';
import { spreadList } from './spread-list';

export interface PriceListSettings {
  readonly name: string;
  readonly currency: string;
  readonly basis: PriceBasis;
  readonly priority: number;
  readonly validFrom: string | null;
  /** Exclusive. */
  readonly validUntil: string | null;
}

export interface PutPriceListInput extends PriceListSettings, Staff {
  readonly programmeId: string;
  readonly code: string;
  /** One that is there already is left as it is. */
  readonly isNew?: boolean;
}

export type PriceListRefusal = 'unknown_list' | 'unknown_currency' | 'currency_fixed' | 'code_taken' | 'too_many_lists';

export interface ChangedList {
  readonly list: PriceList;
  readonly outcome: 'created' | 'changed' | 'same';
}

/** Makes a price list or changes what is said of it; its prices are put in by themselves. The same again changes nothing. */
export async function putPriceList(
  context: OperationContext,
  input: PutPriceListInput,
): Promise<Result<ChangedList, PriceListRefusal>> {
  return inTransaction(context.db, async (trx) => {
    const { programmeId, code, currency, basis } = input;
    const now = context.clock.now();
    const known = await findPriceList(trx, programmeId, code);
    if (!known) return createList(trx, context, input, now);
    if (input.isNew === true) return refuse('code_taken', { name: known.name });
    if (known.currency !== currency || known.basis !== basis) {
      return refuse('currency_fixed', { currency: known.currency, basis: known.basis });
    }
    const { name, priority, validFrom, validUntil } = input;
    const changes = { name, priority, valid_from: validFrom, valid_until: validUntil };
    const isNew = !isOver(validityOf(changes), now) && isOver(validityOf(known), now);
    if (isNew && (await countLists(trx, programmeId, now)) >= MAX_LISTS) return refuse('too_many_lists', { lists: MAX_LISTS });
    return success(await changeList(trx, context, known, changes, input));
  });
}

/** Ends a price list now. One that is over stays as it is. */
export async function endPriceList(
  context: OperationContext,
  { programmeId, code, ...staff }: Staff & { readonly programmeId: string; readonly code: string },
): Promise<Result<ChangedList, PriceListRefusal>> {
  return inTransaction(context.db, async (trx) => {
    const list = await findPriceList(trx, programmeId, code);
    if (!list) return refuse('unknown_list');
    const now = context.clock.now();
    if (isOver(validityOf(list), now)) return success({ list, outcome: 'same' });
    // One that has not begun never does.
    const from = list.valid_from !== null && list.valid_from > now ? now : list.valid_from;
    const { name, priority } = list;
    return success(await changeList(trx, context, list, { name, priority, valid_from: from, valid_until: now }, staff));
  });
}

async function createList(
  trx: Trx,
  context: OperationContext,
  input: PutPriceListInput,
  now: string,
): Promise<Result<ChangedList, PriceListRefusal>> {
  const { programmeId, currency } = input;
  const published = await context.programmes.effectiveAt(trx, programmeId, now);
  if (!published || !Object.hasOwn(published.programme.currencies, currency)) return refuse('unknown_currency', { currency });
  if ((await countLists(trx, programmeId, now)) >= MAX_LISTS) return refuse('too_many_lists', { lists: MAX_LISTS });
  const list: PriceList = {
    list_id: context.ids.next(),
    programme_id: programmeId,
    code: input.code,
    name: input.name,
    currency,
    basis: input.basis,
    priority: input.priority,
    list_number: (await lastListNumber(trx, programmeId)) + 1,
    valid_from: input.validFrom,
    valid_until: input.validUntil,
    turns_at: nextTurn({ from: input.validFrom, until: input.validUntil }, now),
    prices: 0,
    changes: 0,
    created_at: now,
    updated_at: now,
  };
  if (!(await insertPriceList(trx, list))) throw new StateMoved();
  await spreadList(trx, list, now);
  await recordList(trx, context, list, [changed(input)]);
  return success({ list, outcome: 'created' });
}

type Settings = Pick<PriceList, 'name' | 'priority' | 'valid_from' | 'valid_until'>;

async function changeList(
  trx: Trx,
  context: OperationContext,
  list: PriceList,
  changes: Settings,
  staff: Staff,
): Promise<ChangedList> {
  const { name, priority, valid_from, valid_until } = list;
  if (canonicalJson(changes) === canonicalJson({ name, priority, valid_from, valid_until })) return { list, outcome: 'same' };
  const now = context.clock.now();
  const after = { ...list, ...changes, turns_at: nextTurn(validityOf(changes), now) };
  const { turns_at } = after;
  if (!(await changePriceList(trx, list, { ...changes, turns_at }, now))) throw new StateMoved();
  await spreadList(trx, after, now);
  const isMoved = valid_from !== changes.valid_from || valid_until !== changes.valid_until;
  if (isMoved) await markListedDue(trx, list, () => context.ids.next());
  await recordList(trx, context, after, [changed(staff)]);
  return { list: after, outcome: 'changed' };
}

function changed({ actor, reason: why }: Staff): Reason {
  return reason('price_list_changed', true, { actor, reason: why });
}
