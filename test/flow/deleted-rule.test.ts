/** Staff of a Shopware delete what tier prices stand on. */
import { createSandboxShopware } from '../sandbox/shopware/sandbox-shopware';
import { APP, settle, type ComposedSidecar } from '../support/composed-sidecar';
import { connectShop } from '../support/connected-shop';
import { programmeDocument } from '../support/programme';

const MINUTE_MS = 60_000;

it('a rule of a tier that was deleted comes back with the prices of all products', async () => {
  const document = programmeDocument({
    tiers: { levels: [{ code: 'gold', name: 'Gold', threshold: 100 }] },
    tierPrices: [{ code: 'ten', tier: 'gold', categories: ['goods'], steps: [{ quantityFrom: 1, percentOff: 10 }] }],
  });
  const { clock, composed, shop } = await connectShop((clockOf, random) => {
    const sandbox = createSandboxShopware({ clock: clockOf, random, ...APP });
    return { sandbox, connect: ({ url }: ComposedSidecar) => sandbox.connect(url) };
  }, document);
  const { sandbox } = shop;
  const addProduct = (productNumber: string): string =>
    sandbox.addProduct({ productNumber, grossMinor: 10_000, taxRate: 19, categoryIds: ['goods'] });
  const show = async (): Promise<void> => {
    await composed.sidecar.runJob('refresh-catalogue');
    clock.advance(MINUTE_MS);
    await settle(composed, sandbox);
  };
  addProduct('LAMP');
  addProduct('CUP');
  await show();
  expect(sandbox.tierPriceCount()).toBe(2);

  sandbox.deleteRule('Loyalty tier Gold');
  expect(sandbox.tierPriceCount()).toBe(0);
  addProduct('PEN');
  const rulesLeft = sandbox.rows('rule').length;
  await show();
  clock.advance(MINUTE_MS);
  await settle(composed, sandbox);
  expect(sandbox.rows('rule')).toHaveLength(rulesLeft + 1);
  expect(sandbox.tierPriceCount()).toBe(3);
  const kept = composed.storage.db.selectFrom('desired_state').select(['resource_id', 'last_error']).where('dirty', '=', 1);
  expect(await kept.execute()).toEqual([]);
  await composed.close();
  await sandbox.stop();
});
