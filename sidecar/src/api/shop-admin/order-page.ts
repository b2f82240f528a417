import type { OrderSummary } from '../../operations/order-points';
import { escapeHtml } from '../escape-html';
import { orderTexts, type OrderNotice, type OrderTexts } from './order-texts';
import { overviewTexts } from './overview-texts';
import { card, figures, hidden, numberFormat, page, table } from './page-shell';

export interface OrderContent {
  /** Null when the books have no such order. */
  readonly order: OrderSummary | null;
  readonly notice: OrderNotice | null;
  readonly session: string;
}

/** Names of the inputs: the line's id follows. */
export const UNITS_FIELD = 'units.';

/** An order of the shop, and what of it came back. */
export function orderPage({ order, notice, session }: OrderContent, locale: string): string {
  const words = orderTexts(locale);
  const overview = overviewTexts(locale);
  const number = numberFormat(locale);
  const said = notice === null ? '' : noticeOf(notice, words);
  const back = `<form method="get" action="overview">${hidden({ session })}<button class="plain">${words.back}</button></form>`;
  if (order === null) {
    const retry = card(overview.reviews, `<p role="alert">${words.unknown}</p>${orderSearch('order', words, session)}`, 'order');
    return page(locale, overview.title, `${retry}${back}`);
  }
  const pairs: [string, string][] = [
    [overview.available, number(order.available)],
    [overview.pending, number(order.pending)],
    [words.redeemed, number(order.redeemed)],
  ];
  const title = `${overview.order} ${escapeHtml(order.orderNumber)}`;
  const cards = card(overview.points, figures(pairs), 'points') + card(words.refund, refundForm(order, words, session), 'refund');
  return page(locale, title, `<h1>${title}</h1>${said}${cards}${back}`);
}

/** Where staff type an order's number. */
export function orderSearch(action: string, words: OrderTexts, session: string): string {
  return `<form method="get" action="${action}" class="row">${hidden({ session })}<div><label for="order-number">${words.find}</label>
<input id="order-number" name="orderNumber" required maxlength="64" autocomplete="off"></div><button>${words.open}</button></form>`;
}

function noticeOf(notice: OrderNotice, words: OrderTexts): string {
  const good = notice === 'saved';
  return `<p class="${good ? 'good' : 'bad'}" role="${good ? 'status' : 'alert'}">${words.notice[notice]}</p>`;
}

function refundForm(order: OrderSummary, words: OrderTexts, session: string): string {
  const rows = order.lines.map(({ lineId, productNumber, quantityMilli, refundedMilli }) => {
    const name = escapeHtml(productNumber ?? lineId);
    const field = `${UNITS_FIELD}${escapeHtml(lineId)}`;
    const step = quantityMilli % 1000 === 0 ? '1' : '0.001';
    return [
      `<label for="${field}">${name}</label>`,
      String(quantityMilli / 1000),
      `<input type="number" id="${field}" name="${field}" min="0" max="${quantityMilli / 1000}" step="${step}" value="${refundedMilli / 1000}" required>`,
    ];
  });
  if (rows.length === 0) return `<p>${words.noLines}</p>`;
  const { orderNumber } = order;
  return `<p>${words.help}</p><form method="post" action="refund">${hidden({ session, orderNumber })}${table([{ title: words.product }, { title: words.ordered, isNumber: true }, { title: words.cameBack, isNumber: true }], rows)}<div class="row"><button>${words.save}</button></div></form>`;
}
