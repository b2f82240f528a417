/** Which entities the sandbox knows, with their fields and links: what a search may name and what a sync may write. */

export type FieldKind = 'id' | 'string' | 'int' | 'float' | 'bool' | 'date' | 'json' | 'customFields' | 'price';

export interface FieldDefinition {
  readonly kind: FieldKind;
  /** Must be there when a row is inserted. */
  readonly required?: boolean;
  /** Entity whose id this is. */
  readonly references?: string;
  /** Set by the shop alone. */
  readonly readOnly?: boolean;
  /** Value of a row that does not say. */
  readonly fallback?: unknown;
  readonly unique?: boolean;
  readonly counts?: boolean;
}

export type AssociationDefinition =
  /** `localField` here is the id there. */
  | { readonly link: 'one'; readonly entity: string; readonly localField: string }
  /** `foreignField` there is the id here; `owned`: a change there counts as a touch here. */
  | { readonly link: 'many' | 'inverse'; readonly entity: string; readonly foreignField: string; readonly owned?: boolean }
  | { readonly link: 'mapped'; readonly entity: string; readonly mapping: string; readonly near: string; readonly far: string };

export interface EntityDefinition {
  readonly name: string;
  readonly primaryKey: readonly string[];
  readonly versioned: boolean;
  readonly fields: Readonly<Record<string, FieldDefinition>>;
  readonly associations: Readonly<Record<string, AssociationDefinition>>;
  /** Rows elsewhere that go when a row here goes: entity and its field. */
  readonly cascades: readonly (readonly [string, string])[];
  /** Rows elsewhere that keep a row here from going: entity and its field. */
  readonly restricts: readonly (readonly [string, string])[];
}

type Fields = Record<string, FieldDefinition>;

const id = (references?: string): FieldDefinition => ({ kind: 'id', ...(references === undefined ? {} : { references }) });
const needed = (field: FieldDefinition): FieldDefinition => ({ ...field, required: true });
const orElse = (field: FieldDefinition, fallback: unknown): FieldDefinition => ({ ...field, fallback });
const shopOnly = (field: FieldDefinition): FieldDefinition => ({ ...field, readOnly: true });
const text: FieldDefinition = { kind: 'string' };
const int: FieldDefinition = { kind: 'int' };
const float: FieldDefinition = { kind: 'float' };
const bool: FieldDefinition = { kind: 'bool' };
const date: FieldDefinition = { kind: 'date' };
const json: FieldDefinition = { kind: 'json' };
const customFields: FieldDefinition = { kind: 'customFields' };
/** Counts up with every row. */
const counted: FieldDefinition = { kind: 'int', readOnly: true, counts: true };

const one = (entity: string, localField: string): AssociationDefinition => ({ link: 'one', entity, localField });
const many = (entity: string, foreignField: string, owned = false): AssociationDefinition => ({
  link: 'many',
  entity,
  foreignField,
  owned,
});

function entity(
  name: string,
  fields: Fields,
  associations: Record<string, AssociationDefinition> = {},
  more: { cascades?: [string, string][]; restricts?: [string, string][]; versioned?: boolean; primaryKey?: string[] } = {},
): EntityDefinition {
  const primaryKey = more.primaryKey ?? ['id'];
  const own: Fields = primaryKey[0] === 'id' ? { id: id() } : {};
  return {
    name,
    primaryKey,
    versioned: more.versioned ?? false,
    fields: { ...own, ...fields, createdAt: shopOnly(date), updatedAt: shopOnly(date) },
    associations,
    cascades: more.cascades ?? [],
    restricts: more.restricts ?? [],
  };
}

