/** What pressing a button in the storefront does, and where it leads. */
import { showCart, type ShownCart } from './cart';
import type { ShopCounter, ShopOrder } from './counter';
import { soldProduct } from './goods-pages';
import type { Happening, Step } from './happening';
import { possibleActions, type OrderAction } from './order-page';
import type { ShopFloor, Wire } from './shop-floor';
import type { Visit } from './visit';
import { number } from './words';

type Fields = ReadonlyMap<string, string>;

const GUEST = 'guest@example.com';
const MAX_QUANTITY = 99;
const MAX_POINTS = 1_000_000_000;
const PASSING_DAYS = [1, 15, 60];

/** Null when the cart is empty. */
export function cartOfVisit({ counter, clock }: ShopFloor, visit: Visit): ShownCart | null {
  const { customerId, quantities, code } = visit;
  if (quantities.size === 0) return null;
  const friendCode = customerId === null ? visit.friendCode : counter.friendCode(customerId);
  return showCart(counter, { customerId, guestEmail: GUEST, quantities, code, friendCode, now: clock.now() });
}

/** The friend's code that is not in the cart yet. */
export function offeredCode(counter: ShopCounter, { customerId, friendCode }: Visit, cart: ShownCart): string | null {
  const code = customerId === null ? friendCode : counter.friendCode(customerId);
  return code === cart.input.voucherCode ? null : code;
}

/** Address of the page that comes next; null = there is no such button. */
export async function doneBy(floor: ShopFloor, visit: Visit, path: string, fields: Fields): Promise<string | null> {
  const [, area = '', name = '', action = ''] = path.split('/');
  switch (`${area}/${action === '' ? name : '*'}`) {
    case 'shop-as/':
      return shopAs(floor, visit, fields);
    case 'time/':
      return letPass(floor, visit, fields);
    case 'wire/':
      return disturb(floor, visit, fields);
    case 'cart/add':
      return addToCart(floor.counter, visit, fields);
    case 'cart/update':
      return changeQuantity(visit, fields);
    case 'cart/code':
      visit.code = fields.get('code')?.trim().slice(0, 40) || null;
      return '/cart';
    case 'cart/points':
      return payWithPoints(floor, visit, fields);
    case 'order/':
      return placeOrder(floor, visit);
    case 'order/*':
      return onOrder(floor, visit, name, { action, productNumber: fields.get('product') ?? '' });
    default:
      return null;
  }
}

/** A page of this shop, and no other address. */
function backOf(fields: Fields): string {
  const back = fields.get('back') ?? '/';
  return /^\/(?!\/)[\w/.-]*$/.test(back) ? back : '/';
}

async function shopAs(floor: ShopFloor, visit: Visit, fields: Fields): Promise<string> {
  const who = fields.get('who') ?? 'guest';
  const { counter } = floor;
  if (who === 'new') {
    await register(floor, visit);
    return backOf(fields);
  }
  const customer = who === 'guest' ? null : counter.customer(who);
  Object.assign(visit, { customerId: customer?.id ?? null, code: null, happening: null });
  tell(visit, customer ? `You shop as ${customer.name} now.` : 'You shop as a guest now.');
  return backOf(fields);
}

async function register(floor: ShopFloor, visit: Visit): Promise<void> {
  const { counter } = floor;
  const { friendCode } = visit;
  const email = `newcomer${counter.customers().length + 1}@example.com`;
  visit.happening = await floor.happen('A new customer registered', () => {
    const id = counter.sandbox.registerCustomer(friendCode === null ? { email } : { email, referralCode: friendCode });
    Object.assign(visit, { customerId: id, code: null, friendCode: null });
    const details = [email, ...(friendCode === null ? [] : [`came with the friend’s code ${friendCode}`])];
    return [{ kind: 'shop', title: 'The shop opens the account', details }];
  });
  tell(visit, 'Welcome! The account is new, and the sidecar knows it already.');
}

async function letPass(floor: ShopFloor, visit: Visit, fields: Fields): Promise<string> {
  const days = Number(fields.get('days'));
  if (!PASSING_DAYS.includes(days)) return backOf(fields);
  visit.happening = await floor.letPass(days);
  tell(visit, days === 1 ? 'A day has passed.' : `${days} days have passed.`);
  return backOf(fields);
}

const DISTURBED: Readonly<Record<Wire, string>> = {
  sound: 'Webhooks arrive again.',
  twice: 'Every webhook arrives twice from now on. The books stay the same.',
  lost: 'Webhooks get lost from now on. Order something, let a day pass, and the sidecar finds out by itself.',
};

function disturb(floor: ShopFloor, visit: Visit, fields: Fields): string {
  const wire = (Object.keys(DISTURBED) as Wire[]).find((name) => name === fields.get('wire'));
  if (wire !== undefined) {
    floor.setWire(wire);
    tell(visit, DISTURBED[wire]);
  }
  return backOf(fields);
}

function wholeNumber(text: string | undefined, most: number): number | null {
  return text !== undefined && /^\d{1,10}$/.test(text) && Number(text) <= most ? Number(text) : null;
}

