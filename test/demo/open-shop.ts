/** Opens the shop that a year was played in, for whoever wants to try it by hand. */
import { randomBytes } from 'node:crypto';
import { ADMIN_TOKEN } from '../support/composed-sidecar';
import type { Demo } from './run-demo';
import { ShopFloor } from './storefront/shop-floor';
import { shopwareCounter } from './storefront/shopware-counter';
import { openStorefront, type Storefront } from './storefront/storefront';

const NO_FAULTS = { dropWebhook: 0, duplicateWebhook: 0, reorderWebhook: 0 };

/** @param port 0 takes a free one */
export async function openShop({ url, sidecar, clock, sandboxes: [shopware, magento] }: Demo, port: number): Promise<Storefront> {
  for (const sandbox of [shopware, magento]) {
    Object.assign(sandbox.faults, NO_FAULTS);
    await sandbox.deliverWebhooks();
  }
  await sidecar.inbox.runOnce();
  await sidecar.runJob('refresh-catalogue');
  await sidecar.writeback.runOnce();
  const shared = { newKey: () => randomBytes(18).toString('base64url'), memberIdOf: memberSearch(url) };
  const floor = new ShopFloor(shopwareCounter(shopware), sidecar, clock);
  return openStorefront({ ...shared, floor, port });
}

/** Asks the API, as an integrator would. */
function memberSearch(url: string): (customerId: string) => Promise<string | null> {
  return async (customerId) => {
    const query = new URLSearchParams({ programmeId: 'default', search: customerId });
    const response = await fetch(`${url}/admin/members?${query.toString()}`, {
      headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
    });
    const { members = [] } = (await response.json()) as { members?: { memberId: string }[] };
    return members[0]?.memberId ?? null;
  };
}
