import { computed, inject, provide, ref, shallowRef, type InjectionKey } from 'vue';
import { answer, api } from '../../../api/client';
import { ApiFault } from '../../../api/fault';
import { me } from '../../../api/me';
import { shops } from '../../../api/shops';
import type { paths } from '../../../api/openapi';
import { listAt, textOf, type Json } from './document-path';

type Search = paths['/admin/shops/{shopId}/products/search']['post'];
export type FoundProduct = Search['responses'][200]['content']['application/json']['products'][number];

const AT_ONCE = 100;
/** Of a programme that names more, the others go by their numbers. */
const MOST = 1000;

/** What the shop calls the products of the programme, and what they cost there; asked for as they are shown. */
export function createProducts() {
  const known = shallowRef<ReadonlyMap<string, FoundProduct>>(new Map());
  const absent = shallowRef<ReadonlySet<string>>(new Set());
  const asked = new Set<string>();
  const chosen = ref<string | null>(null);
  const own = computed(() => me.value?.shop?.shopId ?? shops.value[0]?.shopId ?? null);
  const shopId = computed({
    get: () => chosen.value ?? own.value,
    set: (shop) => {
      chosen.value = shop;
      asked.clear();
      absent.value = new Set();
    },
  });

  function learn(found: readonly FoundProduct[]): void {
    known.value = new Map([...known.value, ...found.map((product) => [product.productNumber, product] as const)]);
  }

  async function ask(body: Search['requestBody']['content']['application/json']): Promise<readonly FoundProduct[]> {
    if (shopId.value === null) return [];
    const params = { path: { shopId: shopId.value } };
    const { products } = await answer(api.POST('/admin/shops/{shopId}/products/search', { params, body }));
    learn(products);
    return products;
  }

  async function learnWhich(numbers: readonly string[]): Promise<void> {
    if (shopId.value === null) return;
    const found = new Set((await ask({ numbers: [...numbers] })).map(({ productNumber }) => productNumber));
    absent.value = new Set([...absent.value, ...numbers.filter((number) => !found.has(number))]);
  }

  return {
    shopId,
    known,
    /** Numbers the shop was asked for and does not have. */
    absent,
    find: (text: string) => ask({ text, limit: 20 }),
    /** Names are a help: without the shop, numbers stand alone. */
    async look(numbers: readonly string[]): Promise<void> {
      const missing = numbers.filter((number) => number !== '' && !asked.has(number)).slice(0, MOST);
      for (const number of missing) asked.add(number);
      try {
        for (let from = 0; from < missing.length; from += AT_ONCE) await learnWhich(missing.slice(from, from + AT_ONCE));
      } catch (error) {
        if (!(error instanceof ApiFault)) throw error;
      }
    },
  };
}

export type Products = ReturnType<typeof createProducts>;

const key: InjectionKey<Products> = Symbol('products');

export function provideProducts(products: Products): Products {
  provide(key, products);
  return products;
}

/** Of the page around. @throws Error outside of one */
export function useProducts(): Products {
  const products = inject(key);
  if (!products) throw new Error('a product is shown outside of the editor');
  return products;
}

const PRODUCTS_IN_SUMMARY = 3;

/** What stands for a rule in a list: the first of its products. */
export function firstProducts(rule: Json): string {
  return listAt(rule, 'products').slice(0, PRODUCTS_IN_SUMMARY).map(textOf).join(', ');
}
