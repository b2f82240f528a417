import type { Clock } from '../clock';
import { addMs } from '../domain/instant';
import { knownLanguage } from '../domain/language';
import { isNews, milestoneOf, type NoticeKind } from '../domain/milestone';
import { ShopApiError } from '../errors';
import { writeMail } from '../explain/write-mail';
import type { ConnectedShop, CustomerContact, ShopPlatform } from '../platform/platform';
import { nextWaitMs } from '../retry-schedule';
import type { PublicLinks } from '../security/public-links';
import type { Sealer } from '../security/sealer';
import { unsubscribeUrl } from '../security/unsubscribe-link';
import type { Db } from '../storage/transaction';
import { hasConsent } from '../stores/consent-store';
import { presentMemberId } from '../stores/identity-store';
import { mailAddressContext, type MailDelivery, type MailOutcome } from '../stores/mail-store';
import { shownAccounts } from '../stores/member-store';
import type { ProgrammeSource } from '../stores/programme-store';
import { WEBHOOK_RETRY_MS } from './send-delivery';
import { MailError, type MailSender } from './smtp';

export interface MailingContext {
  readonly db: Db;
  readonly clock: Clock;
  readonly programmes: ProgrammeSource;
  readonly sealer: Sealer;
  readonly sender: MailSender;
  readonly links: PublicLinks;
  /** Null = the shop is gone or not active. */
  readonly loadShop: (shopId: string) => Promise<{ readonly shop: ConnectedShop; readonly platform: ShopPlatform } | null>;
  /** In [0, 1). */
  readonly random: () => number;
}

export interface TriedMail extends MailOutcome {
  /** The server, or the shop whose customer it is, did not do its part: the next one would fare no better. */
  readonly isOutage: boolean;
}

const MAX_ERROR_LENGTH = 500;
/** One mailbox, in ASCII or not; line breaks and lists never. */
const ADDRESS = /^[^\s@<>(),;:"\\[\]\p{Cc}]{1,64}@[^\s@<>(),;:"\\[\]\p{Cc}]{1,190}$/u;

/** One try. The address is asked for in this moment and kept nowhere; consent is looked at once more. */
export async function tryMail(context: MailingContext, mail: MailDelivery): Promise<TriedMail> {
  const now = context.clock.now();
  const ended = (status: 'done' | 'dropped', error: string | null): TriedMail => ({
    status,
    error,
    retryAt: now,
    isOutage: false,
  });
  const kind = mail.kind as NoticeKind;
  if (!isNews(mail.occurred_at, now)) return ended('dropped', 'it was no news any more');
  try {
    const published = await context.programmes.effectiveAt(context.db, mail.programme_id, now);
    if (!published) return ended('dropped', 'there is no programme any more');
    const memberId = mail.member_id === null ? null : await presentMemberId(context.db, mail.member_id);
    const { purpose } = milestoneOf(kind);
    if (memberId !== null && !(await hasConsent(context.db, memberId, purpose))) return ended('dropped', 'without consent');
    const contact = await contactOf(context, mail, memberId);
    if (contact === null) return ended('dropped', 'no shop knows the customer');
    if (!ADDRESS.test(contact.email)) return ended('dropped', 'the address is none');
    const ending = memberId === null || purpose !== 'marketing' ? null : unsubscribeUrl(context.links, memberId);
    const language =
      [mail.language, contact.language, published.programme.messages.language].map(knownLanguage).find((one) => one !== null) ??
      'en';
    const figures = JSON.parse(mail.figures) as Record<string, string | number>;
    const written = writeMail(published.programme, {
      kind,
      figures,
      language,
      firstName: contact.firstName,
      unsubscribeUrl: ending,
    });
    await context.sender.send({ mailId: mail.mail_id, to: contact.email, unsubscribeUrl: ending, ...written });
    return ended('done', null);
  } catch (error) {
    if (error instanceof MailError || error instanceof ShopApiError) return failed(context, mail, error);
    throw error;
  }
}

/** Null when there is nobody to write to. @throws ShopApiError */
async function contactOf(
  { db, sealer, loadShop }: MailingContext,
  mail: MailDelivery,
  memberId: string | null,
): Promise<CustomerContact | null> {
  if (memberId === null) {
    if (mail.sealed_address === null) return null;
    return { email: sealer.open(mail.sealed_address, mailAddressContext(mail.mail_id)), firstName: null, language: null };
  }
  const accounts = await shownAccounts(db, [memberId]);
  for (const { shop_id: shopId, customer_id: customerId } of accounts) {
    if (mail.shop_id !== null && mail.shop_id !== shopId) continue;
    const loaded = await loadShop(shopId);
    const contact = loaded && (await loaded.platform.readContact(loaded.shop, customerId));
    if (contact) return contact;
  }
  return null;
}

function failed({ clock, random }: MailingContext, mail: MailDelivery, error: MailError | ShopApiError): TriedMail {
  const isRefused = error instanceof MailError && error.isRefused;
  const retryAfterMs = error instanceof ShopApiError ? (error.retryAfterMs ?? 0) : 0;
  const waitMs = isRefused ? null : nextWaitMs(mail.attempts + 1, random, retryAfterMs, WEBHOOK_RETRY_MS);
  return {
    status: waitMs === null ? 'dead' : 'pending',
    error: error.message.slice(0, MAX_ERROR_LENGTH),
    retryAt: addMs(clock.now(), waitMs ?? 0),
    isOutage: error instanceof MailError && !isRefused,
  };
}
