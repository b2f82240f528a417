import { shallowRef } from 'vue';
import { answer, api } from './client';
import type { paths } from './openapi';

export type Shop = paths['/admin/shops']['get']['responses'][200]['content']['application/json']['shops'][number];

/** Shops of the programme; empty until they are known. */
export const shops = shallowRef<readonly Shop[]>([]);

export async function learnShops(): Promise<void> {
  shops.value = (await answer(api.GET('/admin/shops'))).shops;
}

/** A shop as people know it: by where it is. */
export function shopName(shopId: string): string {
  const shop = shops.value.find((one) => one.shopId === shopId);
  return shop ? shop.url.replace(/^https?:\/\//, '') : shopId;
}
