import { formatMinor } from '../../domain/money';
import type { ListedReferral } from '../../operations/list-referrals';
import type { ShopOverview } from '../../operations/shop-overview';
import { escapeHtml } from '../escape-html';
import { orderTexts, type OrderTexts } from './order-texts';
import { overviewTexts, type OverviewTexts } from './overview-texts';
import { card, figures, hidden, numberFormat, page, table } from './page-shell';
import { referralTexts } from './referral-texts';

export interface OverviewContent {
  readonly overview: ShopOverview;
  readonly referrals: readonly ListedReferral[];
  /** Comes back with every form. */
  readonly session: string;
  /** Address of the page's forms, relative to where it is shown. */
  readonly base: string;
}

/** The page as it looks in the administration. Rendered here, so the address that opened it is all it ever needs. */
export function overviewPage(content: OverviewContent, locale: string): string {
  const words = overviewTexts(locale);
  const { overview } = content;
  const number = numberFormat(locale);
  const cards = [
    programmeCard(overview, words),
    pointsCard(overview, words, number),
    tiersCard(overview, words, number),
    reviewsCard(content, words, orderTexts(locale)),
    referralsCard(content.referrals, words, locale),
    healthCard(overview, words, number),
  ];
  return page(locale, words.title, `<h1>${words.title}</h1>${cards.join('')}`);
}

function programmeCard({ programme }: ShopOverview, words: OverviewTexts): string {
  const text = programme ? `${escapeHtml(programme.name)}, ${words.version} ${programme.versionNumber}` : words.noProgramme;
  return card(words.programme, `<p>${text}</p>`, 'programme');
}

function pointsCard({ points, liability }: ShopOverview, words: OverviewTexts, number: (value: number) => string): string {
  const pairs: [string, string][] = [
    [words.available, number(points.available)],
    [words.pending, number(points.pending)],
    [words.held, number(points.held)],
    [words.owed, number(points.owed)],
  ];
  if (liability !== null) pairs.push([words.liability, formatMinor(liability.minor, liability.currency)]);
  return card(words.points, figures(pairs), 'points');
}

function tiersCard({ tiers }: ShopOverview, words: OverviewTexts, number: (value: number) => string): string {
  const most = Math.max(1, ...tiers.map(({ members }) => members));
  const rows = tiers.map(({ name, members }) => {
    const width = Math.round((members / most) * 300);
    const bar = `<svg class="bar" width="300" height="8" aria-hidden="true"><rect width="${width}" height="8" rx="4"/></svg>`;
    return `<tr><th scope="row">${name === null ? words.noTier : escapeHtml(name)}</th><td>${bar}</td><td>${number(members)}</td></tr>`;
  });
  const head = `<thead><tr><td></td><td></td><th scope="col">${words.members}</th></tr></thead>`;
  return card(words.tiers, `<table>${head}<tbody>${rows.join('')}</tbody></table>`, 'tiers');
}

function reviewsCard({ overview, session, base }: OverviewContent, words: OverviewTexts, order: OrderTexts): string {
  const action = `${base}order`;
  const rows = overview.reviews.map(({ orderNumber, refundedAt }) => [
    escapeHtml(orderNumber),
    escapeHtml(refundedAt.slice(0, 10)),
    `<form method="post" action="${action}">${hidden({ session, orderNumber })}<button class="plain">${order.enterLines}</button></form>`,
  ]);
  const list = rows.length === 0 ? `<p>${words.noReviews}</p>` : table([words.order, words.since, ''], rows);
  const search = `<form method="post" action="${action}" class="row">${hidden({ session })}<div><label for="order-number">${order.find}</label>
<input id="order-number" name="orderNumber" required maxlength="64" autocomplete="off"></div><button>${order.open}</button></form>`;
  return card(words.reviews, list + search, 'reviews');
}

function referralsCard(referrals: readonly ListedReferral[], overview: OverviewTexts, locale: string): string {
  const words = referralTexts(locale);
  if (referrals.length === 0) return card(words.title, `<p>${words.none}</p>`, 'referrals');
  const rows = referrals.map(({ orderNumber, createdAt, code, status, reason }) => [
    escapeHtml(orderNumber),
    escapeHtml(createdAt.slice(0, 10)),
    escapeHtml(code),
    words.status[status] + (reason === null ? '' : `: ${words.reason[reason]}`),
  ]);
  return card(words.title, table([overview.order, overview.since, words.code, words.outcome], rows), 'referrals');
}

function healthCard({ backlog }: ShopOverview, words: OverviewTexts, number: (value: number) => string): string {
  const { waiting, givenUp } = backlog;
  if (waiting === 0 && givenUp === 0) return card(words.health, `<p>${words.healthy}</p>`, 'health');
  const pairs: [string, string][] = [
    [words.waiting, number(waiting)],
    [words.givenUp, number(givenUp)],
  ];
  return card(words.health, figures(pairs), 'health');
}
