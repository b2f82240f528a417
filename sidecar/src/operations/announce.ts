import { MAX_BUYERS } from '../domain/company';
import { milestoneOf, type FiguresOf, type NoticeKind } from '../domain/milestone';
import type { NoticeMirror } from '../domain/mirror';
import { unsubscribeUrl } from '../security/unsubscribe-link';
import type { Trx } from '../storage/transaction';
import { hasConsent } from '../stores/consent-store';
import { addDesired } from '../stores/desired-state-store';
import { findCompanyOfAccount, listBuyers } from '../stores/company-store';
import { findLanguage } from '../stores/language-store';
import { findMember, shownAccounts } from '../stores/member-store';
import { insertNotice } from '../stores/notice-store';
import type { OperationContext } from './context';
import { enqueueMails } from './enqueue-mails';
import { enqueueWebhooks } from './enqueue-webhooks';

export interface Happening<K extends NoticeKind = NoticeKind> {
  readonly memberId: string;
  readonly kind: K;
  /** Unique among the member's happenings of the kind; at most 191 ASCII characters. */
  readonly key: string;
  readonly occurredAt: string;
  readonly figures: FiguresOf<K>;
  /** The one shop it is about; absent = all. */
  readonly shopId?: string;
}

/**
 * The one way to tell anybody of what happened to a member: every shop in which they, or the
 * buyers of a company, have an account, so that its own mails
 * can follow, and endpoints of integrators. The same kind and key again is told to nobody. Returns whether it was news.
 */
export async function announce<K extends NoticeKind>(
  trx: Trx,
  context: OperationContext,
  happening: Happening<K>,
): Promise<boolean> {
  const { memberId, kind, key, occurredAt } = happening;
  const figures: NoticeMirror['figures'] = happening.figures;
  const { programme_id: programmeId } = await findMember(trx, memberId);
  const now = context.clock.now();
  const terms = (await context.programmes.effectiveAt(trx, programmeId, now))?.programme.messages;
  if (!terms || !Object.values(terms.channels[kind]).includes(true)) return false;
  const noticeId = context.ids.next();
  const isNews = await insertNotice(trx, {
    notice_id: noticeId,
    programme_id: programmeId,
    member_id: memberId,
    kind,
    notice_key: key,
    occurred_at: occurredAt,
    announced_at: now,
    figures: JSON.stringify(figures),
  });
  if (!isNews) return false;
  const { purpose } = milestoneOf(kind);
  const wantsConsent = purpose === 'marketing';
  const saidTo = async (to: string) => ({
    noticeId,
    kind,
    occurredAt,
    figures: wantsConsent ? { ...figures, unsubscribeUrl: unsubscribeUrl(context.links, to) } : figures,
    purpose,
    consent: await hasConsent(trx, to, purpose),
    language: (await findLanguage(trx, to)) ?? terms.language,
  });
  const told = await toldMembers(trx, memberId);
  if (terms.channels[kind].smtp) await enqueueMails(trx, context, { ...happening, programmeId, told });
  if (terms.channels[kind].webhook) await enqueueWebhooks(trx, context, { programmeId, memberId, ...(await saidTo(memberId)) });
  if (!terms.channels[kind].shop) return true;
  for (const { shop_id: shopId, customer_id: customerId, member_id: to } of await shownAccounts(trx, told)) {
    if (happening.shopId !== undefined && happening.shopId !== shopId) continue;
    const state: NoticeMirror = { ...(await saidTo(to)), customerId };
    await addDesired(trx, { shopId, type: 'notice', id: `${noticeId}:${customerId}`, state }, now);
  }
  return true;
}

/** What happens to a company's account happens to its buyers. */
async function toldMembers(trx: Trx, memberId: string): Promise<string[]> {
  const company = await findCompanyOfAccount(trx, memberId);
  if (!company) return [memberId];
  return (await listBuyers(trx, company.company_id, '', MAX_BUYERS)).map((buyer) => buyer.member_id);
}
