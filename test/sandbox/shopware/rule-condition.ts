import { writeError } from './field-value';
import { ApiError, type ApiErrorEntry } from './api-error';
import type { Row, TableStore } from './table-store';

const EQUAL_OR_NOT = ['=', '!='];
const NUMERIC = ['=', '!=', '>', '>=', '<', '<='];

/** Condition types the sandbox knows, with the operators and the value's keys. Containers have no value. */
const TYPES: Readonly<Record<string, { readonly operators: readonly string[] | null; readonly keys: readonly string[] } | null>> =
  {
    orContainer: null,
    andContainer: null,
    notContainer: null,
    alwaysValid: { operators: null, keys: ['isAlwaysValid'] },
    customerTag: { operators: [...EQUAL_OR_NOT, 'empty'], keys: ['operator', 'identifiers'] },
    customerCustomerGroup: { operators: EQUAL_OR_NOT, keys: ['operator', 'customerGroupIds'] },
    customerOrderCount: { operators: NUMERIC, keys: ['operator', 'count'] },
    customerIsGuest: { operators: null, keys: ['isGuest'] },
    customerLoggedIn: { operators: null, keys: ['isLoggedIn'] },
    customerAffiliateCode: { operators: [...EQUAL_OR_NOT, 'empty'], keys: ['operator', 'affiliateCode'] },
    customerCustomerNumber: { operators: EQUAL_OR_NOT, keys: ['operator', 'numbers'] },
    customerEmail: { operators: EQUAL_OR_NOT, keys: ['operator', 'email'] },
    customerCustomField: {
      operators: [...NUMERIC, 'empty'],
      keys: ['operator', 'renderedField', 'selectedField', 'selectedFieldSet', 'renderedFieldValue'],
    },
    cartCartAmount: { operators: NUMERIC, keys: ['operator', 'amount'] },
    cartGoodsPrice: { operators: NUMERIC, keys: ['operator', 'amount'] },
    cartPositionPrice: { operators: NUMERIC, keys: ['operator', 'amount'] },
    currency: { operators: EQUAL_OR_NOT, keys: ['operator', 'currencyIds'] },
    salesChannel: { operators: EQUAL_OR_NOT, keys: ['operator', 'salesChannelIds'] },
  };

/** @throws ApiError 400 for a type or a value Shopware's validator would refuse */
export function checkCondition(condition: Row, pointer: string): void {
  const type = String(condition.type);
  if (!(type in TYPES))
    throw refused('CONTENT__INVALID_TYPE_EXCEPTION', `This "type" value (${type}) is invalid.`, `${pointer}/type`);
  const known = TYPES[type];
  const value = (condition.value ?? {}) as Row;
  const allowed = new Set(known?.keys ?? []);
  const unknown = Object.keys(value).find((key) => !allowed.has(key));
  if (unknown !== undefined)
    throw refused('CONTENT__UNKNOWN_KEY', `The property "${unknown}" is not allowed.`, `${pointer}/value/${unknown}`);
  if (known?.operators && !known.operators.includes(String(value.operator))) {
    throw refused('CONTENT__NO_CHOICE', 'The operator you selected is not a valid choice.', `${pointer}/value/operator`);
  }
  const [missing] = (known?.keys ?? []).filter((key) => value[key] === undefined && value.operator !== 'empty');
  if (missing !== undefined) throw refused('CONTENT__BLANK', 'This value should not be blank.', `${pointer}/value/${missing}`);
}

export interface RuleCart {
  readonly currencyId: string;
  /** Goods in major units, including tax. */
  readonly goods: number;
}

/** Whether a rule holds for a customer; by tag, group, orders and account, and for a cart by its currency and goods. */
export function ruleMatches(store: TableStore, ruleId: string, customer: Row | null, cart: RuleCart | null = null): boolean {
  const conditions = store.table('rule_condition').linked('ruleId', ruleId);
  const roots = conditions.filter((condition) => condition.parentId === null);
  return roots.length > 0 && roots.every((condition) => conditionMatches(store, condition, customer, cart));
}

function conditionMatches(store: TableStore, condition: Row, customer: Row | null, cart: RuleCart | null): boolean {
  const children = store.table('rule_condition').linked('parentId', condition.id);
  const value = (condition.value ?? {}) as Row;
  switch (condition.type) {
    case 'orContainer':
      return children.some((child) => conditionMatches(store, child, customer, cart));
    case 'andContainer':
      return children.every((child) => conditionMatches(store, child, customer, cart));
    case 'notContainer':
      return !children.some((child) => conditionMatches(store, child, customer, cart));
    case 'alwaysValid':
      return true;
    case 'customerTag': {
      const tags = customer ? store.table('customer_tag').linked('customerId', customer.id) : [];
      const wanted = value.identifiers as readonly unknown[];
      return tags.some((mapping) => wanted.includes(mapping.tagId)) === (value.operator === '=');
    }
    case 'customerCustomerGroup': {
      const wanted = value.customerGroupIds as readonly unknown[];
      return wanted.includes(customer?.groupId) === (value.operator === '=');
    }
    case 'customerOrderCount':
      return value.operator === '=' && customer !== null && Number(customer.orderCount ?? 0) === value.count;
    case 'customerIsGuest':
      return customer !== null && (customer.guest === true) === value.isGuest;
    case 'currency':
      return (value.currencyIds as readonly unknown[]).includes(cart?.currencyId) === (value.operator === '=');
    // Who is asked about is in the sales channel of their account; without an account nobody is anywhere.
    case 'salesChannel':
      return (value.salesChannelIds as readonly unknown[]).includes(customer?.salesChannelId) === (value.operator === '=');
    case 'cartGoodsPrice':
      return cart !== null && value.operator === '>=' && cart.goods >= Number(value.amount);
    default:
      return false;
  }
}

function refused(code: string, detail: string, pointer: string): ApiError {
  const entry: ApiErrorEntry = writeError(code, detail, pointer);
  return new ApiError(400, [entry]);
}
