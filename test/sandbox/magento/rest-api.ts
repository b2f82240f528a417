/** The REST routes of Magento that the sidecar uses, and those of our module, as strict as the captures. */
import { MILESTONES, NOTICE_KINDS, type NoticeKind } from '../../../sidecar/src/domain/milestone';
import type { ApiAnswer, ApiRequest } from '../shop-server';
import type { MagentoBooks } from './magento-books';
import { search, UnknownColumn } from './search-criteria';

type Row = Record<string, unknown>;

export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly parameters: readonly unknown[] = [],
  ) {
    super(message);
  }
}

const MEMBER_FIELDS = [
  'customer_id',
  'available_points',
  'pending_points',
  'debt_points',
  'held_points',
  'spent_intent',
  'tier',
  'next_tier',
  'next_tier_missing',
  'expiring_points',
  'expiring_at',
  'referral_code',
  'rewarded_referrals',
  'given_gifts',
  'segments',
  'history',
  'details',
  'version',
];
export interface SentMail {
  readonly customerId: number;
  readonly kind: string;
  readonly figures: Row;
}

const NOTICE_FIELDS = ['notice_id', 'kind', 'customer_id', 'occurred_at', 'figures', 'purpose', 'consent'];
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** What the module would say of the first wrong field; null = nothing. */
function noticeFault(notice: Row): string | null {
  const unknown = Object.keys(notice).find((field) => !NOTICE_FIELDS.includes(field));
  if (unknown !== undefined) return `${unknown} is not a field of a notice`;
  const { notice_id: id, kind, customer_id: customerId, occurred_at: at, figures, purpose, consent } = notice;
  if (typeof id !== 'string' || !/^[\x21-\x7e]{1,64}$/.test(id)) return 'notice_id must be 1 to 64 characters';
  if (!NOTICE_KINDS.some((known) => known === kind)) return 'kind is not known to this version of the module';
  if (!Number.isInteger(customerId) || Number(customerId) < 1) return 'customer_id must be the id of a customer';
  if (typeof at !== 'string' || !INSTANT.test(at)) return 'occurred_at must be a time like 2026-01-31T10:00:00.000Z';
  if (purpose !== 'transactional' && purpose !== 'marketing') return 'purpose must be transactional or marketing';
  if (typeof consent !== 'boolean') return 'consent must be true or false';
  return figureFault(kind as NoticeKind, (figures ?? {}) as Row);
}

function figureFault(kind: NoticeKind, figures: Row): string | null {
  const forms: Readonly<Record<string, string>> = MILESTONES[kind].figures;
  for (const [name, form] of Object.entries(forms)) {
    const value = figures[name];
    if (value === undefined && form.endsWith('?')) continue;
    if (form.startsWith('count') && !(Number.isInteger(value) && Number(value) >= 0))
      return `figures.${name} must be a whole number from 0`;
    if (form.startsWith('instant') && !(typeof value === 'string' && INSTANT.test(value))) {
      return `figures.${name} must be a time like 2026-01-31T10:00:00.000Z`;
    }
    if (form.startsWith('text') && (typeof value !== 'string' || value === ''))
      return `figures.${name} must be a text of at most 2000 bytes`;
  }
  return null;
}

const ORDER_COLUMNS = ['entity_id', 'updated_at', 'created_at', 'increment_id', 'state', 'loyalty_hold_id'];

export class RestApi {
  readonly members = new Map<number, Row>();
  readonly tierPrices = new Map<string, Row>();
  /** Rows of our module, by product. */
  readonly modulePrices = new Map<number, readonly Row[]>();
  readonly groups: Row[] = [
    { id: 0, code: 'NOT LOGGED IN', tax_class_id: 3, tax_class_name: 'Retail Customer' },
    { id: 1, code: 'General', tax_class_id: 3, tax_class_name: 'Retail Customer' },
    { id: 2, code: 'Wholesale', tax_class_id: 3, tax_class_name: 'Retail Customer' },
  ];
  readonly rules: Row[] = [];
  readonly coupons: Row[] = [];
  terms: unknown = null;
  /** As the module's configuration says. */
  sendsMails = true;
  mailFails = false;
  readonly mails: SentMail[] = [];
  /** How each notice ended, by notice and customer. */
  private readonly told = new Map<string, string>();

  constructor(private readonly books: MagentoBooks) {}

  answer(request: ApiRequest): ApiAnswer {
    try {
      return json(200, this.route(request));
    } catch (error) {
      if (error instanceof Refusal) return json(error.status, { message: error.message, parameters: error.parameters });
      if (error instanceof UnknownColumn) return json(400, { message: error.message, parameters: [] });
      throw error;
    }
  }

