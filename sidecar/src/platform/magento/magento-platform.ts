import type { Clock } from '../../clock';
import type { Ids } from '../../ids';
import type { ShopHttp } from '../http-client';
import type { ConnectedShop, ShopPlatform } from '../platform';
import { orderOfIntent } from './checkout';
import { createMagentoClient } from './client';
import { claimedShop, normalise, verifyDelivery } from './delivery';
import { findProducts } from './product-search';
import { createMagentoReader } from './reader';
import { maxBatch, pushResources } from './write-back';

export interface MagentoPlatformOptions {
  readonly http: ShopHttp;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly hashEmail: (email: string) => string;
}

export interface MagentoPlatform extends ShopPlatform {
  /** The order that used a shopper's wish to pay with points; null when there is none. @throws ShopApiError */
  orderOfIntent(shop: ConnectedShop, customerId: string, intent: string): Promise<string | null>;
}

export function createMagentoPlatform(options: MagentoPlatformOptions): MagentoPlatform {
  const client = createMagentoClient(options);
  const reader = createMagentoReader(client, options.hashEmail);
  return {
    name: 'magento',
    verify: (delivery, secrets) => verifyDelivery(delivery, secrets, options.clock),
    claimedShop,
    normalise,
    readOrder: (shop, orderId) => reader.order(shop, orderId),
    readCustomer: (shop, customerId) => reader.customer(shop, customerId),
    readContact: (shop, customerId) => reader.contact(shop, customerId),
    changedOrders: (shop, since, cursor) => reader.changedOrders(shop, since, cursor),
    changedCustomers: (shop, since, cursor) => reader.changedCustomers(shop, since, cursor),
    products: (shop, cursor) => reader.products(shop, cursor),
    currencies: (shop) => reader.currencies(shop),
    // A website has a programme of its own by a pairing of its own.
    salesChannels: () => Promise.resolve([]),
    findProducts: (shop, question) => findProducts(client, shop, question),
    push: (shop, resources) => pushResources(client, shop, resources),
    maxBatch,
    orderOfIntent: (shop, _customerId, intent) => orderOfIntent(client, shop, intent),
  };
}