const orderEntities: EntityDefinition[] = [
  entity(
    'order',
    {
      autoIncrement: counted,
      orderNumber: text,
      currencyId: id('currency'),
      currencyFactor: float,
      salesChannelId: id('sales_channel'),
      billingAddressId: id('order_address'),
      orderDateTime: date,
      orderDate: date,
      price: json,
      amountTotal: float,
      amountNet: float,
      positionPrice: float,
      taxStatus: text,
      shippingCosts: json,
      shippingTotal: float,
      languageId: id(),
      deepLinkCode: text,
      stateId: id('state_machine_state'),
      affiliateCode: text,
      campaignCode: text,
      customerComment: text,
      createdById: id(),
      updatedById: id(),
      source: text,
      customFields,
    },
    {
      orderCustomer: { link: 'inverse', entity: 'order_customer', foreignField: 'orderId', owned: true },
      currency: one('currency', 'currencyId'),
      salesChannel: one('sales_channel', 'salesChannelId'),
      billingAddress: one('order_address', 'billingAddressId'),
      addresses: many('order_address', 'orderId'),
      deliveries: many('order_delivery', 'orderId', true),
      lineItems: many('order_line_item', 'orderId', true),
      transactions: many('order_transaction', 'orderId', true),
      stateMachineState: one('state_machine_state', 'stateId'),
      tags: { link: 'mapped', entity: 'tag', mapping: 'order_tag', near: 'orderId', far: 'tagId' },
    },
    { versioned: true },
  ),
  entity('order_tag', { orderId: id('order'), tagId: id('tag') }, {}, { primaryKey: ['orderId', 'tagId'] }),
  entity(
    'order_customer',
    {
      orderId: id('order'),
      customerId: id('customer'),
      email: text,
      salutationId: id(),
      firstName: text,
      lastName: text,
      title: text,
      vatIds: json,
      company: text,
      customerNumber: text,
      remoteAddress: text,
      customFields,
    },
    { customer: one('customer', 'customerId'), order: one('order', 'orderId') },
    { versioned: true },
  ),
  entity(
    'order_line_item',
    {
      orderId: id('order'),
      identifier: text,
      referencedId: text,
      productId: id('product'),
      promotionId: id('promotion'),
      quantity: int,
      unitPrice: float,
      totalPrice: float,
      label: text,
      description: text,
      good: bool,
      removable: bool,
      stackable: bool,
      coverId: id(),
      position: int,
      price: json,
      priceDefinition: json,
      payload: json,
      parentId: id(),
      type: text,
      states: json,
      customFields,
    },
    { product: one('product', 'productId'), order: one('order', 'orderId') },
    { versioned: true },
  ),
  entity(
    'order_transaction',
    {
      orderId: id('order'),
      paymentMethodId: id(),
      amount: json,
      stateId: id('state_machine_state'),
      validationData: json,
      customFields,
    },
    {
      stateMachineState: one('state_machine_state', 'stateId'),
      captures: many('order_transaction_capture', 'orderTransactionId', true),
      order: one('order', 'orderId'),
    },
    { versioned: true },
  ),
  entity(
    'order_transaction_capture',
    { orderTransactionId: id('order_transaction'), stateId: id(), externalReference: text, amount: json, customFields },
    {
      stateMachineState: one('state_machine_state', 'stateId'),
      refunds: many('order_transaction_capture_refund', 'captureId', true),
      transaction: one('order_transaction', 'orderTransactionId'),
    },
    { versioned: true },
  ),
  entity(
    'order_transaction_capture_refund',
    {
      captureId: id('order_transaction_capture'),
      stateId: id(),
      externalReference: text,
      reason: text,
      amount: json,
      customFields,
    },
    {
      stateMachineState: one('state_machine_state', 'stateId'),
      positions: many('order_transaction_capture_refund_position', 'refundId', true),
      transactionCapture: one('order_transaction_capture', 'captureId'),
    },
    { versioned: true },
  ),
  entity(
    'order_transaction_capture_refund_position',
    {
      refundId: id('order_transaction_capture_refund'),
      orderLineItemId: id('order_line_item'),
      externalReference: text,
      reason: text,
      quantity: int,
      amount: json,
      customFields,
    },
    {
      orderLineItem: one('order_line_item', 'orderLineItemId'),
      orderTransactionCaptureRefund: one('order_transaction_capture_refund', 'refundId'),
    },
    { versioned: true },
  ),
  entity(
    'order_delivery',
    {
      orderId: id('order'),
      shippingOrderAddressId: id('order_address'),
      shippingMethodId: id(),
      trackingCodes: json,
      shippingDateEarliest: date,
      shippingDateLatest: date,
      shippingCosts: json,
      stateId: id('state_machine_state'),
      customFields,
    },
    {
      stateMachineState: one('state_machine_state', 'stateId'),
      shippingOrderAddress: one('order_address', 'shippingOrderAddressId'),
      order: one('order', 'orderId'),
    },
    { versioned: true },
  ),
  entity(
    'order_address',
    {
      orderId: id('order'),
      firstName: text,
      lastName: text,
      street: text,
      zipcode: text,
      city: text,
      company: text,
      countryId: id(),
      customFields,
    },
    {},
    { versioned: true },
  ),
];