  private route(request: ApiRequest): unknown {
    const path = request.path.replace('/rest/V1', '');
    const body = (): Row => parsedBody(request.body);
    const key = `${request.method} ${path.replace(/\/\d+$/, '/:id')}`;
    const id = Number(/\/(\d+)$/.exec(path)?.[1] ?? 0);
    switch (key) {
      case 'GET /orders/:id':
        return found(this.books.orders.get(id), "The entity that was requested doesn't exist. Verify the entity and try again.");
      case 'GET /orders':
        return this.search(this.books.orders.values(), request, ORDER_COLUMNS);
      case 'GET /invoices':
        return this.search(this.books.invoices, request, ['order_id', 'entity_id']);
      case 'GET /customers/:id':
        return found(this.books.customers.get(id), 'No such entity with %fieldName = %fieldValue');
      case 'PUT /customers/:id':
        return this.putCustomer(id, body());
      case 'GET /customers/search':
        return this.search(this.books.customers.values(), request, ['entity_id', 'updated_at', 'created_at', 'email']);
      case 'GET /directory/currency':
        return {
          base_currency_code: 'EUR',
          base_currency_symbol: '€',
          default_display_currency_code: 'EUR',
          default_display_currency_symbol: '€',
          available_currency_codes: ['EUR', 'USD'],
          exchange_rates: [
            { id: 'EUR', currency_to: 'EUR', rate: 1 },
            { id: 'USD', currency_to: 'USD', rate: 1.25 },
          ],
        };
      case 'GET /products':
        return this.search(this.productRows(), request, ['entity_id', 'sku', 'name', 'updated_at']);
      case 'GET /customerGroups/:id':
        return found(
          this.groups.find((group) => group['id'] === id),
          'No such entity with %fieldName = %fieldValue',
        );
      case 'GET /customerGroups/search':
        return this.search(this.groups, request, ['code', 'customer_group_id']);
      case 'POST /customerGroups':
        return this.addGroup(body()['group'] as Row);
      case 'DELETE /customerGroups/:id':
        return this.deleteGroup(id);
      case 'POST /products/tier-prices-information':
        return this.pricesOf(body()['skus'] as string[]);
      case 'POST /products/tier-prices':
        return this.addPrices(body()['prices'] as Row[]);
      case 'POST /products/tier-prices-delete':
        return this.deletePrices(body()['prices'] as Row[]);
      case 'GET /salesRules/search':
        return this.search(this.rules, request, ['name', 'rule_id']);
      case 'POST /salesRules':
        return this.addRule(body()['rule'] as Row);
      case 'GET /coupons/search':
        return this.search(this.coupons, request, ['code', 'coupon_id', 'rule_id']);
      case 'POST /coupons':
        return this.addCoupon(body()['coupon'] as Row);
      case 'POST /coupons/deleteByCodes':
        return this.deleteCoupons(body()['codes'] as string[]);
      case 'PUT /loyalty/members':
        this.mustBePaired(body());
        return this.putMembers(body()['members'] as Row[]);
      case 'POST /loyalty/notices':
        this.mustBePaired(body());
        return this.tellNotices(body()['notices']);
      case 'PUT /loyalty/tier-prices':
        this.mustBePaired(body());
        return (body()['products'] as Row[]).map((product) => this.putTierPrices(product));
      case 'PUT /loyalty/terms':
        this.mustBePaired(body());
        this.terms = body()['terms'];
        return true;
      default:
        throw new Refusal(404, 'Request does not match any route.');
    }
  }

  private search(rows: Iterable<Row>, request: ApiRequest, columns: readonly string[]): unknown {
    return { ...search(rows, request.query, columns), search_criteria: {} };
  }

  private *productRows(): Iterable<Row> {
    for (const product of this.books.products.values()) {
      const links = product.categoryIds.map((category) => ({ position: 0, category_id: category }));
      const { id, sku, price } = product;
      yield { id, sku, name: `Product ${sku}`, price, extension_attributes: { category_links: links } };
    }
  }

  private putCustomer(id: number, body: Row): unknown {
    const customer = found<Row>(this.books.customers.get(id), 'No such entity with %fieldName = %fieldValue');
    const change = body['customer'] as Row;
    if (change['group_id'] !== undefined && !this.groups.some((group) => group['id'] === change['group_id'])) {
      throw new Refusal(400, 'The specified customer group id does not exist.');
    }
    return Object.assign(customer, change, { updated_at: this.books.now() });
  }

  private addGroup(group: Row): unknown {
    // Longer codes are cut without a word.
    const code = String(group['code']).slice(0, 32);
    if (this.groups.some((known) => known['code'] === code)) throw new Refusal(400, 'Customer Group already exists.');
    const added = { id: this.groups.length, code, tax_class_id: group['tax_class_id'], tax_class_name: 'Retail Customer' };
    this.groups.push(added);
    return added;
  }

