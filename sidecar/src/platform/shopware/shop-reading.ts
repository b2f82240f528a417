/** Reads orders, customers and products of a shop through the Admin API. */
import type { Clock } from '../../clock';
import type { OrderSnapshot } from '../../domain/order-snapshot';
import { partOf, type ShopPart } from '../../domain/shop-branch';
import { ShopApiError } from '../../errors';
import { createCoalescedRead } from '../coalesced-read';
import type { ChangedPage, ConnectedShop, CustomerSnapshot, ShopPlatform } from '../platform';
import { byId, readable, type UnreadRow } from '../rows';
import type { Criteria, ShopwareClient } from './client';
import { homeChannelOf, mapCustomer } from './customer-mapping';
import { instantOf, mapOf, numberOf, required, textOf, type Fields } from './fields';
import { after, changedSince, orderCriteria, type OrderRights } from './order-criteria';
import { mapOrder } from './order-mapping';
import { datedByHistory, stateOf, type StateChange } from './order-states';
import { findProducts } from './product-search';
import { mapProduct } from './product-mapping';
import type { ShopFacts } from './shop-facts';

export type ShopReading = Pick<
  ShopPlatform,
  'readOrder' | 'readCustomer' | 'readContact' | 'changedOrders' | 'changedCustomers' | 'products' | 'findProducts'
>;

interface ReadingDeps {
  readonly client: ShopwareClient;
  readonly facts: ShopFacts;
  readonly clock: Clock;
  readonly hashEmail: (email: string) => string;
}

const PAGE = 100;
const HISTORY_PAGE = 500;
/** After a refusal for want of a right, how long until it is tried again. */
const ASK_AGAIN_MS = 600_000;

const customerIncludes = {
  customer: [
    'id',
    'autoIncrement',
    'email',
    'groupId',
    'company',
    'guest',
    'createdAt',
    'firstLogin',
    'affiliateCode',
    'birthday',
    'customFields',
    'doubleOptInRegistration',
    'doubleOptInConfirmDate',
    'languageId',
    'salesChannelId',
    'boundSalesChannelId',
  ],
};
const contactIncludes = { customer: ['id', 'email', 'firstName', 'languageId'] };
const productIncludes = { product: ['id', 'autoIncrement', 'productNumber', 'categoryTree', 'price'] };

export function createShopReading(deps: ReadingDeps): ShopReading {
  const { client, facts } = deps;
  const refunds = createOptionalRight(deps.clock, [403]);
  const addresses = createOptionalRight(deps.clock, [403]);
  /** A refusal does not say which right was missing: addresses go first, since orders can do without. */
  const withRights = <T>(shop: ConnectedShop, read: (rights: OrderRights) => Promise<T>): Promise<T> =>
    addresses(shop, (mayAddresses) => refunds(shop, (mayRefunds) => read({ refunds: mayRefunds, addresses: mayAddresses })));
  // A shop that cannot be asked this way (400) is no different from one that forbids it.
  const history = createOptionalRight(deps.clock, [400, 403]);
  const contextOf = ({ shopId }: ShopPart) => ({ shopId, hashEmail: deps.hashEmail });
  /** An order is of the part that its sales channel belongs to; who has an account in another part is said. */
  const orderOf = (shop: ConnectedShop, row: Fields, changes: readonly StateChange[]): OrderSnapshot => {
    const part = partOf(shop, textOf(row['salesChannelId']));
    const snapshot = mapOrder(row, changes, contextOf(part));
    const home = homeChannelOf(mapOf(mapOf(row['orderCustomer'])['customer']));
    const { shopId } = snapshot.isGuest || home === null ? part : partOf(shop, home);
    return shopId === part.shopId ? snapshot : { ...snapshot, buyerShopId: shopId };
  };

  const ordersOf = async (shop: ConnectedShop, rows: readonly Fields[]): Promise<UnreadRow<OrderSnapshot>[]> => {
    const changes = await history(shop, (allowed) => (allowed ? readHistory(client, shop, rows) : Promise.resolve([])));
    return rows.map((row) => unread(row, () => orderOf(shop, row, changes)));
  };
  const customersOf = async (shop: ConnectedShop, rows: readonly Fields[]): Promise<UnreadRow<CustomerSnapshot>[]> => {
    const locales = rows.length === 0 ? undefined : await facts.locales(shop);
    return rows.map((row) => unread(row, () => mapCustomer(row, contextOf(partOf(shop, homeChannelOf(row))), locales)));
  };
  const readOrder = createCoalescedRead(async (shop, ids) => {
    const rows = await withRights(shop, (rights) =>
      client.search(shop, 'order', { ...orderCriteria(rights), ids, limit: ids.length }),
    );
    return byId(await ordersOf(shop, rows));
  });
  const readCustomer = createCoalescedRead(async (shop, ids) => {
    const rows = await client.search(shop, 'customer', { ids, limit: ids.length, includes: customerIncludes });
    return byId(await customersOf(shop, rows));
  });
  return {
    readOrder,
    readCustomer,
    async readContact(shop, customerId) {
      const [row] = await client.search(shop, 'customer', { ids: [customerId], limit: 1, includes: contactIncludes });
      const email = textOf(row?.['email'])?.trim() ?? '';
      if (!row || email === '') return null;
      const language = (await facts.locales(shop)).get(textOf(row['languageId']) ?? '') ?? null;
      return { email, firstName: textOf(row['firstName']), language };
    },
    async changedOrders(shop, since, cursor) {
      const page = await withRights(shop, (rights) =>
        readPage(client, shop, 'order', cursor, { ...orderCriteria(rights), filter: [changedSince(since, rights.refunds)] }),
      );
      return { ...page, ...readable(await ordersOf(shop, page.items)) };
    },
    async changedCustomers(shop, since, cursor) {
      const changed = { type: 'multi', operator: 'or', queries: [after('createdAt', since), after('updatedAt', since)] };
      const page = await readPage(client, shop, 'customer', cursor, { filter: [changed], includes: customerIncludes });
      return { ...page, ...readable(await customersOf(shop, page.items)) };
    },
    async products(shop, cursor) {
      const { isoOf } = await facts.currencies(shop);
      const page = await readPage(client, shop, 'product', cursor, { filter: [], includes: productIncludes });
      return { ...page, items: page.items.map((row) => mapProduct(row, isoOf)) };
    },
    async findProducts(shop, question) {
      const { isoOf } = await facts.currencies(shop);
      return findProducts(client, shop, question, isoOf);
    },
  };
}

