import { channelOf } from '../domain/channel';
import { addDays } from '../domain/instant';
import { judgeNextPurchase, keptGoodsMinor, type NextPurchaseRule } from '../domain/next-purchase';
import type { OrderSnapshot } from '../domain/order-snapshot';
import type { Programme } from '../domain/programme';
import { voucherOffer, type VoucherOffer } from '../domain/voucher';
import type { PastStanding } from './moments';

interface Waiting {
  readonly dueAt: string;
  readonly rule: NextPurchaseRule;
  readonly snapshot: OrderSnapshot;
  readonly standing: PastStanding;
}

/** Vouchers for the next purchase that a member's orders bring, decided as each is due. */
export class NextPurchases {
  private readonly waiting: Waiting[] = [];

  constructor(
    private readonly programme: Programme,
    private readonly hasAccount: boolean,
  ) {}

  note(snapshot: OrderSnapshot, standing: PastStanding, isKept: boolean): void {
    if (!this.hasAccount || !isKept || snapshot.paidAt === null) return;
    for (const rule of this.programme.nextPurchase) {
      this.waiting.push({ dueAt: addDays(snapshot.paidAt, rule.releaseDays), rule, snapshot, standing });
    }
  }

  given(until: string): VoucherOffer[] {
    const { channels = [], baseCurrency } = this.programme;
    const counts = new Map<string, number>();
    const due = this.waiting.filter(({ dueAt }) => dueAt <= until).sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1));
    return due.flatMap(({ rule, snapshot, standing }) => {
      const given = counts.get(rule.code) ?? 0;
      const { applied } = judgeNextPurchase(rule, {
        currency: snapshot.currency,
        goodsMinor: keptGoodsMinor(snapshot),
        subject: { ...standing, at: snapshot.placedAt, channel: channelOf(channels, snapshot)?.code ?? null },
        given,
      });
      const offer = applied ? voucherOffer(rule.voucher, snapshot.currency, baseCurrency) : null;
      if (offer === null) return [];
      counts.set(rule.code, given + 1);
      return [offer];
    });
  }
}