  private deleteGroup(id: number): boolean {
    for (const customer of this.books.customers.values()) if (customer['group_id'] === id) customer['group_id'] = 1;
    const index = this.groups.findIndex((group) => group['id'] === id);
    if (index < 0) throw new Refusal(404, 'No such entity with %fieldName = %fieldValue');
    this.groups[index] = { id, code: `deleted-${id}`, tax_class_id: 3 };
    return true;
  }

  private pricesOf(skus: readonly string[]): unknown {
    return [...this.tierPrices.values()].filter((price) => skus.includes(String(price['sku'])));
  }

  /** Faults are answered with status 200, row by row; the good rows are stored. */
  private addPrices(prices: readonly Row[]): unknown {
    const faults: unknown[] = [];
    for (const price of prices) {
      const place = [price['sku'], String(price['website_id']), price['customer_group'], String(price['quantity'])];
      const where = 'Row ID: SKU = %SKU, Website ID: %websiteId, Customer Group: %customerGroup, Quantity: %qty.';
      if (!this.books.products.has(String(price['sku']))) {
        faults.push({ message: `Invalid attribute SKU = %SKU. ${where}`, parameters: place });
      } else if (!this.groups.some((group) => group['code'] === price['customer_group'])) {
        faults.push({ message: `No such entity with Customer Group = %customerGroup. ${where}`, parameters: place });
      } else if (!(Number(price['price']) >= 0)) {
        faults.push({ message: `Invalid attribute Price = %price. ${where}`, parameters: [String(price['price']), ...place] });
      } else if (price['price_type'] !== 'fixed' && price['price_type'] !== 'discount') {
        faults.push({
          message: `Invalid attribute Price Type = %priceType. ${where}`,
          parameters: [price['price_type'], ...place],
        });
      } else {
        this.tierPrices.set(place.join('\n'), price);
      }
    }
    return faults;
  }

  private deletePrices(prices: readonly Row[]): unknown {
    for (const price of prices) {
      const place = [price['sku'], String(price['website_id']), price['customer_group'], String(price['quantity'])];
      this.tierPrices.delete(place.join('\n'));
    }
    return [];
  }

  private addRule(rule: Row): unknown {
    for (const field of ['name', 'website_ids', 'customer_group_ids', 'simple_action', 'discount_amount', 'coupon_type']) {
      if (rule[field] === undefined) throw new Refusal(400, '"%fieldName" is required. Enter and try again.', [field]);
    }
    if (rule['simple_action'] === 'by_percent' && Number(rule['discount_amount']) > 100) {
      throw new Refusal(400, 'Please correct the discount amount.');
    }
    if (rule['condition'] !== undefined) checkCondition(rule['condition'] as Row);
    const added = { ...rule, rule_id: this.rules.length + 1 };
    this.rules.push(added);
    return added;
  }

  private addCoupon(coupon: Row): unknown {
    if (this.coupons.some((known) => known['code'] === coupon['code'])) {
      throw new Refusal(400, 'Coupon with the same code already exists.');
    }
    const rule = this.rules.find((known) => known['rule_id'] === coupon['rule_id']);
    if (!rule) throw new Refusal(400, 'Error occurred when saving coupon: %1');
    // The limits are the rule's, whatever was asked for.
    const limits = { usage_limit: rule['uses_per_coupon'] ?? 0, usage_per_customer: rule['uses_per_customer'] ?? 0 };
    const added = { ...coupon, ...limits, coupon_id: this.coupons.length + 1, times_used: null };
    this.coupons.push(added);
    return added;
  }

  /** What a coupon takes off goods, in major units; it is used up for good. @throws Refusal where it does not apply */
  useCoupon(code: string, goods: number): number {
    const coupon = this.coupons.find((known) => known['code'] === code);
    const rule = this.rules.find((known) => known['rule_id'] === coupon?.['rule_id']);
    if (!coupon || !rule) throw new Refusal(404, "The coupon code isn't valid. Verify the code and try again.");
    const used = Number(coupon['times_used'] ?? 0);
    const limit = Number(coupon['usage_limit']);
    const until = coupon['expiration_date'] as string | undefined;
    const [minimum] = ((rule['condition'] as Row | undefined)?.['conditions'] ?? []) as Row[];
    const isOver = until !== undefined && until.slice(0, 10) < this.books.now().slice(0, 10);
    if (isOver || (limit > 0 && used >= limit) || (minimum && goods < Number(minimum['value']))) {
      throw new Refusal(404, "The coupon code isn't valid. Verify the code and try again.");
    }
    coupon['times_used'] = used + 1;
    const amount = Number(rule['discount_amount']);
    const off = rule['simple_action'] === 'by_percent' ? Math.round(goods * amount) / 100 : amount;
    return Math.min(off, goods);
  }

