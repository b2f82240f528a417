/** A cart as the shop's page shows it: what the app's cart script makes of it is made here, from what is in the shop. */
import type { SandboxOrderInput } from '../../sandbox/sandbox-shop';
import { CodeRefused, type CartLine, type RedeemWish, type ShopCounter, type ShownMember } from './counter';
import { earned, openGifts, quote, redemptionRules, type RedemptionRules } from './terms';

export interface CartWish {
  /** Null = a guest. */
  readonly customerId: string | null;
  readonly guestEmail: string;
  readonly quantities: ReadonlyMap<string, number>;
  /** Typed in, or a friend's. */
  readonly code: string | null;
  /** Whose link the visitor followed. */
  readonly friendCode: string | null;
  readonly now: string;
}

export interface ShownCart {
  readonly lines: readonly CartLine[];
  readonly totalMinor: number;
  /** Points the order earns, about. */
  readonly earns: number;
  /** What a little more would bring. */
  readonly nextGift: { readonly name: string; readonly missingMinor: number } | null;
  readonly codeProblem: string | null;
  /** Null = nobody, or nothing that could be paid with points. */
  readonly points: ShownPoints | null;
  /** As it would be ordered. */
  readonly input: SandboxOrderInput;
}

export interface ShownPoints {
  readonly rules: RedemptionRules;
  readonly spendable: number;
  readonly pending: number;
  readonly used: number;
  readonly usedMinor: number;
}

export function showCart(counter: ShopCounter, wish: CartWish): ShownCart {
  const terms = counter.terms();
  const member: ShownMember = wish.customerId === null ? {} : counter.shown(wish.customerId);
  const { input: bought, codeProblem } = takeCode(counter, wish);
  const before = counter.cart(bought);
  const goodsMinor = sum(before.filter(({ kind }) => kind === 'product'));
  const open = wish.customerId === null ? [] : openGifts(terms, member, wish.now);
  const given = goodsMinor > 0 ? open.filter((gift) => goodsMinor >= gift.minimumMinor) : [];
  const gifts = given.flatMap(({ ruleCode, products: [productNumber = ''], units }) =>
    Array.from({ length: units }, () => ({ ruleCode, productNumber })),
  );
  const rules = redemptionRules(terms);
  const spendable = spendableOf(member);
  const redeem = wish.customerId === null ? null : counter.redeemWish(wish.customerId);
  const used = redeem && rules && quote(rules, Math.min(redeem.points, spendable), { goodsMinor, restMinor: sum(before) });
  const paid = { used: used?.points ?? 0, usedMinor: used?.valueMinor ?? 0 };
  const input = { ...bought, gifts, ...withPoints(redeem, used) };
  const lines = counter.cart(input);
  const next = open.filter((gift) => goodsMinor < gift.minimumMinor).sort((a, b) => a.minimumMinor - b.minimumMinor)[0];
  return {
    lines,
    input,
    totalMinor: sum(lines),
    earns: earned(terms, member.tier ?? null, valueOf(lines)),
    nextGift: next ? { name: nameOf(counter, next.products[0]), missingMinor: next.minimumMinor - goodsMinor } : null,
    codeProblem,
    points: rules && wish.customerId !== null ? { rules, spendable, pending: member.pendingPoints ?? 0, ...paid } : null,
  };
}

function sum(lines: readonly CartLine[]): number {
  return lines.reduce((total, { totalMinor }) => total + totalMinor, 0);
}

function valueOf(lines: readonly CartLine[]): { gross: number; net: number } {
  return { gross: sum(lines), net: lines.reduce((total, { netMinor }) => total + netMinor, 0) };
}

/** In a cart also what the open order under way has reserved can be used, and no more than a company allows. */
function spendableOf(member: ShownMember): number {
  const all = (member.availablePoints ?? 0) + (member.heldPoints ?? 0);
  return Math.max(0, Math.min(all, member.redeemLimit ?? all));
}

function withPoints(wish: RedeemWish | null, used: { readonly points: number; readonly valueMinor: number } | null) {
  return wish && used && used.points > 0 ? { redeem: { ...used, holdId: wish.intent } } : {};
}

function nameOf(counter: ShopCounter, productNumber: string | undefined): string {
  return counter.products().find((product) => product.productNumber === productNumber)?.name ?? 'a gift';
}

/** The code in the cart where the shop takes it; else the cart without it, and why. */
function takeCode(
  counter: ShopCounter,
  wish: CartWish,
): { readonly input: SandboxOrderInput; readonly codeProblem: string | null } {
  const { customerId, guestEmail, code, friendCode } = wish;
  const input: SandboxOrderInput = {
    ...(customerId === null ? { guestEmail } : { customerId }),
    lines: [...wish.quantities].map(([productNumber, quantity]) => ({ productNumber, quantity })),
    ...(friendCode === null ? {} : { referralCode: friendCode }),
  };
  if (code === null) return { input, codeProblem: null };
  try {
    const withCode = { ...input, voucherCode: code };
    counter.cart(withCode);
    return { input: withCode, codeProblem: null };
  } catch (error) {
    if (!(error instanceof CodeRefused)) throw error;
    return { input, codeProblem: error.message };
  }
}
