/** What shoppers ask for on their page: rewards, money for points; and memberships they buy, in either shop. */
import type { ManualClock } from '../../sidecar/src/clock';
import { settle, type ComposedSidecar } from '../support/composed-sidecar';
import { connectShop } from '../support/connected-shop';
import { programmeDocument } from '../support/programme';
import { sandboxShops, type ConnectableShop } from '../support/sandbox-shops';

const rewards = [
  { code: 'tour', kind: 'experience', name: 'Tour', pointsPrice: 100, stock: 2, translations: { de: { name: 'Führung' } } },
  { code: 'tea', kind: 'product', name: 'Tea', pointsPrice: 5000 },
  { code: 'early', kind: 'presale', name: 'A day early', pointsPrice: 10, access: { code: 'spring', until: '2026-05-01' } },
];
const cashback = [{ code: 'bonus', name: 'Bonus', minimumPoints: 200, payout: 'credit', automatic: { every: 'quarter' } }];
const memberships = [
  { code: 'club', name: 'Club card', products: ['CLUB'], durationMonths: 1, tier: 'gold', multiplier: 2, welcomePoints: 50 },
];
const EUR = { earn: { points: 1, per: 1 }, pointValue: { points: 100, value: 1 } };
const key = (digit: string): string => digit.repeat(32);

describe.each(sandboxShops)('the account page of a %s shop', (_platform, open) => {
  let clock: ManualClock;
  let composed: ComposedSidecar;
  let shop: ConnectableShop;
  let customerId: string;

  beforeEach(async () => {
    const document = { accrual: { lockDays: 0 }, welcome: { points: 400 }, currencies: { EUR }, rewards, cashback, memberships };
    ({ clock, composed, shop } = await connectShop(open, programmeDocument(document)));
    shop.sandbox.addProduct({ productNumber: 'CLUB', grossMinor: 4900, taxRate: 19, categoryIds: [] });
    customerId = shop.sandbox.registerCustomer({ email: 'a@example.com' });
    await seen();
  });
  afterEach(async () => {
    await composed.close();
    await shop.sandbox.stop();
  });

  const seen = async () => {
    await settle(composed, shop.sandbox);
    // The shop tells of what was written to the customer, and of that nothing more follows.
    await settle(composed, shop.sandbox);
    return shop.shown(customerId);
  };
  const wish = async (kind: 'reward' | 'cancel' | 'cashback', code: string, as: string) => {
    await shop.sandbox.wish(customerId, { kind, code, key: key(as) });
    return seen();
  };

  it('says what there is: rewards with the last few, cashback, memberships with what they bring', () => {
    expect(shop.terms()).toMatchObject({
      rewards: [
        { code: 'tour', left: 2, isSoldOut: false, texts: { de: { name: 'Führung' } } },
        { code: 'tea', left: null },
        { code: 'early' },
      ],
      cashback: [{ code: 'bonus', minimumPoints: 200, unitPoints: 1, unitMinor: 1, every: 'quarter' }],
      memberships: [{ code: 'club', products: ['CLUB'], months: 1, tier: 'gold', multiplierBps: 20_000, welcomePoints: 50 }],
    });
  });

  it('gives a reward for points, once for a form sent twice, and takes it back', async () => {
    await wish('reward', 'tour', 'a');
    const bought = await wish('reward', 'tour', 'a');
    expect(bought).toMatchObject({
      points: 300,
      rewards: { taken: { tour: 1 }, latest: [{ code: 'tour', state: 'requested' }] },
    });
    expect(shop.terms()).toMatchObject({ rewards: [{ code: 'tour', left: 1 }, {}, {}] });
    const { id } = (bought.rewards as { latest: { id: string }[] }).latest[0] ?? { id: '' };
    expect(await wish('cancel', id, 'b')).toMatchObject({
      points: 400,
      rewards: { taken: {}, latest: [{ state: 'cancelled' }] },
    });
    expect(shop.terms()).toMatchObject({ rewards: [{ code: 'tour', left: 2 }, {}, {}] });
  });

  it('takes nothing for what cannot be had', async () => {
    expect(await wish('reward', 'tea', 'a')).toMatchObject({ points: 400 });
    expect(await wish('reward', 'nothing', 'b')).toMatchObject({ points: 400 });
    expect((await wish('cancel', 'of-another', 'c')).rewards).toBeFalsy();
  });

  it('lets them in early', async () => {
    expect(await wish('reward', 'early', 'a')).toMatchObject({
      points: 390,
      rewards: { access: [{ code: 'spring', from: null, until: '2026-05-01T00:00:00.000Z' }] },
    });
  });

  it('turns points into money, and gives them back when the payment fails', async () => {
    expect(await wish('cashback', 'bonus', 'a')).toMatchObject({
      points: 0,
      cashback: [{ points: 400, valueMinor: 400, currency: 'EUR', state: 'requested' }],
    });
    expect(await wish('cashback', 'bonus', 'b')).toMatchObject({ points: 0 });
  });

  it('follows a membership that is bought, renewed, given back, and over', async () => {
    const buy = async (): Promise<string> => {
      const id = shop.sandbox.placeOrder({ customerId, lines: [{ productNumber: 'CLUB', quantity: 1 }] });
      await seen();
      shop.sandbox.payOrder(id);
      await seen();
      return id;
    };
    expect((await seen()).memberships).toBeFalsy();
    await buy();
    expect(await seen()).toMatchObject({
      tier: 'gold',
      memberships: [{ code: 'club', startsAt: '2026-03-01T10:00:00.000Z', endsAt: '2026-04-01T10:00:00.000Z' }],
    });
    clock.moveTo(Date.parse('2026-03-20T10:00:00.000Z'));
    const renewal = await buy();
    expect(await seen()).toMatchObject({ memberships: [{ endsAt: '2026-05-01T10:00:00.000Z' }] });
    shop.sandbox.refundAll(renewal);
    expect(await seen()).toMatchObject({ memberships: [{ endsAt: '2026-04-01T10:00:00.000Z' }] });
    clock.moveTo(Date.parse('2026-04-20T10:00:00.000Z'));
    await composed.sidecar.runJob('lapse-memberships');
    const after = await seen();
    expect(after.memberships).toBeFalsy();
    expect(after).toMatchObject({ endedMemberships: [{ code: 'club', endsAt: '2026-04-01T10:00:00.000Z' }] });
    expect(after.tier).not.toBe('gold');
  });
});
