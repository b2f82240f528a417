/** Every name of ours that exists in a Magento shop. */
import { createHash } from 'node:crypto';

const MAX_GROUP_CODE = 32;
export const groupCodePrefix = 'Loyalty ';

/** Magento cuts longer codes without a word, so two tiers could end as one. */
export function groupCode(tier: string): string {
  const code = `${groupCodePrefix}${tier}`;
  if (code.length <= MAX_GROUP_CODE) return code;
  const digest = createHash('sha256').update(tier).digest('hex').slice(0, 8);
  return `${code.slice(0, MAX_GROUP_CODE - 9)}-${digest}`;
}

export function friendRuleName(code: string): string {
  return `Loyalty friend ${code}`;
}

export function voucherRuleName(value: string, currency: string): string {
  return `Loyalty voucher ${value} ${currency}`;
}
