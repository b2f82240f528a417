/** The cart: quantities, a code, the box to pay with points, and what the order would earn. */
import type { CartLine } from './counter';
import type { ShownCart, ShownPoints } from './cart';
import type { Page } from './frame';
import { html, type Html } from './html';
import { worthOf } from './terms';
import { euros, number, snippet } from './words';

export interface CartPageInput {
  readonly cart: ShownCart | null;
  /** Null = a guest. */
  readonly customerId: string | null;
  /** A friend's, which gives a discount and is not in the cart yet. */
  readonly offeredCode: string | null;
}

export function cartPage({ cart, customerId, offeredCode }: CartPageInput): Page {
  if (cart === null) {
    return {
      title: 'Cart',
      content: html`<h1>Your cart</h1>
        <p>There is nothing in it yet. <a href="/">Look around</a></p>`,
    };
  }
  const isMember = customerId !== null;
  const usedCode = cart.input.voucherCode;
  return {
    title: 'Cart',
    content: html`<h1>Your cart</h1>
      ${lineTable(cart)}
      ${cart.nextGift && html`<p class="earns">Another ${euros(cart.nextGift.missingMinor)}, and you get “${cart.nextGift.name}” for free.</p>`}
      <div class="halves">
        ${isMember && cart.points && pointsBox(cart.points)}
        <section class="card" aria-labelledby="code-title">
          <h2 id="code-title">Code</h2>
          ${cart.codeProblem && html`<p class="notice problem" role="alert">${problemText(cart.codeProblem)}</p>`}
          ${offeredCode && friendOffer(offeredCode, isMember)}
          <form method="post" action="/cart/code" class="row">
            <label class="wide"
              >Voucher or a friend’s code
              <input type="text" name="code" value="${usedCode ?? ''}" maxlength="40" autocomplete="off"
            /></label>
            <button type="submit">Apply</button>
          </form>
        </section>
      </div>
      <p class="earns">
        ${cart.earns > 0 && snippet(isMember ? 'cart.earns' : 'cart.guestEarns', { points: number(cart.earns) })}
      </p>
      <form method="post" action="/order">
        <button type="submit" class="main">Place the order, ${euros(cart.totalMinor)}</button>
      </form>`,
  };
}

function lineTable({ lines, totalMinor }: ShownCart): Html {
  return html`<table class="lines">
    <thead>
      <tr>
        <th scope="col">Item</th>
        <th scope="col">Quantity</th>
        <th scope="col" class="digits">Each</th>
        <th scope="col" class="digits">Total</th>
      </tr>
    </thead>
    <tbody>
      ${lines.map(
        (line) =>
          html`<tr>
            <td class="name">${lineName(line)}</td>
            <td>${line.kind === 'product' ? quantityForm(line) : number(line.quantity)}</td>
            <td class="digits">${line.kind === 'product' && euros(line.unitMinor)}</td>
            <td class="digits">${euros(line.totalMinor)}</td>
          </tr>`,
      )}
    </tbody>
    <tfoot>
      <tr>
        <th scope="row" colspan="3">Total</th>
        <td class="digits">${euros(totalMinor)}</td>
      </tr>
    </tfoot>
  </table>`;
}

export function lineName({ kind, name, productNumber }: CartLine): Html {
  if (kind === 'gift') return html`${name} <span class="tag good">free</span>`;
  return kind === 'product' && productNumber ? html`<a href="/product/${productNumber}">${name}</a>` : html`${name}`;
}

function quantityForm({ productNumber, name, quantity }: CartLine): Html {
  return html`<form method="post" action="/cart/update" class="row">
    <input type="hidden" name="product" value="${productNumber}" />
    <input type="number" name="quantity" value="${quantity}" min="0" max="99" required aria-label="Quantity of ${name}" />
    <button type="submit" class="link" aria-label="Change the quantity of ${name}">Change</button>
    <button type="submit" class="link" name="remove" value="yes" formnovalidate aria-label="Remove ${name}">Remove</button>
  </form>`;
}

function pointsBox({ rules, spendable, pending, used, usedMinor }: ShownPoints): Html {
  const { minimumPoints, rate } = rules;
  const balance = snippet('redeem.balance', { points: number(spendable), value: euros(worthOf(spendable, rate)) });
  const waiting = pending > 0 ? ` ${snippet('redeem.pending', { points: number(pending) })}` : '';
  const canPay = spendable > 0 && spendable >= minimumPoints;
  return html`<section class="card" aria-labelledby="redeem-title">
    <h2 id="redeem-title">${snippet('redeem.title')}</h2>
    <p id="redeem-balance">${balance}${waiting}</p>
    ${used > 0 && html`<p role="status">${snippet('redeem.used', { points: number(used), value: euros(usedMinor) })}</p>`}
    ${
      canPay
        ? html`<form method="post" action="/cart/points" class="row">
            <label class="wide"
              >${snippet('redeem.label')}
              <input
                type="number"
                name="points"
                min="${minimumPoints}"
                max="${spendable}"
                value="${used > 0 ? used : spendable}"
                aria-describedby="redeem-balance"
                required
            /></label>
            <button type="submit">${snippet('redeem.submit')}</button>
          </form>`
        : html`<p>${snippet('redeem.minimum', { points: number(minimumPoints) })}</p>`
    }
    ${
      used > 0 &&
      html`<form method="post" action="/cart/points">
        <input type="hidden" name="points" value="0" /> <button type="submit" class="link">${snippet('redeem.takeBack')}</button>
      </form>`
    }
  </section>`;
}

function friendOffer(code: string, isMember: boolean): Html {
  if (!isMember) return html`<p>${snippet('friend.logIn')}</p>`;
  return html`<form method="post" action="/cart/code">
    <p>${snippet('friend.invited')}</p>
    <input type="hidden" name="code" value="${code}" />
    <p><button type="submit">${snippet('friend.use')}</button></p>
  </form>`;
}

function problemText(problem: string): string {
  return problem.startsWith('promotion-not-found')
    ? 'The shop does not know this code, or it was used already.'
    : 'The code does not fit this cart: a friend’s code is for the first order of a customer and may ask for a minimum of goods.';
}
