/** What the account page of the app shows: points, tier, link for friends, history with the why; and the shop's own list of orders. */
import type { HistoryLine } from '../../../sidecar/src/domain/mirror';
import type { ShopCounter, ShopOrder, ShownMember } from './counter';
import type { Page } from './frame';
import { html, type Html } from './html';
import { states } from './order-page';
import { multiplierOf, redemptionRules, tierName, worthOf } from './terms';
import { date, euros, number, snippet } from './words';

const HISTORY: Readonly<Record<string, string>> = {
  accrual: 'accrual',
  release: 'release',
  reversal: 'returned',
  clawback: 'returned',
  redemption: 'redeemed',
  hold_captured: 'redeemed',
  redemption_return: 'givenBack',
  expiry: 'expired',
  adjustment: 'adjusted',
  referral_reward: 'referral',
  friend_reward: 'friend',
  welcome: 'welcome',
};

const LATEST_ORDERS = 10;

export function guestAccountPage(): Page {
  return {
    title: 'Account',
    content: html`<h1>Your account</h1>
      <p>A guest has none. Shop as a customer or as somebody new: choose at the top.</p>`,
  };
}

/** @param home address of the shop, for the link that friends follow */
export function accountPage(counter: ShopCounter, customerId: string, home: string): Page {
  const member = counter.shown(customerId);
  const customer = counter.customer(customerId);
  return {
    title: 'Account',
    content: html`<h1>${customer?.name}</h1>
      <p class="quiet">${customer?.email}</p>
      ${member.version === undefined ? html`<p>The sidecar has not written anything about you yet.</p>` : points(counter, member)}
      <div class="halves">${tier(counter, member)} ${referral(member, home)}</div>
      ${vouchers(member)} ${history(member.history ?? [])} ${orders(counter.orders(customerId))}`,
  };
}

function points(counter: ShopCounter, member: ShownMember): Html {
  const { availablePoints = 0, pendingPoints = 0, debtPoints = 0, nextExpiry } = member;
  const rate = redemptionRules(counter.terms())?.rate;
  return html`<section class="card" aria-labelledby="points">
    <h2 id="points">${snippet('account.title')}</h2>
    <dl class="figures">
      <div>
        <dt>${snippet('account.available')}</dt>
        <dd class="figure">${number(availablePoints)}</dd>
        ${rate && availablePoints > 0 && html`<dd class="quiet">${snippet('account.worth', { value: euros(worthOf(availablePoints, rate)) })}</dd>`}
      </div>
      <div>
        <dt>${snippet('account.pending')}</dt>
        <dd class="figure">${number(pendingPoints)}</dd>
      </div>
      ${
        debtPoints > 0 &&
        html`<div>
          <dt>${snippet('account.debt')}</dt>
          <dd class="figure">${number(debtPoints)}</dd>
          <dd class="quiet">${snippet('account.debtHint')}</dd>
        </div>`
      }
    </dl>
    ${nextExpiry && html`<p>${snippet('account.expires', { points: number(nextExpiry.points), date: date(nextExpiry.at) })}</p>`}
  </section>`;
}

function tier(counter: ShopCounter, member: ShownMember): Html | null {
  const terms = counter.terms();
  if (!terms || terms.tiers.length === 0) return null;
  const { nextTier } = member;
  const threshold = terms.tiers.find(({ code }) => code === nextTier?.code)?.threshold ?? 0;
  const missing = nextTier?.missing ?? null;
  const factor = member.tier ? multiplierOf(terms, member.tier) : 10_000;
  return html`<section class="card" aria-labelledby="tier">
    <h2 id="tier">${snippet('account.tier')}</h2>
    <p><strong>${tierName(terms, member.tier) ?? snippet('account.noTier')}</strong></p>
    ${factor > 10_000 && html`<p>${snippet('perks.multiplier', { factor: factor / 10_000 })}</p>`}
    ${
      nextTier &&
      missing !== null &&
      threshold > 0 &&
      html`<p>
          <label for="next-tier"
            >${snippet('account.nextTier', { tier: tierName(terms, nextTier.code) ?? '' })}
            (${snippet('account.missing', { amount: terms.tierMetric === 'turnover' ? euros(missing) : number(missing) })})</label
          >
        </p>
        <progress id="next-tier" max="${threshold}" value="${Math.max(0, threshold - missing)}"></progress>`
    }
  </section>`;
}