function unread<T>(row: Fields, read: () => T): UnreadRow<T> {
  return { id: textOf(row['id']) ?? '', read };
}

/**
 * One page in the order of creation, beginning after the row the cursor names. Rows that change meanwhile stay where they
 * are, so none is missed, as it would be with page numbers or in the order of change.
 */
async function readPage(
  client: ShopwareClient,
  shop: ConnectedShop,
  entity: string,
  cursor: string | null,
  criteria: Criteria & { readonly filter: readonly Fields[] },
): Promise<ChangedPage<Fields>> {
  const from = { type: 'range', field: 'autoIncrement', parameters: { gt: Number(cursor ?? 0) } };
  const items = await client.search(shop, entity, {
    ...criteria,
    filter: [...criteria.filter, from],
    sort: [{ field: 'autoIncrement', order: 'ASC' }],
    limit: PAGE,
  });
  const last = items.at(-1);
  if (!last || items.length < PAGE) return { items, nextCursor: null };
  return { items, nextCursor: String(required(numberOf(last['autoIncrement']), `a row of ${entity}`, 'autoIncrement')) };
}

/** When the orders and their transactions entered the states whose time counts. */
async function readHistory(client: ShopwareClient, shop: ConnectedShop, orders: readonly Fields[]): Promise<StateChange[]> {
  const referencedId = orders.flatMap(datedByHistory);
  if (referencedId.length === 0) return [];
  const changes: StateChange[] = [];
  for (let page = 1; ; page += 1) {
    const rows = await client.search(shop, 'state_machine_history', {
      filter: [{ type: 'equalsAny', field: 'referencedId', value: referencedId }],
      associations: { toStateMachineState: {} },
      sort: [
        { field: 'createdAt', order: 'ASC' },
        { field: 'id', order: 'ASC' },
      ],
      includes: {
        state_machine_history: ['referencedId', 'toStateMachineState', 'createdAt'],
        state_machine_state: ['technicalName'],
      },
      page,
      limit: HISTORY_PAGE,
    });
    changes.push(...rows.flatMap(stateChange));
    if (rows.length < HISTORY_PAGE) return changes;
  }
}

function stateChange(row: Fields): StateChange[] {
  const referencedId = textOf(row['referencedId']);
  const state = stateOf({ stateMachineState: row['toStateMachineState'] });
  const at = instantOf(row['createdAt']);
  return referencedId === null || state === null || at === null ? [] : [{ referencedId, state, at }];
}

type WithOptionalRight = <T>(shop: ConnectedShop, read: (allowed: boolean) => Promise<T>) => Promise<T>;

/** Reads with a right the merchant may not have granted, and without it when the shop answers one of the refusals. */
function createOptionalRight(clock: Clock, refusals: readonly number[]): WithOptionalRight {
  const refusedUntilMs = new Map<string, number>();
  return async (shop, read) => {
    if ((refusedUntilMs.get(shop.shopId) ?? 0) > clock.nowMs()) return read(false);
    try {
      return await read(true);
    } catch (error) {
      if (!(error instanceof ShopApiError) || !refusals.includes(error.status ?? 0)) throw error;
      const result = await read(false);
      refusedUntilMs.set(shop.shopId, clock.nowMs() + ASK_AGAIN_MS);
      return result;
    }
  };
}
