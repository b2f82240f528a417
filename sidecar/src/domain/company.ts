/** Several buyers who buy for one company. */

/** Whose account the points of a buyer's orders go to: the company's, or their own. */
export const POINTS_MODES = ['pooled', 'personal'] as const;
export type PointsMode = (typeof POINTS_MODES)[number];

/** Whose orders make a buyer's tier: those of the whole company, or their own. */
export const TIER_MODES = ['account', 'personal'] as const;
export type TierMode = (typeof TIER_MODES)[number];

/** Approvers decide on redemptions of others; admins besides stand for the company. */
export const COMPANY_ROLES = ['buyer', 'approver', 'admin'] as const;
export type CompanyRole = (typeof COMPANY_ROLES)[number];

/** More buyers than this would make a change of the pool too long a transaction. */
export const MAX_BUYERS = 500;

export function mayApprove(role: CompanyRole): boolean {
  return role !== 'buyer';
}

/** Names are alike whatever their case, spaces and full stops. */
export function companyNameKey(name: string): string {
  return name.toLowerCase().replace(/[\s.,]+/gu, '');
}
