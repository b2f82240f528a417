/** What every page of the storefront has around it. */
import { CATEGORIES } from '../product-names';
import type { ShopCounter } from './counter';
import type { Happening, Step } from './happening';
import { html, type Html } from './html';
import type { Wire } from './shop-floor';
import { tierName } from './terms';
import type { Visit } from './visit';
import { number, time } from './words';

export interface Frame {
  readonly counter: ShopCounter;
  readonly visit: Visit;
  readonly nowMs: number;
  /** Address of the page, to come back to. */
  readonly here: string;
  readonly wire: Wire;
}

export interface Page {
  readonly title: string;
  readonly content: Html;
}

const WIRES: Readonly<Record<Wire, string>> = { sound: 'arrive', twice: 'arrive twice', lost: 'get lost' };

export function framed(frame: Frame, page: Page): string {
  const { visit } = frame;
  const notice = visit.notice;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${page.title} – Corner Shop</title>
        <link rel="stylesheet" href="/style.css" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <a class="skip" href="#content">Skip to content</a>
        ${stage(frame)}
        <header class="shop">
          <div class="inner">
            <a class="logo" href="/">Corner Shop</a>
            ${navigation(frame)}
          </div>
        </header>
        <div class="inner columns">
          <main id="content">
            ${notice && html`<p class="notice${notice.isProblem ? ' problem' : ''}" role="${notice.isProblem ? 'alert' : 'status'}">${notice.text}</p>`}
            ${page.content}
          </main>
          ${happened(frame)}
        </div>
      </body>
    </html> `.text;
}

function stage({ counter, visit, nowMs, here, wire }: Frame): Html {
  const back = html`<input type="hidden" name="back" value="${here}" />`;
  return html`<section class="stage" aria-label="Demo">
    <div class="inner">
      <strong>${counter.title}</strong>
      <form method="post" action="/shop-as">
        ${back}
        <label for="who">Shop as</label>
        <select id="who" name="who">
          <option value="guest" ${visit.customerId === null && html` selected`}>a guest</option>
          <option value="new">a new customer</option>
          <optgroup label="Customers">
            ${customersToBe(counter, visit.customerId).map(
              ({ id, label }) => html`<option value="${id}" ${id === visit.customerId && html` selected`}>${label}</option>`,
            )}
          </optgroup>
        </select>
        <button type="submit">Switch</button>
      </form>
      <form method="post" action="/time">
        ${back}
        <label for="days">Let time pass</label>
        <select id="days" name="days">
          <option value="1">1 day</option>
          <option value="15" selected>15 days</option>
          <option value="60">60 days</option>
        </select>
        <button type="submit">Go</button>
      </form>
      <form method="post" action="/wire">
        ${back}
        <label for="wire">Webhooks</label>
        <select id="wire" name="wire">
          ${Object.entries(WIRES).map(
            ([name, text]) => html`<option value="${name}" ${name === wire && html`selected`}>${text}</option>`,
          )}
        </select>
        <button type="submit">Set</button>
      </form>
      <span class="day">It is ${time(nowMs)}</span>
    </div>
  </section>`;
}

/** Some of each tier, those with the most points, whoever owes points, and whoever shops now. */
function customersToBe(counter: ShopCounter, current: string | null): { readonly id: string; readonly label: string }[] {
  const terms = counter.terms();
  const all = counter.customers().map((customer) => ({ ...customer, shown: counter.shown(customer.id) }));
  const byPoints = all.sort((one, other) => (other.shown.availablePoints ?? 0) - (one.shown.availablePoints ?? 0));
  const tiers = [...(terms?.tiers.map(({ code }) => code) ?? []).reverse(), undefined];
  const chosen = [
    ...tiers.flatMap((code) => byPoints.filter(({ shown }) => shown.tier === code).slice(0, 4)),
    ...byPoints.filter(({ shown }) => (shown.debtPoints ?? 0) > 0).slice(0, 2),
    ...byPoints.filter(({ id }) => id === current),
  ];
  return [...new Set(chosen)].map(({ id, name, shown }) => {
    const points = `${number(shown.availablePoints ?? 0)} points`;
    const debt = (shown.debtPoints ?? 0) > 0 ? `owes ${number(shown.debtPoints ?? 0)}` : null;
    return { id, label: [name, tierName(terms, shown.tier), points, debt].filter((part) => part !== null).join(', ') };
  });
}

function navigation({ counter, visit, here }: Frame): Html {
  const link = (address: string, text: string): Html =>
    html`<li><a href="${address}" ${address === here && html` aria-current="page"`}>${text}</a></li>`;
  const pieces = [...visit.quantities.values()].reduce((sum, quantity) => sum + quantity, 0);
  const points = visit.customerId === null ? null : counter.shown(visit.customerId).availablePoints;
  return html`<nav aria-label="Goods">
      <ul>
        ${categoriesOf(counter).map((category) => link(`/category/${category}`, capital(category)))}
      </ul>
    </nav>
    <nav class="mine" aria-label="Yours">
      <ul>
        ${link('/account', points === null || points === undefined ? 'Account' : `Account (${number(points)} points)`)}
        ${link('/cart', pieces === 0 ? 'Cart' : `Cart (${pieces})`)}
      </ul>
    </nav>`;
}

/** Gifts are not for sale. */
export function categoriesOf(counter: ShopCounter): string[] {
  const present = new Set(counter.products().map(({ category }) => category));
  return CATEGORIES.filter((category) => present.has(category));
}

export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function happened({ visit }: Frame): Html {
  const { happening, customerId } = visit;
  return html`<aside class="happened" aria-labelledby="happened">
    <h2 id="happened">What just happened</h2>
    ${
      happening === null
        ? html`<p class="quiet">
            Order something, pay, or give it back: here you see which webhooks the shop sends and what the sidecar writes into the
            shop.
          </p>`
        : steps(happening)
    }
    <p>
      <a href="/admin${customerId !== null && html`?customer=${encodeURIComponent(customerId)}`}" target="loyalty-admin"
        >${customerId === null ? 'Open the admin pages' : 'See the member in the admin pages'}</a
      >
    </p>
  </aside>`;
}

function steps({ title, steps: all }: Happening): Html {
  return html`<p class="quiet">${title}</p>
    <ol>
      ${all.map((step) => html`<li class="${step.kind}">${step.title} ${stepDetails(step)}</li>`)}
    </ol>`;
}

function stepDetails({ details, changes = [] }: Step): Html | null {
  if (details.length === 0 && changes.length === 0) return null;
  const list = (lines: readonly string[]): Html[] => lines.map((line) => html`<li>${line}</li>`);
  return html`<ul>
    ${list(details)}${changes.map(
      ({ of, lines }) =>
        html`<li>
          ${of}
          <ul>
            ${list(lines)}
          </ul>
        </li>`,
    )}
  </ul>`;
}
