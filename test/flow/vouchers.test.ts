/** Vouchers for the next purchase through both sandbox shops, from payment to the order that uses one. */
import type { ManualClock } from '../../sidecar/src/clock';
import { settle, type ComposedSidecar } from '../support/composed-sidecar';
import { connectShop } from '../support/connected-shop';
import { programmeDocument } from '../support/programme';
import { sandboxShops, type ConnectableShop } from '../support/sandbox-shops';

const DAY_MS = 86_400_000;

const offers: [string, object, number][] = [
  ['an amount', { amountOff: { EUR: 5 }, minimumOrder: { EUR: 40 }, validDays: 30 }, 500],
  ['a share', { percentOff: 12.5, validDays: 30 }, 625],
];

describe.each(sandboxShops)('a voucher for the next purchase in a %s shop', (platform, open) => {
  describe.each(offers)('of %s', (_what, voucher, offMinor) => {
    let clock: ManualClock;
    let composed: ComposedSidecar;
    let shop: ConnectableShop;
    let customerId: string;

    beforeEach(async () => {
      const nextPurchase = [{ code: 'back', voucher, minimumOrder: { EUR: 80 }, releaseDays: 1, reminderDays: 7 }];
      ({ clock, composed, shop } = await connectShop(
        open,
        programmeDocument({ accrual: { lockDays: 0 }, messages: {}, nextPurchase }),
      ));
      shop.sandbox.addProduct({ productNumber: 'LAMP', grossMinor: 5000, taxRate: 19, categoryIds: [] });
      customerId = shop.sandbox.registerCustomer({ email: 'a@example.com' });
      await settle(composed, shop.sandbox);
    });
    afterEach(async () => {
      await composed.close();
      await shop.sandbox.stop();
    });

    const later = async (ms: number, ...jobs: string[]): Promise<void> => {
      clock.advance(ms);
      for (const job of jobs) await composed.sidecar.runJob(job);
      await settle(composed, shop.sandbox);
    };
    const buy = async (quantity: number, voucherCode?: string): Promise<string> => {
      const lines = [{ productNumber: 'LAMP', quantity }];
      const orderId = shop.sandbox.placeOrder({ customerId, lines, ...(voucherCode === undefined ? {} : { voucherCode }) });
      shop.sandbox.payOrder(orderId);
      await settle(composed, shop.sandbox);
      return orderId;
    };
    const shown = (): { code: string }[] => {
      const member = shop.sandbox.member(customerId);
      const details = (member['details'] ?? {}) as { vouchers?: unknown };
      const fields = (member['customFields'] ?? {}) as { loyalty_vouchers?: unknown };
      const vouchers = platform === 'Shopware' ? fields.loyalty_vouchers : (details.vouchers ?? []);
      return vouchers as { code: string }[];
    };
    const status = async (): Promise<string[]> =>
      (await composed.storage.db.selectFrom('voucher').select('status').orderBy('voucher_id').execute()).map((row) => row.status);

    it('comes after payment and the release, works once, and comes back with a new code from a cancelled order', async () => {
      await buy(2);
      await later(DAY_MS - 1, 'grant-next-purchases');
      expect(shown()).toEqual([]);
      await later(1, 'grant-next-purchases', 'grant-next-purchases');
      const [voucherShown, ...others] = shown();
      expect(others).toEqual([]);
      const code = voucherShown?.code ?? '';
      expect(() => shop.sandbox.placeOrder({ customerId, lines: [], voucherCode: `${code}X` })).toThrow();

      const used = shop.sandbox.placeOrder({ customerId, lines: [{ productNumber: 'LAMP', quantity: 1 }], voucherCode: code });
      await settle(composed, shop.sandbox);
      expect([shown(), await status()]).toEqual([[], ['used']]);
      const { snapshot } = await composed.storage.db
        .selectFrom('order_position')
        .select('snapshot')
        .where('order_id', '=', used)
        .executeTakeFirstOrThrow();
      expect(JSON.parse(snapshot)).toMatchObject({
        voucherCodes: [code],
        lines: [{ grossMinor: 5000 - offMinor }, ...(platform === 'Shopware' ? [{ kind: 'discount' }] : [])],
      });
      await expect(buy(1, code)).rejects.toThrow();

      shop.sandbox.cancelOrder(used);
      await settle(composed, shop.sandbox);
      const [back] = shown();
      expect(back?.code).not.toBe(code);
      expect(await status()).toEqual(['active']);
      await buy(1, back?.code);
      expect([shown(), await status()]).toEqual([[], ['used']]);
    });

    it('is taken back with its order, reminded of once, and ends', async () => {
      const gone = await buy(2);
      await buy(2);
      await later(DAY_MS, 'grant-next-purchases');
      expect(shown()).toHaveLength(2);
      shop.sandbox.refundAll(gone);
      await settle(composed, shop.sandbox);
      expect(shown()).toHaveLength(1);
      await later(24 * DAY_MS, 'remind-of-vouchers', 'remind-of-vouchers');
      const told = await composed.storage.db
        .selectFrom('desired_state')
        .select(['resource_id', 'dirty', 'dead'])
        .where('resource_type', '=', 'notice')
        .where('desired', 'like', '%voucher_expiring%')
        .execute();
      expect(told).toMatchObject([{ dirty: 0, dead: 0 }]);
      const code = shown()[0]?.code ?? '';
      await later(8 * DAY_MS, 'expire-vouchers');
      expect([shown(), (await status()).sort()]).toEqual([[], ['expired', 'revoked']]);
      await expect(buy(2, code)).rejects.toThrow();
    });

    it('is not earned below the minimum', async () => {
      await buy(1);
      await later(DAY_MS, 'grant-next-purchases');
      expect([shown(), await status()]).toEqual([[], []]);
    });
  });
});