const stateEntities: EntityDefinition[] = [
  entity('state_machine', { technicalName: text, name: text }),
  entity(
    'state_machine_state',
    { technicalName: text, name: text, stateMachineId: id('state_machine'), customFields },
    { stateMachine: one('state_machine', 'stateMachineId') },
  ),
  entity(
    'state_machine_history',
    {
      referencedId: id(),
      referencedVersionId: id(),
      stateMachineId: id('state_machine'),
      entityName: text,
      fromStateId: id('state_machine_state'),
      toStateId: id('state_machine_state'),
      transitionActionName: text,
      userId: id(),
      integrationId: id(),
    },
    {
      stateMachine: one('state_machine', 'stateMachineId'),
      fromStateMachineState: one('state_machine_state', 'fromStateId'),
      toStateMachineState: one('state_machine_state', 'toStateId'),
    },
  ),
];

const shopEntities: EntityDefinition[] = [
  entity(
    'currency',
    {
      isoCode: text,
      factor: float,
      symbol: text,
      shortName: text,
      name: text,
      isSystemDefault: bool,
      itemRounding: json,
      totalRounding: json,
    },
    {
      salesChannels: {
        link: 'mapped',
        entity: 'sales_channel',
        mapping: 'sales_channel_currency',
        near: 'currencyId',
        far: 'salesChannelId',
      },
    },
  ),
  entity(
    'sales_channel_currency',
    { salesChannelId: id('sales_channel'), currencyId: id('currency') },
    {},
    { primaryKey: ['salesChannelId', 'currencyId'] },
  ),
  entity(
    'sales_channel',
    { name: text, active: bool, typeId: id(), currencyId: id('currency'), languageId: id(), accessKey: text, customFields },
    { currency: one('currency', 'currencyId') },
  ),
  entity('locale', { code: text }),
  entity('language', { name: text, localeId: id('locale') }, { locale: one('locale', 'localeId') }),
  entity('customer_group', { name: text, displayGross: bool, customFields }),
  entity('tax', { name: text, taxRate: float, position: int }),
  entity('category', { name: text, active: bool, customFields }),
  entity(
    'product',
    {
      autoIncrement: counted,
      parentId: id('product'),
      childCount: int,
      productNumber: text,
      name: text,
      active: bool,
      isCloseout: bool,
      stock: int,
      availableStock: int,
      taxId: id('tax'),
      price: json,
      categoryIds: json,
      categoryTree: json,
      tagIds: json,
      customFields,
    },
    {
      parent: one('product', 'parentId'),
      children: many('product', 'parentId'),
      tax: one('tax', 'taxId'),
      prices: many('product_price', 'productId'),
      categories: { link: 'mapped', entity: 'category', mapping: 'product_category', near: 'productId', far: 'categoryId' },
    },
    { versioned: true, cascades: [['product_price', 'productId']] },
  ),
  entity(
    'product_category',
    { productId: id('product'), categoryId: id('category') },
    {},
    { primaryKey: ['productId', 'categoryId'] },
  ),
  entity(
    'customer',
    {
      autoIncrement: counted,
      groupId: needed(id('customer_group')),
      salesChannelId: needed(id('sales_channel')),
      languageId: needed(id()),
      defaultBillingAddressId: needed(id()),
      defaultShippingAddressId: needed(id()),
      defaultPaymentMethodId: id(),
      customerNumber: needed(text),
      salutationId: id(),
      firstName: needed(text),
      lastName: needed(text),
      company: text,
      email: needed(text),
      title: text,
      affiliateCode: text,
      campaignCode: text,
      active: orElse(bool, true),
      guest: orElse(bool, false),
      firstLogin: date,
      lastLogin: date,
      accountType: orElse(text, 'private'),
      birthday: date,
      lastOrderDate: shopOnly(date),
      orderCount: shopOnly(orElse(int, 0)),
      orderTotalAmount: shopOnly(orElse(float, 0)),
      tagIds: shopOnly(json),
      customFields,
    },
    {
      group: one('customer_group', 'groupId'),
      salesChannel: one('sales_channel', 'salesChannelId'),
      tags: { link: 'mapped', entity: 'tag', mapping: 'customer_tag', near: 'customerId', far: 'tagId' },
      orderCustomers: many('order_customer', 'customerId'),
    },
    {
      cascades: [
        ['customer_tag', 'customerId'],
        ['promotion_persona_customer', 'customerId'],
      ],
    },
  ),
  entity(
    'customer_tag',
    { customerId: needed(id('customer')), tagId: needed(id('tag')) },
    {},
    { primaryKey: ['customerId', 'tagId'] },
  ),
  entity(
    'tag',
    { name: needed(text) },
    {},
    {
      cascades: [
        ['customer_tag', 'tagId'],
        ['order_tag', 'tagId'],
      ],
    },
  ),
];

