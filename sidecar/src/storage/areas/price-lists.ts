/** Price lists by contract: their prices, the companies that buy at them, and products whose prices are to be decided anew. */
import { table, type TableSchema } from '../table-schema';

export interface PriceListTable {
  list_id: string;
  programme_id: string;
  code: string;
  name: string;
  currency: string;
  basis: 'net' | 'gross';
  priority: number;
  /** Counts up in the programme; of lists with the same priority the newer one counts. */
  list_number: number;
  /** Null = from the beginning. */
  valid_from: string | null;
  /** Exclusive; null = without end. */
  valid_until: string | null;
  /** When the list begins or ends next, and the shops must hear of it. */
  turns_at: string | null;
  prices: number;
  /** Counts up with every change, of its prices and companies too. */
  changes: number;
  created_at: string;
  updated_at: string;
}

export interface PriceListRowTable {
  list_id: string;
  product_number: string;
  quantity_from: number;
  price_minor: number;
}

/** A share off what the shop asks. */
export interface PriceListDiscountTable {
  list_id: string;
  goods: 'product' | 'category' | 'all';
  /** Number of the product or id of the category; empty for all goods. */
  name: string;
  quantity_from: number;
  percent_bps: number;
}

export interface PriceListCompanyTable {
  list_id: string;
  company_id: string;
  programme_id: string;
  assigned_at: string;
  /** The company's buyers are to be shown what they buy at. */
  due: number;
}

/** May name a product several times; whoever adds a row need not look whether there is one. Without a number: all products. */
export interface PriceListDueTable {
  due_id: string;
  programme_id: string;
  product_number: string;
}

export interface PriceListTables {
  price_list: PriceListTable;
  price_list_row: PriceListRowTable;
  price_list_discount: PriceListDiscountTable;
  price_list_company: PriceListCompanyTable;
  price_list_due: PriceListDueTable;
}

export const priceListTables: readonly TableSchema[] = [
  table<'price_list'>({
    name: 'price_list',
    columns: {
      list_id: 'key',
      programme_id: 'key',
      code: 'key',
      name: 'name',
      currency: 'key',
      basis: 'key',
      priority: 'int',
      list_number: 'int',
      valid_from: 'time?',
      valid_until: 'time?',
      turns_at: 'time?',
      prices: 'int',
      changes: 'int',
      created_at: 'time',
      updated_at: 'time',
    },
    primaryKey: ['list_id'],
    unique: [
      ['programme_id', 'code'],
      ['programme_id', 'list_number'],
    ],
    index: [['turns_at']],
  }),
  table<'price_list_row'>({
    name: 'price_list_row',
    columns: { list_id: 'key', product_number: 'name', quantity_from: 'int', price_minor: 'int' },
    primaryKey: ['list_id', 'product_number', 'quantity_from'],
    checks: ['quantity_from >= 1', 'price_minor >= 0'],
  }),
  table<'price_list_discount'>({
    name: 'price_list_discount',
    columns: { list_id: 'key', goods: 'key', name: 'name', quantity_from: 'int', percent_bps: 'int' },
    primaryKey: ['list_id', 'goods', 'name', 'quantity_from'],
    checks: ['quantity_from >= 1', 'percent_bps >= 0', 'percent_bps <= 10000'],
  }),
  table<'price_list_company'>({
    name: 'price_list_company',
    columns: { list_id: 'key', company_id: 'key', programme_id: 'key', assigned_at: 'time', due: 'flag' },
    primaryKey: ['list_id', 'company_id'],
    index: [['company_id'], ['due', 'company_id']],
  }),
  table<'price_list_due'>({
    name: 'price_list_due',
    columns: { due_id: 'key', programme_id: 'key', product_number: 'name' },
    primaryKey: ['due_id'],
  }),
];
