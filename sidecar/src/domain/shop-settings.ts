/** What the merchant decides about our part of a shop; null = as it comes, absent = as it is. */
export interface ShopSettings {
  /**
   * Of the rules behind tier prices: where several rules have prices for a product, the highest priority wins. The tiers' own
   * order is added to it.
   */
  readonly rulePriority?: number | null | undefined;
  /** Where friends' codes and vouchers apply; as it comes: in all sales channels. */
  readonly salesChannelIds?: readonly string[] | null | undefined;
  /**
   * Magento: tiers as customer groups, beside the merchant's own; as it comes, the module keeps the prices of tiers in a
   * table of its own and nobody changes group. False = no longer: customers go back to the groups they came from.
   */
  readonly useCustomerGroups?: boolean | null | undefined;
}

export const MAX_RULE_PRIORITY = 10_000;
/** As it comes. */
export const RULE_PRIORITY = 100;

/** @param settings as they are stored with the shop */
export function rulePriorityOf(settings: Readonly<Record<string, unknown>>): number {
  const { rulePriority } = settings;
  return typeof rulePriority === 'number' ? rulePriority : RULE_PRIORITY;
}
