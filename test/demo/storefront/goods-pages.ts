/** What the shop sells, with the price of whoever looks and the points it earns. */
import { capital, categoriesOf, type Page } from './frame';
import { html, type Html } from './html';
import { picture } from './pictures';
import type { ShopCounter, ShopProduct } from './counter';
import { earned, tierName } from './terms';
import { euros, number, snippet } from './words';

const ON_FIRST_PAGE = 4;
/** Quantities at which a price is looked up: steps of tier prices lie among them. */
const STEPS = [1, 2, 3, 5, 10, 20];

export interface Onlooker {
  readonly counter: ShopCounter;
  readonly customerId: string | null;
}

export function homePage(onlooker: Onlooker): Page {
  const { counter, customerId } = onlooker;
  const welcome =
    customerId === null
      ? 'Choose above as whom you shop: a customer of last year, somebody new, or a guest.'
      : `You shop as ${counter.customer(customerId)?.name}.`;
  const sections = categoriesOf(counter).map((category) => {
    const products = productsIn(counter, category);
    return html`<section aria-labelledby="${category}">
      <div class="section-head">
        <h2 id="${category}">${capital(category)}</h2>
        <a href="/category/${category}">All ${products.length} in ${category}</a>
      </div>
      ${goods(onlooker, products.slice(0, ON_FIRST_PAGE))}
    </section>`;
  });
  return {
    title: 'Shop',
    content: html`<h1>Coffee, tea, and what goes with it</h1>
      <p class="quiet">${welcome}</p>
      ${sections}`,
  };
}

/** Null = the shop has no such category. */
export function categoryPage(onlooker: Onlooker, category: string): Page | null {
  if (!categoriesOf(onlooker.counter).includes(category)) return null;
  const title = capital(category);
  return {
    title,
    content: html`<h1>${title}</h1>
      ${goods(onlooker, productsIn(onlooker.counter, category))}`,
  };
}

/** Null = the shop sells no such product. */
export function productPage(onlooker: Onlooker, productNumber: string): Page | null {
  const product = soldProduct(onlooker.counter, productNumber);
  if (!product) return null;
  const { name, category } = product;
  return {
    title: name,
    content: html`<p><a href="/category/${category}">${capital(category)}</a></p>
      <div class="product">
        ${picture(category)}
        <div>
          <h1>${name}</h1>
          <p class="price">${price(onlooker, product)}</p>
          ${earnsText(onlooker, product)} ${priceSteps(onlooker, product)}
          <form method="post" action="/cart/add" class="row">
            <input type="hidden" name="product" value="${productNumber}" />
            <label>Quantity <input type="number" name="quantity" value="1" min="1" max="99" required /></label>
            <button type="submit" class="main">Add to cart</button>
          </form>
          <p class="quiet">Item ${productNumber}. Prices include VAT.</p>
        </div>
      </div>`,
  };
}

/** Gifts have no price of their own in this shop. */
export function soldProduct(counter: ShopCounter, productNumber: string): ShopProduct | undefined {
  return counter.products().find((product) => product.productNumber === productNumber && product.category !== 'gifts');
}

function productsIn(counter: ShopCounter, category: string): ShopProduct[] {
  return counter.products().filter((product) => product.category === category);
}

function goods(onlooker: Onlooker, products: readonly ShopProduct[]): Html {
  return html`<ul class="goods">
    ${products.map(
      (product) =>
        html`<li>
          ${picture(product.category)}
          <div class="about">
            <a href="/product/${product.productNumber}">${product.name}</a>
            <span class="price">${price(onlooker, product)}</span>
            <span class="earns">${number(pointsFor(onlooker, product))} points</span>
          </div>
        </li>`,
    )}
  </ul>`;
}

function price({ counter, customerId }: Onlooker, product: ShopProduct): Html {
  const own = counter.sandbox.unitPrice(customerId, product.productNumber, 1);
  if (own === product.grossMinor) return html`${euros(own)}`;
  return html`<del><span class="heard">Usually </span>${euros(product.grossMinor)}</del
    ><span class="heard">Your price </span>${euros(own)}`;
}

function tierOf({ counter, customerId }: Onlooker): string | null {
  return customerId === null ? null : (counter.shown(customerId).tier ?? null);
}

function pointsFor(onlooker: Onlooker, product: ShopProduct): number {
  const { counter, customerId } = onlooker;
  const gross = counter.sandbox.unitPrice(customerId, product.productNumber, 1);
  const net = Math.round((gross * product.netMinor) / Math.max(1, product.grossMinor));
  return earned(counter.terms(), tierOf(onlooker), { gross, net });
}

function earnsText(onlooker: Onlooker, product: ShopProduct): Html | null {
  const points = pointsFor(onlooker, product);
  return points > 0 ? html`<p class="earns">${snippet('product.earns', { points: number(points) })}</p>` : null;
}

function priceSteps(onlooker: Onlooker, { productNumber, grossMinor }: ShopProduct): Html | null {
  const { counter, customerId } = onlooker;
  const prices = STEPS.map((from) => ({ from, minor: counter.sandbox.unitPrice(customerId, productNumber, from) }));
  const steps = prices.filter(({ minor }, index) => minor !== prices[index - 1]?.minor);
  if (steps.every(({ minor }) => minor === grossMinor)) return null;
  const tier = tierName(counter.terms(), tierOf(onlooker));
  return html`<div class="card">
    <h2>${tier === null ? 'Your prices' : `Your prices in tier ${tier}`}</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">From</th>
          <th scope="col" class="digits">${snippet('product.youSave')}</th>
          <th scope="col" class="digits">${snippet('product.priceEach')}</th>
        </tr>
      </thead>
      <tbody>
        ${steps.map(
          ({ from, minor }) =>
            html`<tr>
              <td>${from}</td>
              <td class="digits">${Math.round((1 - minor / grossMinor) * 100)} %</td>
              <td class="digits">${euros(minor)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
