/**
 * What a shopper meets in a sandbox shop, whichever platform it speaks for. Everything comes from the shop itself: what it sells
 * and sold, and what the sidecar has written into it. Nothing here asks the sidecar.
 */
import type { MemberMirror, TermsMirror } from '../../../sidecar/src/domain/mirror';
import type { SandboxOrderInput, SandboxShop } from '../../sandbox/sandbox-shop';
import type { Written } from './happening';

export interface ShopProduct {
  readonly productNumber: string;
  readonly name: string;
  readonly category: string;
  /** What somebody without a tier pays for one. */
  readonly grossMinor: number;
  readonly netMinor: number;
}

export interface ShopCustomer {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

export interface CartLine {
  readonly kind: 'product' | 'gift' | 'promotion' | 'points';
  readonly productNumber: string | null;
  readonly name: string;
  readonly quantity: number;
  /** Gross, as the shop shows its prices. */
  readonly unitMinor: number;
  readonly totalMinor: number;
  readonly netMinor: number;
}

export interface OrderedLine extends CartLine {
  /** Units that have been given back. */
  readonly refunded: number;
}

export interface ShopOrder {
  readonly id: string;
  readonly number: string;
  readonly placedAt: string;
  /** Null = a guest's. */
  readonly customerId: string | null;
  readonly state: 'open' | 'in_progress' | 'completed' | 'cancelled';
  readonly payment: 'open' | 'paid' | 'refunded_partially' | 'refunded' | 'cancelled';
  readonly totalMinor: number;
  readonly lines: readonly OrderedLine[];
}

/** A wish to pay with points, as the app's script keeps it: an order uses up one intent. */
export interface RedeemWish {
  readonly points: number;
  readonly intent: string;
}

export type ShownMember = Partial<MemberMirror>;

export interface ShopCounter {
  readonly sandbox: SandboxShop;
  readonly title: string;
  products(): readonly ShopProduct[];
  customers(): readonly ShopCustomer[];
  customer(id: string): ShopCustomer | null;
  terms(): TermsMirror | null;
  shown(customerId: string): ShownMember;
  /** Null = none, or one that an order has used up. */
  redeemWish(customerId: string): RedeemWish | null;
  /** 0 points take the wish back. */
  keepRedeemWish(customerId: string, wish: RedeemWish): void;
  /** The code a customer's friend gave them, while it can still be used. */
  friendCode(customerId: string): string | null;
  /** @throws CodeRefused where the shop does not take the code */
  cart(input: SandboxOrderInput): readonly CartLine[];
  /** Asks the sidecar as the shop does before it takes an order; what stops it, in words. */
  checkout(input: SandboxOrderInput): Promise<readonly string[]>;
  orders(customerId: string): readonly ShopOrder[];
  order(id: string): ShopOrder | null;
  /** Everything in the shop that the sidecar writes: compared before and after, it says what was written. */
  written(): Written;
  /** Path at which the sidecar answers `checkout`. */
  readonly checkoutPath: string;
  /** Names of the webhooks that wait. */
  waiting(): readonly string[];
  /** Where the shop's administration opens the pages of the app, for a member. */
  adminPage(memberId: string | null): string;
}

export class CodeRefused extends Error {}
