import { shallowRef } from 'vue';
import { answer, api } from './client';
import type { paths } from './openapi';

export type Shop = paths['/admin/shops']['get']['responses'][200]['content']['application/json']['shops'][number];

/** Shops of the programme; empty until they are known. */
export const shops = shallowRef<readonly Shop[]>([]);

export async function learnShops(): Promise<void> {
  shops.value = (await answer(api.GET('/admin/shops'))).shops;
}