const ruleEntities: EntityDefinition[] = [
  entity(
    'rule',
    {
      name: needed(text),
      priority: needed(int),
      description: text,
      invalid: shopOnly(orElse(bool, false)),
      areas: shopOnly(json),
      moduleTypes: json,
      customFields,
    },
    { conditions: many('rule_condition', 'ruleId'), productPrices: many('product_price', 'ruleId') },
    {
      cascades: [['rule_condition', 'ruleId']],
      restricts: [
        ['product_price', 'ruleId'],
        ['promotion_persona_rule', 'ruleId'],
        ['promotion_cart_rule', 'ruleId'],
        ['promotion_order_rule', 'ruleId'],
      ],
    },
  ),
  entity(
    'rule_condition',
    {
      type: needed(text),
      ruleId: needed(id('rule')),
      parentId: id('rule_condition'),
      value: json,
      position: orElse(int, 0),
      customFields,
    },
    { children: many('rule_condition', 'parentId') },
    { cascades: [['rule_condition', 'parentId']] },
  ),
  entity(
    'product_price',
    {
      productId: needed(id('product')),
      ruleId: needed(id('rule')),
      price: needed({ kind: 'price' }),
      quantityStart: needed(int),
      quantityEnd: int,
      customFields,
    },
    { product: one('product', 'productId'), rule: one('rule', 'ruleId') },
    { versioned: true },
  ),
];

const ruleMapping = (name: string, key = 'ruleId', target = 'rule'): EntityDefinition =>
  entity(name, { promotionId: needed(id('promotion')), [key]: needed(id(target)) }, {}, { primaryKey: ['promotionId', key] });
const mappedRules = (mapping: string): AssociationDefinition => ({
  link: 'mapped',
  entity: 'rule',
  mapping,
  near: 'promotionId',
  far: 'ruleId',
});

