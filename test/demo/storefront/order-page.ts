/** An order, with what the shop's staff do with it from then on. */
import { lineName } from './cart-page';
import type { OrderedLine, ShopCounter, ShopOrder } from './counter';
import type { Page } from './frame';
import { html, type Html } from './html';
import { earned, lockDaysOf } from './terms';
import { date, euros, number, snippet } from './words';

const STATES: Readonly<Record<ShopOrder['state'], string>> = {
  open: 'Open',
  in_progress: 'In progress',
  completed: 'Delivered',
  cancelled: 'Cancelled',
};
const PAYMENTS: Readonly<Record<ShopOrder['payment'], string>> = {
  open: 'Not paid',
  paid: 'Paid',
  refunded_partially: 'Partly refunded',
  refunded: 'Refunded',
  cancelled: 'Payment cancelled',
};

export type OrderAction = 'pay' | 'complete' | 'cancel' | 'refund';

/** What can be done with an order as it is now. */
export function possibleActions({ state, payment }: ShopOrder): OrderAction[] {
  const isRunning = state === 'open' || state === 'in_progress';
  const isPaid = payment === 'paid' || payment === 'refunded_partially';
  const possible: Readonly<Record<OrderAction, boolean>> = {
    pay: payment === 'open' && state !== 'cancelled',
    complete: isRunning,
    cancel: isRunning && !isPaid,
    refund: isPaid,
  };
  return (Object.keys(possible) as OrderAction[]).filter((action) => possible[action]);
}

const LABELS: Readonly<Record<OrderAction, string>> = {
  pay: 'The payment arrives',
  complete: 'Deliver it',
  cancel: 'Cancel it',
  refund: 'Refund everything',
};

export function orderPage(counter: ShopCounter, order: ShopOrder): Page {
  const actions = possibleActions(order);
  const canRefund = actions.includes('refund');
  return {
    title: `Order ${order.number}`,
    content: html`<h1>Order ${order.number}</h1>
      <p>${states(order)} <span class="quiet">placed on ${date(order.placedAt)}</span></p>
      ${earnsText(counter, order)}
      <table class="lines">
        <thead>
          <tr>
            <th scope="col">Item</th>
            <th scope="col">Quantity</th>
            <th scope="col" class="digits">Total</th>
            ${canRefund && html`<th scope="col"><span class="heard">Refund</span></th>`}
          </tr>
        </thead>
        <tbody>
          ${order.lines.map((line) => orderLine(order, line, canRefund))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colspan="2">Total</th>
            <td class="digits">${euros(order.totalMinor)}</td>
            ${canRefund && html`<td></td>`}
          </tr>
        </tfoot>
      </table>
      <section class="card" aria-labelledby="staff">
        <h2 id="staff">What happens with it in the shop</h2>
        <p class="quiet">
          Some days after the payment the points become available and count for the tier; a friend’s reward comes some days after
          the delivery.
        </p>
        ${
          actions.length === 0
            ? html`<p>Nothing more: the order is over.</p>`
            : html`<div class="row">${actions.map((action) => button(order, action))}</div>`
        }
      </section>
      ${order.customerId !== null && html`<p><a href="/account">Your points</a></p>`}`,
  };
}

export function states({ state, payment }: ShopOrder): Html {
  const mood = state === 'cancelled' || payment === 'refunded' ? ' bad' : payment === 'paid' ? ' good' : '';
  return html`<span class="tag">${STATES[state]}</span> <span class="tag${mood}">${PAYMENTS[payment]}</span>`;
}

function earnsText(counter: ShopCounter, order: ShopOrder): Html | null {
  const isOver = order.state === 'cancelled' || order.payment === 'refunded';
  if (order.customerId === null || isOver) return null;
  const net = order.lines.reduce((sum, { netMinor }) => sum + netMinor, 0);
  const terms = counter.terms();
  const points = earned(terms, counter.shown(order.customerId).tier ?? null, { gross: order.totalMinor, net });
  const days = lockDaysOf(terms);
  const hint = snippet(days > 0 ? 'finish.availableAfter' : 'finish.availableAtOnce', { days });
  return points > 0 ? html`<p class="earns">${snippet('finish.earned', { points: number(points) })} ${hint}</p>` : null;
}

function orderLine(order: ShopOrder, line: OrderedLine, canRefund: boolean): Html {
  const { quantity, refunded, totalMinor } = line;
  const canBeReturned = line.kind === 'product' && totalMinor > 0 && refunded < quantity;
  return html`<tr>
    <td class="name">${lineName(line)}</td>
    <td>${number(quantity)}${refunded > 0 && html` <span class="tag bad">${number(refunded)} refunded</span>`}</td>
    <td class="digits">${euros(totalMinor)}</td>
    ${
      canRefund &&
      html`<td>
        ${
          canBeReturned &&
          html`<form method="post" action="/order/${order.id}/refund-one">
            <input type="hidden" name="product" value="${line.productNumber}" />
            <button type="submit" class="link" aria-label="Refund one of ${line.name}">Refund one</button>
          </form>`
        }
      </td>`
    }
  </tr>`;
}

function button(order: ShopOrder, action: OrderAction): Html {
  return html`<form method="post" action="/order/${order.id}/${action}">
    <button type="submit" ${action === 'pay' && html` class="main"`}>${LABELS[action]}</button>
  </form>`;
}
