import { refuse, success, type Result } from '../domain/result';
import type { Db } from '../storage/transaction';
import { findPriceList } from '../stores/price-list-store';
import { listShops } from '../stores/shop-store';
import type { AnyImportKind } from './kind';

/** What a sender names of what a file is about. */
export interface NamedAbout {
  readonly programmeId: string;
  readonly shopId?: string | undefined;
  readonly priceList?: string | undefined;
}

export interface About {
  readonly programmeId: string;
  readonly shopId: string | null;
  readonly priceList: string | null;
}

/** `shop_needed`: the programme has several shops, or none. */
export type AboutRefusal = 'unknown_list' | 'unknown_shop' | 'shop_needed';

/** The shop need not be named where the programme has one. */
export async function importAbout(db: Db, kind: AnyImportKind, named: NamedAbout): Promise<Result<About, AboutRefusal>> {
  const { programmeId, shopId } = named;
  if (kind.priceList === 'needed') {
    const list = await findPriceList(db, programmeId, named.priceList ?? '');
    return list ? success({ programmeId, shopId: null, priceList: list.code }) : refuse('unknown_list');
  }
  const shops = await listShops(db, { programmeId });
  const meant = shopId === undefined ? shops : shops.filter((shop) => shop.shop_id === shopId);
  const [only, ...more] = meant;
  if (only && more.length === 0) return success({ programmeId, shopId: only.shop_id, priceList: null });
  if (shopId !== undefined) return refuse('unknown_shop');
  return kind.shop === 'optional' ? success({ programmeId, shopId: null, priceList: null }) : refuse('shop_needed');
}
