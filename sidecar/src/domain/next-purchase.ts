/** A voucher for the next purchase, earned by an order that was paid. */
import { ofCurrency } from './currency';
import type { OrderSnapshot } from './order-snapshot';
import type { MinorByCurrency, Scope } from './programme';
import { reason, type Reason } from './reason';
import { subjectMiss, type ScopeSubject } from './scope';
import { keptOfUnits } from './unit-split';
import type { VoucherTerms } from './voucher';

export interface NextPurchaseRule {
  readonly code: string;
  readonly voucher: VoucherTerms;
  /** Goods that the order must have kept; a missing currency = any. */
  readonly minimumMinor: MinorByCurrency;
  readonly scope: Pick<Scope, 'tiers' | 'segments' | 'channels' | 'from' | 'until'>;
  /** Days from payment to the voucher. */
  readonly releaseDays: number;
  /** Days before its end at which its owner is reminded; null = never. */
  readonly reminderDays: number | null;
  /** Vouchers of this rule a member, ever; null = no limit. */
  readonly limitPerMember: number | null;
}

export interface NextPurchaseCase {
  readonly currency: string;
  readonly goodsMinor: number;
  /** As the order was placed. */
  readonly subject: ScopeSubject;
  /** Vouchers of the rule that the member was given before, without those that were withdrawn. */
  readonly given: number;
}

/** Whether an order brings the voucher. */
export function judgeNextPurchase(rule: NextPurchaseRule, { currency, goodsMinor, subject, given }: NextPurchaseCase): Reason {
  const { code } = rule;
  const miss = subjectMiss(rule.scope, subject);
  if (miss !== null) return reason(`next_purchase_${miss}`, false, { code, tier: subject.tier, at: subject.at });
  const minimumMinor = ofCurrency(rule.minimumMinor, currency) ?? 0;
  if (goodsMinor < minimumMinor) return reason('next_purchase_below_minimum', false, { code, goodsMinor, minimumMinor });
  const { limitPerMember } = rule;
  if (limitPerMember !== null && given >= limitPerMember) {
    return reason('next_purchase_limit_reached', false, { code, given, limitPerMember });
  }
  return reason('next_purchase', true, { code, goodsMinor, given });
}

/** Goods that stayed with the buyer, including tax, after every discount but points. */
export function keptGoodsMinor({ lines }: OrderSnapshot): number {
  return lines
    .filter(({ kind }) => kind === 'product')
    .map((line) => keptOfUnits(line.grossMinor, line.quantityMilli, line.refundedMilli))
    .reduce((sum, value) => sum + value, 0);
}
