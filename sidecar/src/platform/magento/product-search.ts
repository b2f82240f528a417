/** Products that a merchant looks for, by the shop's own search. */
import { z } from 'zod';
import { toMinor } from '../../domain/money';
import { ShopApiError } from '../../errors';
import { INTERACTIVE } from '../http-client';
import type { ConnectedShop, FoundProduct, ProductQuestion } from '../platform';
import { searchQuery, type MagentoClient, type Search } from './client';

const listSchema = z.object({
  items: z.array(z.object({ sku: z.string(), name: z.string().nullish(), price: z.number().nullish() })).nullish(),
});

/** @throws ShopApiError */
export async function findProducts(
  client: MagentoClient,
  shop: ConnectedShop,
  question: ProductQuestion,
): Promise<FoundProduct[]> {
  const search = searchOf(question);
  if (search.pageSize === 0) return [];
  const answer = await client.get(shop, '/products', searchQuery(search), INTERACTIVE);
  const parsed = listSchema.safeParse(answer);
  if (!parsed.success) throw new ShopApiError('a list of /products of the shop could not be read', false);
  const currency = typeof shop.settings['baseCurrency'] === 'string' ? shop.settings['baseCurrency'] : 'EUR';
  return (parsed.data.items ?? []).map(({ sku, name, price }) => ({
    productNumber: sku,
    name: name ?? null,
    prices: price === null || price === undefined ? {} : { [currency]: toMinor(price, currency) },
  }));
}

function searchOf(question: ProductQuestion): Search {
  if ('numbers' in question) {
    // Numbers stand in a list with commas, so one with a comma of its own cannot be asked for.
    const numbers = question.numbers.filter((number) => !number.includes(','));
    const filters = [{ field: 'sku', value: numbers.join(','), condition: 'in' } as const];
    return { filters, sortBy: 'sku', pageSize: numbers.length };
  }
  // In a pattern both signs stand for others.
  const value = `%${question.text.replace(/[\\%_]/g, '\\$&')}%`;
  const anyOf = [{ field: 'sku', value, condition: 'like' } as const, { field: 'name', value, condition: 'like' } as const];
  return { filters: [], anyOf, sortBy: 'sku', pageSize: question.limit };
}