function referral(member: ShownMember, home: string): Html | null {
  const { referralCode, rewardedReferrals = 0, referralFigures } = member;
  if (!referralCode) return null;
  return html`<section class="card" aria-labelledby="referral">
    <h2 id="referral">${snippet('account.referralTitle')}</h2>
    <p>${snippet('account.referralText')}</p>
    <p>
      <label for="link">${snippet('account.referralLabel')}</label>
      <input id="link" type="text" readonly value="${home}/?friend=${referralCode}" />
    </p>
    <p><a href="/?friend=${referralCode}">Be the friend: follow the link as a new customer</a></p>
    ${rewardedReferrals > 0 && html`<p>${snippet('account.referrals', { count: number(rewardedReferrals) })}</p>`}
    ${(referralFigures?.pending ?? 0) > 0 && html`<p>${snippet('account.referralsPending', { count: number(referralFigures?.pending ?? 0) })}</p>`}
    ${(referralFigures?.points ?? 0) > 0 && html`<p>${snippet('account.referralPoints', { points: number(referralFigures?.points ?? 0) })}</p>`}
  </section>`;
}

function vouchers({ vouchers: all = [] }: ShownMember): Html | null {
  if (all.length === 0) return null;
  return html`<section class="card" aria-labelledby="vouchers">
    <h2 id="vouchers">${snippet('vouchers.title')}</h2>
    <p>${snippet('vouchers.text')}</p>
    <table>
      <thead>
        <tr>
          <th scope="col">${snippet('vouchers.code')}</th>
          <th scope="col">${snippet('vouchers.value')}</th>
          <th scope="col">${snippet('vouchers.until')}</th>
        </tr>
      </thead>
      <tbody>
        ${all.map(
          ({ code, percentBps, valueMinor, expiresAt }) =>
            html`<tr>
              <td><code>${code}</code></td>
              <td>${percentBps === null ? euros(valueMinor) : `${percentBps / 100} %`}</td>
              <td>${expiresAt && date(expiresAt)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

function history(lines: readonly HistoryLine[]): Html | null {
  if (lines.length === 0) return null;
  return html`<section class="card" aria-labelledby="history">
    <h2 id="history">${snippet('history.title')}</h2>
    <table class="lines">
      <thead>
        <tr>
          <th scope="col">${snippet('history.date')}</th>
          <th scope="col">${snippet('history.what')}</th>
          <th scope="col" class="digits">${snippet('history.points')}</th>
        </tr>
      </thead>
      <tbody>
        ${lines.map(historyLine)}
      </tbody>
    </table>
  </section>`;
}

function historyLine({ at, kind, points: change, releasedPoints, orderNumber, why }: HistoryLine): Html {
  const text = snippet(`history.${HISTORY[kind] ?? 'adjusted'}`, { order: orderNumber ?? '', points: number(releasedPoints) });
  const sentences = why?.['en'] ?? [];
  return html`<tr>
    <td>${date(at)}</td>
    <td class="name">
      ${text}
      ${
        sentences.length > 0 &&
        html`<details>
          <summary>${snippet('history.why')}</summary>
          <ul>
            ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
          </ul>
        </details>`
      }
    </td>
    <td class="digits">${change > 0 && '+'}${change !== 0 && number(change)}</td>
  </tr>`;
}

function orders(all: readonly ShopOrder[]): Html {
  const [latest, earlier] = [all.slice(0, LATEST_ORDERS), all.slice(LATEST_ORDERS)];
  return html`<section class="card" aria-labelledby="orders">
    <h2 id="orders">Your orders</h2>
    ${all.length === 0 ? html`<p>None yet. <a href="/">Look around</a></p>` : orderTable(latest)}
    ${
      earlier.length > 0 &&
      html`<details>
        <summary>${earlier.length} earlier orders</summary>
        ${orderTable(earlier)}
      </details>`
    }
  </section>`;
}

function orderTable(orders: readonly ShopOrder[]): Html {
  return html`<table class="lines">
    <thead>
      <tr>
        <th scope="col">Order</th>
        <th scope="col">Date</th>
        <th scope="col">State</th>
        <th scope="col" class="digits">Total</th>
      </tr>
    </thead>
    <tbody>
      ${orders.map(
        (order) =>
          html`<tr>
            <td><a href="/order/${order.id}">${order.number}</a></td>
            <td>${date(order.placedAt)}</td>
            <td>${states(order)}</td>
            <td class="digits">${euros(order.totalMinor)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