const promotionEntities: EntityDefinition[] = [
  entity(
    'promotion',
    {
      name: needed(text),
      active: orElse(bool, false),
      validFrom: date,
      validUntil: date,
      maxRedemptionsGlobal: int,
      maxRedemptionsPerCustomer: int,
      priority: orElse(int, 1),
      orderCount: shopOnly(orElse(int, 0)),
      exclusive: orElse(bool, false),
      code: { kind: 'string', unique: true },
      useCodes: orElse(bool, false),
      useIndividualCodes: orElse(bool, false),
      individualCodePattern: { kind: 'string', unique: true },
      useSetGroups: orElse(bool, false),
      customerRestriction: orElse(bool, false),
      preventCombination: orElse(bool, false),
      exclusionIds: json,
      customFields,
    },
    {
      salesChannels: many('promotion_sales_channel', 'promotionId'),
      discounts: many('promotion_discount', 'promotionId'),
      individualCodes: many('promotion_individual_code', 'promotionId'),
      personaRules: mappedRules('promotion_persona_rule'),
      cartRules: mappedRules('promotion_cart_rule'),
      orderRules: mappedRules('promotion_order_rule'),
      personaCustomers: {
        link: 'mapped',
        entity: 'customer',
        mapping: 'promotion_persona_customer',
        near: 'promotionId',
        far: 'customerId',
      },
    },
    {
      cascades: [
        'promotion_sales_channel',
        'promotion_discount',
        'promotion_individual_code',
        'promotion_persona_rule',
        'promotion_cart_rule',
        'promotion_order_rule',
        'promotion_persona_customer',
      ].map((name): [string, string] => [name, 'promotionId']),
    },
  ),
  entity('promotion_sales_channel', {
    promotionId: needed(id('promotion')),
    salesChannelId: needed(id('sales_channel')),
    priority: needed(int),
  }),
  entity(
    'promotion_discount',
    {
      promotionId: needed(id('promotion')),
      scope: needed(text),
      type: needed(text),
      value: needed(float),
      considerAdvancedRules: orElse(bool, false),
      maxValue: float,
      sorterKey: text,
      applierKey: text,
      usageKey: text,
      pickerKey: text,
    },
    { promotionDiscountPrices: many('promotion_discount_prices', 'discountId') },
    { cascades: [['promotion_discount_prices', 'discountId']] },
  ),
  entity('promotion_discount_prices', {
    discountId: needed(id('promotion_discount')),
    currencyId: needed(id('currency')),
    price: needed(float),
  }),
  entity(
    'promotion_individual_code',
    { promotionId: needed(id('promotion')), code: { kind: 'string', required: true, unique: true }, payload: json },
    { promotion: one('promotion', 'promotionId') },
  ),
  ruleMapping('promotion_persona_rule'),
  ruleMapping('promotion_cart_rule'),
  ruleMapping('promotion_order_rule'),
  ruleMapping('promotion_persona_customer', 'customerId', 'customer'),
];

export const DEFINITIONS: ReadonlyMap<string, EntityDefinition> = new Map(
  [...orderEntities, ...stateEntities, ...shopEntities, ...ruleEntities, ...promotionEntities].map((definition) => [
    definition.name,
    definition,
  ]),
);

/** Entities with a search route of their own. */
export const SEARCHABLE: ReadonlySet<string> = new Set([
  'order',
  'customer',
  'product',
  'currency',
  'language',
  'sales_channel',
  'state_machine_history',
  'tag',
  'rule',
  'product_price',
  'promotion',
  'promotion_individual_code',
]);

/** Entities a sync may write. */
export const WRITABLE: ReadonlySet<string> = new Set([
  'customer',
  'customer_tag',
  'tag',
  'rule',
  'rule_condition',
  'product_price',
  'promotion',
  'promotion_sales_channel',
  'promotion_discount',
  'promotion_discount_prices',
  'promotion_individual_code',
  'promotion_persona_rule',
  'promotion_cart_rule',
  'promotion_order_rule',
  'promotion_persona_customer',
]);

export function definitionOf(name: string): EntityDefinition {
  const definition = DEFINITIONS.get(name);
  if (!definition) throw new Error(`the sandbox has no entity ${name}`);
  return definition;
}
