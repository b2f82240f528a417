import type { ListedReferral } from '../../operations/list-referrals';
import { escapeHtml } from '../escape-html';
import type { OverviewTexts } from './overview-texts';
import { card, hidden, table } from './page-shell';
import { referralTexts, type ReferralNotice, type ReferralTexts } from './referral-texts';

export interface ReferralsContent {
  readonly referrals: readonly ListedReferral[];
  readonly session: string;
  readonly base: string;
  readonly referralNotice: ReferralNotice | null;
}

/** Friends' orders and what became of them; staff decide about the doubtful ones here. */
export function referralsCard(content: ReferralsContent, overview: OverviewTexts, locale: string): string {
  const { referrals, referralNotice: notice } = content;
  const words = referralTexts(locale);
  const said = notice === null ? '' : noticeOf(notice, words);
  if (referrals.length === 0) return card(words.title, `${said}<p>${words.none}</p>`, 'referrals');
  const rows = referrals.map((referral) => [
    escapeHtml(referral.orderNumber),
    escapeHtml(referral.createdAt.slice(0, 10)),
    escapeHtml(referral.code),
    outcomeOf(referral, words) + (referral.status === 'review' ? decisionForm(referral, content, words) : ''),
  ]);
  const columns = [overview.order, overview.since, words.code, words.outcome].map((title) => ({ title }));
  return card(words.title, said + table(columns, rows), 'referrals');
}

function noticeOf(notice: ReferralNotice, words: ReferralTexts): string {
  const good = notice === 'decided';
  return `<p class="${good ? 'good' : 'bad'}" role="${good ? 'status' : 'alert'}">${words.notice[notice]}</p>`;
}

function outcomeOf({ status, reason, score, reasons, decision }: ListedReferral, words: ReferralTexts): string {
  const parts = [words.status[status] + (reason === null ? '' : `: ${words.reason[reason]}`)];
  const seen = reasons.flatMap(({ code, applied, figures }) => {
    const text = words.signal[code.replace(/^fraud_/, '')];
    return applied && text !== undefined ? [`${text} (${Number(figures['adds'])})`] : [];
  });
  if (score !== null && seen.length > 0) parts.push(`${words.score.replace('%score%', String(score))}: ${seen.join(', ')}`);
  if (decision !== null) parts.push(`${escapeHtml(decision.actor)}: ${escapeHtml(decision.reason)}`);
  return parts.join('<br>');
}

function decisionForm({ friendMemberId }: ListedReferral, { session, base }: ReferralsContent, words: ReferralTexts): string {
  const id = `why-${escapeHtml(friendMemberId)}`;
  return `<form method="post" action="${base}referral" class="row">${hidden({ session, friendMemberId })}<div><label for="${id}">${words.why}</label>
<input id="${id}" name="reason" required minlength="3" maxlength="500" autocomplete="off"></div>
<button name="decision" value="approve">${words.approve}</button><button name="decision" value="refuse" class="danger">${words.refuse}</button></form>`;
}
