import type { NoticeKind, NoticeMirror } from '../domain/mirror';
import type { Trx } from '../storage/transaction';
import { addDesired } from '../stores/desired-state-store';
import { shownAccounts } from '../stores/member-store';
import type { OperationContext } from './context';

export interface Happening {
  readonly memberId: string;
  readonly kind: NoticeKind;
  /** Unique among the member's happenings of the kind. */
  readonly key: string;
  readonly occurredAt: string;
  readonly figures: NoticeMirror['figures'];
}

/** Tells every shop in which the member has an account, so that its own mails can follow. */
export async function announce(trx: Trx, context: OperationContext, happening: Happening): Promise<void> {
  const { kind, key, occurredAt, figures } = happening;
  const now = context.clock.now();
  for (const { shop_id: shopId, customer_id: customerId } of await shownAccounts(trx, happening.memberId)) {
    const state: NoticeMirror = { kind, customerId, occurredAt, figures };
    await addDesired(trx, { shopId, type: 'notice', id: `${kind}:${customerId}:${key}`, state }, now);
  }
}
