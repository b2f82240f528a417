/** A year in two shops, drawn from a seed: who buys what, pays when, gives back what. */
import { seededRandom, type Random } from '../simulation/random';
import { CATEGORIES, productName, type Category } from './product-names';

export interface DemoProduct {
  readonly productNumber: string;
  readonly name: string;
  readonly grossMinor: number;
  readonly taxRate: number;
  readonly categoryIds: readonly string[];
}

export interface DemoOrder {
  readonly day: number;
  readonly customer: number;
  readonly lines: readonly { productNumber: string; quantity: number }[];
  readonly goodsMinor: number;
  /** Share of the spendable points the shopper uses; 0 = none. */
  readonly redeemShare: number;
  /** Customer number of the one who recommended the shop. */
  readonly referredBy: number | null;
  readonly paidAfterDays: number | null;
  readonly completedAfterDays: number | null;
  readonly ending: 'none' | 'cancelled' | 'refunded' | 'partly_refunded' | 'edited';
  readonly endsAfterDays: number;
}

export interface DemoCustomer {
  readonly number: number;
  readonly shop: 0 | 1;
  readonly joinsOnDay: number;
  readonly email: string;
  readonly referredBy: number | null;
}

export interface DemoYear {
  readonly customers: readonly DemoCustomer[];
  readonly products: readonly DemoProduct[];
  readonly ordersByDay: readonly (readonly DemoOrder[])[];
}

export const DAYS = 365;

export function drawYear(seed: number, size: { customers: number; orders: number }): DemoYear {
  const random = seededRandom(seed);
  const products = drawProducts(random);
  const customers = drawCustomers(random, size.customers);
  const ordersByDay: DemoOrder[][] = Array.from({ length: DAYS }, () => []);
  const hasOrdered = new Set<number>();
  for (let count = 0; count < size.orders; count += 1) {
    const order = drawOrder(random, customers, products, hasOrdered);
    ordersByDay[order.day]?.push(order);
  }
  return { customers, products, ordersByDay };
}

function drawProducts(random: Random): DemoProduct[] {
  const named = new Map<Category, number>();
  return Array.from({ length: 60 }, (_, index) => {
    const [grossMinor, taxRate, category] = [490 + random.below(9000), random.chance(0.7) ? 19 : 7, random.pick(CATEGORIES)];
    const place = named.get(category) ?? 0;
    named.set(category, place + 1);
    const productNumber = `DEMO-${String(index + 1).padStart(3, '0')}`;
    return { productNumber, name: productName(category, place), grossMinor, taxRate, categoryIds: [category] };
  });
}

function drawCustomers(random: Random, count: number): DemoCustomer[] {
  const customers: DemoCustomer[] = [];
  for (let number = 0; number < count; number += 1) {
    const shop = number % 2 === 0 ? 0 : 1;
    const earlier = customers.filter((customer) => customer.shop === shop);
    customers.push({
      number,
      shop,
      joinsOnDay: Math.floor((number / count) * 200),
      email: `shopper${number + 1}@example.com`,
      referredBy: earlier.length > 0 && random.chance(0.15) ? random.pick(earlier).number : null,
    });
  }
  return customers;
}

function drawOrder(
  random: Random,
  customers: readonly DemoCustomer[],
  products: readonly DemoProduct[],
  hasOrdered: Set<number>,
): DemoOrder {
  // Some customers buy far more than others.
  const customer = customers[Math.floor(random.next() * random.next() * customers.length)];
  if (!customer) throw new Error('no customers');
  const day = customer.joinsOnDay + random.below(DAYS - customer.joinsOnDay);
  const lines = Array.from({ length: 1 + random.below(4) }, () => ({
    product: random.pick(products),
    quantity: 1 + random.below(3),
  }));
  const first = !hasOrdered.has(customer.number);
  hasOrdered.add(customer.number);
  const roll = random.next();
  const ending =
    roll < 0.04 ? 'cancelled' : roll < 0.07 ? 'refunded' : roll < 0.15 ? 'partly_refunded' : roll < 0.18 ? 'edited' : 'none';
  const paidAfterDays = random.chance(0.96) ? random.below(4) : null;
  return {
    day,
    customer: customer.number,
    lines: lines.map(({ product, quantity }) => ({ productNumber: product.productNumber, quantity })),
    goodsMinor: lines.reduce((sum, { product, quantity }) => sum + product.grossMinor * quantity, 0),
    redeemShare: random.chance(0.3) ? 0.3 + random.next() * 0.7 : 0,
    referredBy: first ? customer.referredBy : null,
    paidAfterDays: ending === 'cancelled' ? null : paidAfterDays,
    completedAfterDays: ending === 'cancelled' || paidAfterDays === null ? null : paidAfterDays + 2 + random.below(5),
    ending: paidAfterDays === null && ending !== 'cancelled' ? 'none' : ending,
    endsAfterDays: ending === 'cancelled' ? 1 + random.below(3) : 8 + random.below(30),
  };
}
