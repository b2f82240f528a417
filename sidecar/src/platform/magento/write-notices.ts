import { z } from 'zod';
import type { NoticeMirror } from '../../domain/mirror';
import { ShopApiError } from '../../errors';
import type { ConnectedShop, PushOutcome } from '../platform';
import type { MagentoClient } from './client';

interface NoticeResource {
  readonly id: string;
  readonly state: NoticeMirror | null;
}

const statuses = ['sent', 'disabled', 'no_consent', 'unknown_customer', 'repeated', 'failed', 'error'] as const;
const answerSchema = z.array(z.object({ notice_id: z.string(), status: z.enum(statuses), message: z.string().nullish() }));

/**
 * Tells our module, which mails what the shop wants mailed, in one call. Answers come in the order of the notices. A module that is
 * older than the route refuses it for good; the notices are sent by a replay after its update.
 */
export async function pushNotices(
  client: MagentoClient,
  shop: ConnectedShop,
  resources: readonly NoticeResource[],
): Promise<PushOutcome[]> {
  const told = resources.flatMap(({ state }) => (state === null ? [] : [noticeBody(state)]));
  const answer =
    told.length === 0
      ? []
      : await client.send(shop, 'POST', '/loyalty/notices', {
          shopId: shop.externalShopId,
          notices: told,
        });
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success || parsed.data.length !== told.length) {
    throw new ShopApiError('the module answered something else than a list of notices', true);
  }
  const answers = parsed.data.values();
  return resources.map(({ state }) => (state === null ? { ok: true } : outcomeOf(answers.next().value)));
}

function outcomeOf(row: z.output<typeof answerSchema>[number] | undefined): PushOutcome {
  const error = row?.message ?? 'the module did not answer for this notice';
  switch (row?.status) {
    case 'failed':
    case undefined:
      return { ok: false, retryable: true, error };
    case 'error':
      return { ok: false, retryable: false, error };
    default:
      return { ok: true };
  }
}

function noticeBody({ noticeId, kind, customerId, occurredAt, figures, purpose, consent }: NoticeMirror): object {
  return { notice_id: noticeId, kind, customer_id: Number(customerId), occurred_at: occurredAt, figures, purpose, consent };
}