function addToCart(counter: ShopCounter, visit: Visit, fields: Fields): string {
  const product = soldProduct(counter, fields.get('product') ?? '');
  const quantity = wholeNumber(fields.get('quantity'), MAX_QUANTITY);
  if (!product || !quantity) {
    tell(visit, `Choose a quantity from 1 to ${MAX_QUANTITY}.`, true);
    return product ? `/product/${product.productNumber}` : '/';
  }
  const { productNumber } = product;
  visit.quantities.set(productNumber, Math.min(MAX_QUANTITY, (visit.quantities.get(productNumber) ?? 0) + quantity));
  tell(visit, `“${product.name}” is in the cart.`);
  return '/cart';
}

function changeQuantity(visit: Visit, fields: Fields): string {
  const productNumber = fields.get('product') ?? '';
  const quantity = fields.has('remove') ? 0 : wholeNumber(fields.get('quantity'), MAX_QUANTITY);
  if (quantity === null) tell(visit, `Choose a quantity from 0 to ${MAX_QUANTITY}.`, true);
  else if (quantity === 0) visit.quantities.delete(productNumber);
  else if (visit.quantities.has(productNumber)) visit.quantities.set(productNumber, quantity);
  return '/cart';
}

async function payWithPoints(floor: ShopFloor, visit: Visit, fields: Fields): Promise<string> {
  const points = wholeNumber(fields.get('points'), MAX_POINTS);
  const { customerId } = visit;
  if (customerId === null || points === null) {
    tell(visit, 'Enter a whole number of points.', true);
    return '/cart';
  }
  const title = points === 0 ? 'The points were taken back' : 'Points were put into the cart';
  visit.happening = await floor.happen(title, () => {
    floor.counter.keepRedeemWish(customerId, { points, intent: `wish-${floor.clock.nowMs().toString(36)}` });
    const kept = points === 0 ? 'no points' : `${number(points)} points`;
    return [
      { kind: 'shop', title: 'The app’s script keeps the wish with the customer', details: [kept, 'no question to the sidecar'] },
    ];
  });
  const cart = cartOfVisit(floor, visit);
  if (points > 0 && cart?.points?.used === 0) tell(visit, 'So many points cannot pay for this cart.', true);
  return '/cart';
}

async function placeOrder(floor: ShopFloor, visit: Visit): Promise<string> {
  const cart = cartOfVisit(floor, visit);
  if (cart === null) return '/cart';
  let placed: string | null = null;
  visit.happening = await floor.happen('An order was placed', async () => {
    const refusals = await floor.counter.checkout(cart.input);
    const answer = refusals.length === 0 ? ['Nothing speaks against it.'] : refusals;
    const asked: Step = {
      kind: 'question',
      title: 'The shop asks the sidecar before it takes the order',
      details: [`POST ${floor.counter.checkoutPath}`, ...answer],
    };
    if (refusals.length > 0) {
      tell(visit, refusals.join(' '), true);
      return [asked];
    }
    placed = floor.counter.sandbox.placeOrder(cart.input);
    const taken = floor.counter.order(placed);
    return [asked, { kind: 'shop', title: `The shop takes order ${taken?.number}`, details: [] }];
  });
  if (placed === null) return '/cart';
  visit.quantities.clear();
  visit.code = null;
  tell(visit, 'Thank you for your order.');
  return `/order/${String(placed)}`;
}

interface OnOrder {
  readonly action: string;
  readonly productNumber: string;
}

async function onOrder(floor: ShopFloor, visit: Visit, id: string, { action, productNumber }: OnOrder): Promise<string | null> {
  const order = floor.counter.order(id);
  if (!order) return null;
  const done = action === 'refund-one' ? refundOne(floor, order, productNumber) : actOn(floor, order, action);
  if (done === null) tell(visit, 'That is no longer possible with this order.', true);
  else visit.happening = await done;
  return `/order/${id}`;
}

const DONE: Readonly<Record<OrderAction, string>> = {
  pay: 'was paid',
  complete: 'was delivered',
  cancel: 'was cancelled',
  refund: 'was refunded',
};

function actOn(floor: ShopFloor, order: ShopOrder, name: string): Promise<Happening> | null {
  const action = possibleActions(order).find((possible) => possible === name);
  if (action === undefined) return null;
  const { sandbox } = floor.counter;
  const title = `Order ${order.number} ${DONE[action]}`;
  return floor.happen(title, () => {
    if (action === 'pay') sandbox.payOrder(order.id);
    else if (action === 'complete') sandbox.completeOrder(order.id);
    else if (action === 'cancel') sandbox.cancelOrder(order.id);
    else sandbox.refundAll(order.id);
    return [{ kind: 'shop', title: 'The shop changes the order', details: [] }];
  });
}

function refundOne(floor: ShopFloor, order: ShopOrder, productNumber: string): Promise<Happening> | null {
  const line = order.lines.find((one) => one.kind === 'product' && one.productNumber === productNumber);
  if (!line || line.refunded >= line.quantity || !possibleActions(order).includes('refund')) return null;
  return floor.happen(`One of “${line.name}” was refunded`, () => {
    floor.counter.sandbox.refundLines(order.id, [{ productNumber, quantity: 1 }]);
    return [{ kind: 'shop', title: 'The shop refunds a part of the order', details: [] }];
  });
}

function tell(visit: Visit, text: string, isProblem = false): void {
  visit.notice = { text, isProblem };
}
