/** Takes what could name a person out of what was kept of a decision or an order; what arithmetic needs stays. */

/** Names under which text may stay: codes, states, numbers of goods and orders, and ids that mean nothing outside the books. */
const KEPT_TEXT: ReadonlySet<string> = new Set([
  'absorbed',
  'activity',
  'aggregation',
  'automaticTier',
  'basis',
  'before',
  'by',
  'campaign',
  'categoryIds',
  'code',
  'codes',
  'currency',
  'language',
  'entered',
  'fallsTo',
  'friendMemberId',
  'from',
  'holdId',
  'incentive',
  'kind',
  'left',
  'lineId',
  'memberId',
  'metric',
  'order',
  'orderId',
  'orderNumber',
  'orderState',
  'paymentState',
  'period',
  'productNumber',
  'purpose',
  'referralCode',
  'rounding',
  'rule',
  'ruleCode',
  'segment',
  'segments',
  'shopId',
  'status',
  'tier',
  'textHash',
  'to',
  'version',
]);

/** Whatever stands under these is the person's own, numbers included. */
const NEVER_KEPT: ReadonlySet<string> = new Set(['data', 'customerId', 'emailHash', 'customerGroup', 'birthday', 'dueOn']);

const INSTANT = /^\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$/;

/** Numbers, flags, instants and texts of the list stay; every other text becomes null. Names of members stay as they are. */
export function scrubbed(value: unknown, name = ''): unknown {
  if (NEVER_KEPT.has(name)) return null;
  if (typeof value === 'string') return KEPT_TEXT.has(name) || INSTANT.test(value) ? value : null;
  if (Array.isArray(value)) return value.map((item) => scrubbed(item, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, scrubbed(member, key)]));
}
