/** What a person may have: everything the books know of them, over all shops. */
import { ManualClock } from '../../sidecar/src/clock';
import { createSandboxMagento } from '../sandbox/magento/sandbox-magento';
import { seededRandom } from '../simulation/random';
import { ADMIN_TOKEN, pairingCode, settle, startSidecar, type ComposedSidecar } from '../support/composed-sidecar';
import { PROGRAMME_ID, programmeDocument, publish } from '../support/programme';

type Parts = Record<string, Record<string, unknown>[]>;

describe('the export of a member', () => {
  let composed: ComposedSidecar;
  let shop: ReturnType<typeof createSandboxMagento>;
  let customerId: string;

  beforeEach(async () => {
    const clock = new ManualClock(Date.parse('2026-03-01T10:00:00.000Z'));
    const random = seededRandom(5);
    composed = await startSidecar({ clock, random: () => random.next() });
    const document = programmeDocument({ welcome: { points: 100 }, accrual: { lockDays: 0 } });
    await publish(composed.sidecar.context, document, '2026-01-01T00:00:00.000Z');
    shop = createSandboxMagento({ clock, random: () => random.next() });
    await shop.start();
    await shop.connect(composed.url, await pairingCode(composed.url, PROGRAMME_ID));
    shop.addProduct({ productNumber: 'LAMP', grossMinor: 14_900, taxRate: 19, categoryIds: [] });
    customerId = shop.registerCustomer({ email: 'a@example.com' });
    shop.registerCustomer({ email: 'other@example.com' });
    await settle(composed, shop);
  });
  afterEach(async () => {
    await composed.close();
    await shop.stop();
  });

  const ask = (memberId: string): Promise<Response> =>
    fetch(`${composed.url}/admin/members/${memberId}/export`, { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } });
  const memberId = async (): Promise<string> => {
    const identities = composed.storage.db.selectFrom('member_identity').select('member_id');
    return (await identities.where('customer_id', '=', customerId).executeTakeFirstOrThrow()).member_id;
  };

  it('has every order, entry and decision, and nothing of anybody else', async () => {
    for (let count = 0; count < 3; count += 1)
      shop.payOrder(shop.placeOrder({ customerId, lines: [{ productNumber: 'LAMP', quantity: 1 }] }));
    await settle(composed, shop);
    const id = await memberId();
    const answer = await ask(id);
    const text = await answer.text();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/x-ndjson']);
    const parts: Parts = {};
    for (const line of text.trimEnd().split('\n')) {
      const { name, rows } = JSON.parse(line) as { name: string; rows: Record<string, unknown>[] };
      parts[name] = [...(parts[name] ?? []), ...rows];
    }
    expect(parts['accounts']).toMatchObject([{ customer_id: customerId }]);
    expect(parts['orders']).toHaveLength(3);
    expect(parts['orders']?.[0]?.['snapshot']).toMatchObject({ customerId, currency: 'EUR' });
    const kinds = parts['decisions']?.map((decision) => decision['kind']);
    expect(kinds?.filter((kind) => kind === 'welcome')).toHaveLength(1);
    const seqs = parts['entries']?.map((entry) => entry['seq']);
    expect(seqs).toEqual(Array.from({ length: seqs?.length ?? 0 }, (_, index) => index + 1));
    const members = Object.values(parts).flatMap((rows) => rows.map((row) => row['member_id'] ?? id));
    expect(new Set(members)).toEqual(new Set([id]));
  });

  it('is not there for a stranger', async () => {
    expect((await ask('nobody')).status).toBe(404);
  });
});