  private deleteCoupons(codes: readonly string[]): unknown {
    for (const code of codes) {
      const index = this.coupons.findIndex((coupon) => coupon['code'] === code);
      if (index >= 0) this.coupons.splice(index, 1);
    }
    return { failed_items: [], missing_items: [] };
  }

  private mustBePaired({ shopId }: Row): void {
    if (typeof shopId === 'string' && shopId === this.books.shopId) return;
    throw new Refusal(400, 'shopId must be that of a shop which is paired here.');
  }

  /** Like the module: what is sent once is sent to nobody again, and wrong fields are named. */
  private tellNotices(notices: unknown): unknown {
    if (!Array.isArray(notices) || notices.length > 100)
      throw new Refusal(400, '%1 must be a list of at most %2.', ['notices', 100]);
    return notices.map((notice: Row) => {
      const { notice_id: noticeId, kind, customer_id: customerId, consent } = notice;
      const answer = (status: string, message: string | null = null) => ({ notice_id: noticeId, status, message });
      const fault = noticeFault(notice);
      if (fault !== null) return answer('error', fault);
      const key = `${String(noticeId)}:${String(customerId)}`;
      if (this.told.has(key)) return answer('repeated');
      if (this.mailFails) return answer('failed', 'the mail could not be sent; the log of the shop says why');
      const isKnown = this.books.customers.has(Number(customerId));
      const status = !isKnown ? 'unknown_customer' : !this.sendsMails ? 'disabled' : consent === true ? 'sent' : 'no_consent';
      this.told.set(key, status);
      if (status === 'sent')
        this.mails.push({ customerId: Number(customerId), kind: String(kind), figures: notice['figures'] as Row });
      return answer(status);
    });
  }

  private putTierPrices(product: Row): unknown {
    const productId = Number(product['product_id']);
    for (const row of product['rows'] as Row[]) {
      const { tier, quantity, price } = row;
      const field =
        typeof tier !== 'string' || tier === ''
          ? 'tier'
          : !Number.isInteger(quantity) || Number(quantity) < 1
            ? 'quantity'
            : typeof price !== 'number' || price < 0
              ? 'price'
              : null;
      if (field !== null) return { product_id: productId, status: 'error', message: field };
    }
    this.modulePrices.set(productId, product['rows'] as Row[]);
    return { product_id: productId, status: 'ok', message: null };
  }

  private putMembers(members: readonly Row[]): unknown {
    return members.map((member) => {
      const customerId = Number(member['customer_id']);
      if (member['deleted'] === true) {
        this.members.delete(customerId);
        return { customer_id: customerId, status: 'ok', message: null };
      }
      for (const field of Object.keys(member)) {
        if (!MEMBER_FIELDS.includes(field)) throw new Refusal(400, 'Property "%1" does not have accessor method', [field]);
      }
      for (const field of MEMBER_FIELDS) {
        if (!(field in member)) throw new Refusal(400, '"%fieldName" is required. Enter and try again.', [field]);
      }
      if (!this.books.customers.has(customerId)) return { customer_id: customerId, status: 'unknown_customer', message: null };
      const known = this.members.get(customerId);
      if (known && Number(known['version']) > Number(member['version']))
        return { customer_id: customerId, status: 'stale', message: null };
      this.members.set(customerId, member);
      return { customer_id: customerId, status: 'ok', message: null };
    });
  }
}

const CONDITIONS = 'Magento\\SalesRule\\Model\\Rule\\Condition\\';

/** One combination, of conditions on the cart. */
function checkCondition(condition: Row): void {
  if (condition['condition_type'] !== `${CONDITIONS}Combine` || condition['aggregator_type'] !== 'all') {
    throw new Refusal(400, 'The condition is invalid.');
  }
  for (const part of condition['conditions'] as Row[]) {
    const isKnown =
      part['condition_type'] === `${CONDITIONS}Address` && part['attribute_name'] === 'base_subtotal_total_incl_tax';
    if (!isKnown || part['operator'] !== '>=' || !(Number(part['value']) >= 0)) {
      throw new Refusal(400, 'The condition is invalid.');
    }
  }
}

function found<T>(row: T | undefined, message: string): T {
  if (row === undefined) throw new Refusal(404, message);
  return row;
}

function parsedBody(text: string): Row {
  try {
    return JSON.parse(text) as Row;
  } catch {
    throw new Refusal(400, 'Decoding error: Syntax error');
  }
}

function json(status: number, body: unknown): ApiAnswer {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body };
}
