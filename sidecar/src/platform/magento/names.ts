/** Every name of ours that exists in a Magento shop. */
import { createHash } from 'node:crypto';

const MAX_GROUP_CODE = 32;
const GENERAL = 1;
export const groupCodePrefix = 'Loyalty ';

/**
 * Group of a tier for customers of one of the merchant's groups, e.g. `Loyalty gold /2`; the general group goes without
 * saying. Magento cuts longer codes without a word, so two tiers could end as one.
 */
export function groupCode(tier: string, baseGroup: number): string {
  const suffix = baseGroup === GENERAL ? '' : ` /${baseGroup}`;
  const code = `${groupCodePrefix}${tier}`;
  const room = MAX_GROUP_CODE - suffix.length;
  if (code.length <= room) return code + suffix;
  const digest = createHash('sha256').update(tier).digest('hex').slice(0, 8);
  return `${code.slice(0, room - 9)}-${digest}${suffix}`;
}

/** The merchant's group that a group of ours stands for. */
export function baseGroupId(code: string): number {
  return Number(/ \/(\d+)$/.exec(code)?.[1] ?? GENERAL);
}

export function friendRuleName(code: string): string {
  return `Loyalty friend ${code}`;
}

export function voucherRuleName(value: string, currency: string): string {
  return `Loyalty voucher ${value} ${currency}`;
}

export function shareRuleName(percent: number): string {
  return `Loyalty voucher ${percent} %`;
}

/** What the module keeps the prices of a price list by, apart from those of tiers. */
export function priceListKey(code: string): string {
  return `list:${code}`;
}
