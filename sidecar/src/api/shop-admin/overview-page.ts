import { formatMinor } from '../../domain/money';
import type { ShopOverview } from '../../operations/shop-overview';
import { escapeHtml } from '../escape-html';
import { overviewTexts, type OverviewTexts } from './overview-texts';

/** The page as it looks in the administration. Rendered here, so the address that opened it is all it ever needs. */
export function overviewPage(overview: ShopOverview, locale: string): string {
  const words = overviewTexts(locale);
  const number = numberFormat(locale);
  const cards = [
    programmeCard(overview, words),
    pointsCard(overview, words, number),
    tiersCard(overview, words, number),
    reviewsCard(overview, words),
    healthCard(overview, words, number),
  ];
  return `<!doctype html>
<html lang="${escapeHtml(locale.slice(0, 2) || 'en')}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${words.title}</title><style>${STYLE}</style></head>
<body><main><h1>${words.title}</h1>${cards.join('')}</main><script>${SCRIPT}</script></body></html>`;
}

/** Without this message the administration takes the page for broken and hides it. */
export const SCRIPT = "parent.postMessage('sw-app-loaded','*')";

/** The hashes of style and script go into the page's Content-Security-Policy. */
export const STYLE = `body{margin:0;background:#f0f2f5;color:#2e3b48;font:14px/1.5 Inter,system-ui,sans-serif}
main{max-width:820px;margin:0 auto;padding:24px}h1{font-size:24px;margin:0 0 24px}h2{font-size:16px;margin:0 0 16px}
section{background:#fff;border-radius:8px;box-shadow:0 1px 3px rgba(0,0,0,.12);padding:24px;margin-bottom:24px}
dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:16px;margin:0}dt{color:#52667a}
dd{margin:0;font-size:22px;font-weight:600}table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:8px;border-bottom:1px solid #d1d9e0}td:last-child,th:last-child{text-align:right}
.bar{display:block;height:8px;border-radius:4px;fill:#0870ff}p{margin:0}`;

function card(title: string, content: string, id: string): string {
  return `<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${content}</section>`;
}

function programmeCard({ programme }: ShopOverview, words: OverviewTexts): string {
  const text = programme ? `${escapeHtml(programme.name)}, ${words.version} ${programme.versionNumber}` : words.noProgramme;
  return card(words.programme, `<p>${text}</p>`, 'programme');
}

function pointsCard({ points, liability }: ShopOverview, words: OverviewTexts, number: (value: number) => string): string {
  const figures = [
    [words.available, number(points.available)],
    [words.pending, number(points.pending)],
    [words.held, number(points.held)],
    [words.owed, number(points.owed)],
    ...(liability === null ? [] : [[words.liability, formatMinor(liability.minor, liability.currency)]]),
  ];
  const rows = figures.map(([label = '', value = '']) => `<div><dt>${label}</dt><dd>${value}</dd></div>`);
  return card(words.points, `<dl>${rows.join('')}</dl>`, 'points');
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

function reviewsCard({ reviews }: ShopOverview, words: OverviewTexts): string {
  if (reviews.length === 0) return card(words.reviews, `<p>${words.noReviews}</p>`, 'reviews');
  const rows = reviews.map(
    ({ orderNumber, refundedAt }) =>
      `<tr><td>${escapeHtml(orderNumber)}</td><td>${escapeHtml(refundedAt.slice(0, 10))}</td></tr>`,
  );
  const head = `<thead><tr><th scope="col">${words.order}</th><th scope="col">${words.since}</th></tr></thead>`;
  return card(words.reviews, `<table>${head}<tbody>${rows.join('')}</tbody></table>`, 'reviews');
}

function healthCard({ backlog }: ShopOverview, words: OverviewTexts, number: (value: number) => string): string {
  const { waiting, givenUp } = backlog;
  if (waiting === 0 && givenUp === 0) return card(words.health, `<p>${words.healthy}</p>`, 'health');
  const figures = `<dl><div><dt>${words.waiting}</dt><dd>${number(waiting)}</dd></div><div><dt>${words.givenUp}</dt><dd>${number(givenUp)}</dd></div></dl>`;
  return card(words.health, figures, 'health');
}

function numberFormat(locale: string): (value: number) => string {
  const [supported = 'en'] = /^[a-z]{2}(-[A-Z]{2})?$/.test(locale) ? Intl.NumberFormat.supportedLocalesOf([locale]) : [];
  const format = new Intl.NumberFormat(supported);
  return (value) => format.format(value);
}
