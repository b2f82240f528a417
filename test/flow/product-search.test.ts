/** Products that staff look for while they write the programme, as the shop itself finds them. */
import { ADMIN_TOKEN, settle, type ComposedSidecar } from '../support/composed-sidecar';
import { connectShop } from '../support/connected-shop';
import { programmeDocument } from '../support/programme';
import { sandboxShops, type ConnectableShop } from '../support/sandbox-shops';
import { call, errorCode, type Answer } from './http-fixture';

describe.each(sandboxShops)('products of a %s shop', (_platform, open) => {
  let composed: ComposedSidecar;
  let shop: ConnectableShop;
  let shopId: string;

  beforeAll(async () => {
    ({ composed, shop } = await connectShop(open, programmeDocument()));
    const goods = { taxRate: 19, categoryIds: [] };
    shop.sandbox.addProduct({ productNumber: 'LAMP-1', grossMinor: 14_900, ...goods });
    shop.sandbox.addProduct({ productNumber: 'LAMP-2', grossMinor: 999, ...goods });
    shop.sandbox.addProduct({ productNumber: '50%_off', grossMinor: 100, ...goods });
    await settle(composed, shop.sandbox);
    shopId = (await composed.storage.db.selectFrom('shop').select('shop_id').executeTakeFirstOrThrow()).shop_id;
  });
  afterAll(async () => {
    await composed.close();
    await shop.sandbox.stop();
  });

  const ask = (body: object, of = shopId): Promise<Answer> =>
    call(`${composed.url}/admin/shops/${of}/products/search`, {
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const numbers = (answer: Answer): string[] =>
    (answer.body as { products: { productNumber: string }[] }).products.map(({ productNumber }) => productNumber);

  it('are found by a part of the number or of the name, in either case, with what they cost', async () => {
    const lamps = await ask({ text: 'lamp' });
    expect(lamps.status).toBe(200);
    expect(lamps.body).toEqual({
      products: [
        { productNumber: 'LAMP-1', name: 'Product LAMP-1', prices: { EUR: 14_900 } },
        { productNumber: 'LAMP-2', name: 'Product LAMP-2', prices: { EUR: 999 } },
      ],
    });
    expect(numbers(await ask({ text: 'product lamp-2' }))).toEqual(['LAMP-2']);
    expect(numbers(await ask({ text: 'lamp', limit: 1 }))).toEqual(['LAMP-1']);
    expect(numbers(await ask({ text: 'nothing like it' }))).toEqual([]);
  });

  it('are found by signs that stand for others in a database', async () => {
    expect(numbers(await ask({ text: '%' }))).toEqual(['50%_off']);
    expect(numbers(await ask({ text: '%_' }))).toEqual(['50%_off']);
    expect(numbers(await ask({ text: 'P_1' }))).toEqual([]);
  });

  it('are found by their numbers, without those that there are not', async () => {
    expect(numbers(await ask({ numbers: ['LAMP-2', 'none', 'LAMP-1'] }))).toEqual(['LAMP-1', 'LAMP-2']);
    expect(numbers(await ask({ numbers: ['a,b'] }))).toEqual([]);
  });

  it('are asked for with limits, of a shop that is one of ours', async () => {
    for (const body of [{}, { text: ' ' }, { text: 'a', limit: 51 }, { numbers: [] }, { text: 'a', numbers: ['b'] }]) {
      const answer = await ask(body);
      expect([answer.status, errorCode(answer)]).toEqual([422, 'INVALID_INPUT']);
    }
    expect(errorCode(await ask({ text: 'a' }, 'another'))).toBe('UNKNOWN_SHOP');
  });

  it('cannot be found while the shop is down, and that is said', async () => {
    shop.sandbox.faults.down = true;
    const answer = await ask({ text: 'lamp' });
    expect([answer.status, errorCode(answer)]).toEqual([503, 'UNAVAILABLE']);
    shop.sandbox.faults.down = false;
  });
});
