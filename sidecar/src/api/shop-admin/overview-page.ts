import { formatMinor } from '../../domain/money';
import { MAX_RULE_PRIORITY } from '../../domain/shop-settings';
import type { ListedReferral } from '../../operations/list-referrals';
import type { ShopOverview } from '../../operations/shop-overview';
import { escapeHtml } from '../escape-html';
import { leavingTexts, type LeavingTexts } from './leaving-texts';
import { orderSearch } from './order-page';
import { orderTexts, type OrderTexts } from './order-texts';
import { overviewTexts, type OverviewTexts } from './overview-texts';
import { card, figures, hidden, numberFormat, page, table } from './page-shell';
import { referralsCard } from './referrals-card';
import type { ReferralNotice } from './referral-texts';
import { settingsTexts, type SettingsTexts } from './settings-texts';

export const SETTINGS_NOTICES = ['saved', 'wrong_number'] as const;
export type SettingsNotice = (typeof SETTINGS_NOTICES)[number];

export interface OverviewContent {
  readonly overview: ShopOverview;
  readonly referrals: readonly ListedReferral[];
  /** Comes back with every form. */
  readonly session: string;
  /** Address of the page's forms, relative to where it is shown. */
  readonly base: string;
  /** What came of the settings just sent. */
  readonly notice: SettingsNotice | null;
  /** What came of the decision just sent. */
  readonly referralNotice: ReferralNotice | null;
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
    referralsCard(content, words, locale),
    healthCard(overview, words, number),
    settingsCard(content, settingsTexts(locale)),
    leavingCard(content, leavingTexts(locale)),
  ];
  // The administration has the app's name above the page already.
  return page(locale, words.title, `<h1 class="unseen">${words.title}</h1>${cards.join('')}`);
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
  const rows = tiers.map(({ name, members }) => [
    name === null ? words.noTier : escapeHtml(name),
    `<svg class="bar" viewBox="0 0 300 8" preserveAspectRatio="none" aria-hidden="true"><rect width="${Math.round((members / most) * 300)}" height="8"/></svg>`,
    number(members),
  ]);
  return card(
    words.tiers,
    table([{ title: words.tier }, { title: '' }, { title: words.members, isNumber: true }], rows),
    'tiers',
  );
}

function reviewsCard({ overview, session, base }: OverviewContent, words: OverviewTexts, order: OrderTexts): string {
  const action = `${base}order`;
  const rows = overview.reviews.map(({ orderNumber, refundedAt }) => [
    escapeHtml(orderNumber),
    escapeHtml(refundedAt.slice(0, 10)),
    `<form method="get" action="${action}">${hidden({ session, orderNumber })}<button class="plain">${order.enterLines}</button></form>`,
  ]);
  const list =
    rows.length === 0
      ? `<p>${words.noReviews}</p>`
      : table([{ title: words.order }, { title: words.since }, { title: '', isNumber: true }], rows);
  return card(words.reviews, list + orderSearch(action, order, session), 'reviews');
}

function settingsCard({ overview, notice, session, base }: OverviewContent, words: SettingsTexts): string {
  if (overview.rulePriority === null) return '';
  const input = `<div><label for="rulePriority">${words.rulePriority}</label><input type="number" id="rulePriority" name="rulePriority" min="0" max="${MAX_RULE_PRIORITY}" step="1" required value="${overview.rulePriority}" aria-describedby="priority-means"></div>`;
  const form = `<form method="post" action="${base}settings" class="row">${hidden({ session })}${input}<button>${words.save}</button></form>`;
  const messages: Readonly<Record<SettingsNotice, string>> = {
    saved: `<p class="good" role="status">${words.saved}</p>`,
    wrong_number: `<p class="bad" role="alert">${words.wrongNumber.replace('%max%', String(MAX_RULE_PRIORITY))}</p>`,
  };
  const message = notice === null ? '' : messages[notice];
  return card(words.title, `${message}<p id="priority-means">${words.explanation}</p>${form}`, 'settings');
}

function leavingCard({ overview, session, base }: OverviewContent, words: LeavingTexts): string {
  if (overview.leaving !== null)
    return card(words.title, `<p>${overview.leaving.left > 0 ? words.removing : words.removed}</p>`, 'leaving');
  const form = `<form method="post" action="${base}withdraw" class="row">${hidden({ session })}<button class="danger">${words.remove}</button></form>`;
  return card(
    words.title,
    `<details><summary>${words.question}</summary><p>${words.explanation}</p>${form}</details>`,
    'leaving',
  );
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
