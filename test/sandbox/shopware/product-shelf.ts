import type { SandboxShop } from '../sandbox-shop';
import { inUnits, taxIncluded } from './cart-price';
import type { ShopIds } from './shop-ids';
import type { TableStore } from './table-store';

const PLENTY = 1_000_000;

/** Puts a product up for sale; taxes and categories come to be as they are named. Answers its id. */
export function addProduct(store: TableStore, ids: ShopIds, product: Parameters<SandboxShop['addProduct']>[0]): string {
  const { productNumber, grossMinor, taxRate, categoryIds } = product;
  if (store.table('product').linked('productNumber', productNumber).length > 0) {
    throw new Error(`there is a product ${productNumber} already`);
  }
  const stock = product.stock ?? PLENTY;
  const id = ids.next();
  store.insert('product', {
    id,
    childCount: 0,
    productNumber,
    name: product.name ?? `Product ${productNumber}`,
    active: true,
    isCloseout: false,
    stock,
    availableStock: stock,
    taxId: taxId(store, ids, taxRate),
    price: [price(store, taxRate, grossMinor)],
    categoryIds: [...categoryIds],
    categoryTree: [...categoryIds],
  });
  for (const categoryId of categoryIds) {
    if (!store.find('category', categoryId)) store.insert('category', { id: categoryId, name: categoryId, active: true });
    store.insert('product_category', { productId: id, categoryId });
  }
  return id;
}

function price(store: TableStore, taxRate: number, grossMinor: number): Record<string, unknown> {
  const currency = [...store.table('currency').rows.values()].find((one) => one.isSystemDefault === true);
  const { taxMinor } = taxIncluded({ taxRate, grossMinor });
  return {
    extensions: [],
    currencyId: currency?.id,
    net: inUnits(grossMinor - taxMinor),
    gross: inUnits(grossMinor),
    linked: true,
    listPrice: null,
    percentage: null,
    regulationPrice: null,
    apiAlias: 'price',
  };
}

function taxId(store: TableStore, ids: ShopIds, taxRate: number): string {
  const known = [...store.table('tax').rows.values()].find((tax) => tax.taxRate === taxRate);
  if (known) return String(known.id);
  const id = ids.next();
  store.insert('tax', { id, name: `${taxRate} %`, taxRate, position: 0 });
  return id;
}
