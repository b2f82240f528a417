import { milestoneOf, type NoticeKind } from '../domain/milestone';
import type { Trx } from '../storage/transaction';
import { hasConsent } from '../stores/consent-store';
import { findLanguage } from '../stores/language-store';
import { insertMail } from '../stores/mail-store';
import type { OperationContext } from './context';

export interface MailsToMembers {
  readonly programmeId: string;
  readonly told: readonly string[];
  readonly kind: NoticeKind;
  readonly occurredAt: string;
  readonly figures: Readonly<Record<string, string | number>>;
  /** The one shop it is about; absent = all. */
  readonly shopId?: string;
}

/** A mail each, to those who allow it. */
export async function enqueueMails(trx: Trx, context: OperationContext, mails: MailsToMembers): Promise<void> {
  const { programmeId, told, kind, occurredAt, figures, shopId = null } = mails;
  const { purpose } = milestoneOf(kind);
  for (const memberId of told) {
    if (!(await hasConsent(trx, memberId, purpose))) continue;
    const said = { mailId: context.ids.next(), programmeId, kind, occurredAt, figures };
    const language = await findLanguage(trx, memberId);
    await insertMail(trx, { ...said, language, to: { memberId, shopId } }, context.clock.now());
  }
}

export interface MailToSomebody {
  /** Chosen by the caller: what the address is sealed for has it in its name (`mailAddressContext`). */
  readonly mailId: string;
  readonly programmeId: string;
  readonly kind: NoticeKind;
  readonly figures: Readonly<Record<string, string | number>>;
  /** One of those there are words in; null = that of the programme. */
  readonly language: string | null;
  /** It goes as soon as the mail was sent or given up. */
  readonly sealedAddress: string;
  /** Whose address it is, so that the mail goes with the lead; absent = nobody's. */
  readonly leadId?: string;
}

/** A mail of ours to an address that belongs to no customer, such as one that is to be confirmed; sent with the others, after the commit. */
export async function enqueueMailTo(trx: Trx, context: OperationContext, mail: MailToSomebody): Promise<void> {
  const { sealedAddress, ...rest } = mail;
  const now = context.clock.now();
  await insertMail(trx, { ...rest, occurredAt: now, to: { sealedAddress } }, now);
}
