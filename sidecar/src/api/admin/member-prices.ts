import { z } from 'zod';
import { PRICE_SOURCES } from '../../domain/mirror';
import { MAX_QUANTITY } from '../../domain/price-list';
import { AppError } from '../../errors';
import { explainReasons } from '../../explain/explain-decision';
import { LANGUAGES } from '../../explain/language';
import type { OperationContext } from '../../operations/context';
import { explainPrice } from '../../operations/explain-price';
import { endpoint, type Endpoint } from '../endpoint';
import { storedKey } from '../parse-body';
import { reachPresentMember } from '../principal';

const priceSchema = z.strictObject({
  productNumber: z.string(),
  quantity: z.int(),
  currency: z.string(),
  /** Of one, gross, minor units: what this member pays, and what somebody without tier and price list pays. */
  priceMinor: z.int(),
  regularMinor: z.int(),
  source: z.enum(PRICE_SOURCES),
  /** Of the price list or tier. */
  code: z.string().nullable(),
  /** The price counts from so many on. */
  quantityFrom: z.int(),
  /** To be read by `GET /v1/decisions/{decisionId}`; null = the product never had another price than its own. */
  decisionId: z.string().nullable(),
  decidedAt: z.string().nullable(),
  language: z.enum(LANGUAGES),
  lines: z.array(z.strictObject({ text: z.string(), applied: z.boolean(), about: z.string().nullable() })),
});

/** Why somebody pays what they pay. */
export function memberPriceEndpoints(context: OperationContext): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/admin/members/:memberId/prices',
      scope: 'decisions:read',
      tag: 'Decisions',
      summary:
        'Which price a member pays for a product in a shop, which price list or tier it comes from, and the decision behind it.',
      params: z.object({ memberId: storedKey }),
      query: z.object({
        shopId: storedKey,
        productNumber: z.string().min(1).max(191),
        quantity: z.coerce.number().int().min(1).max(MAX_QUANTITY).default(1),
        currency: z
          .string()
          .regex(/^[A-Z]{3}$/, 'must be a currency such as EUR')
          .optional(),
        language: z.enum(LANGUAGES).optional(),
      }),
      answers: { 200: { description: 'The price; words in `language` or that of `Accept-Language`', body: priceSchema } },
      refusals: ['NOT_FOUND', 'INVALID_INPUT'],
      handle: async ({ params: { memberId }, query, principal, language: wished }) => {
        const member = await reachPresentMember(context.db, principal, memberId);
        const { shopId, productNumber, quantity, currency = null } = query;
        const { member_id, programme_id: programmeId } = member;
        const asked = { programmeId, memberId: member_id, shopId, productNumber, quantity, currency };
        const explained = await explainPrice(context, asked);
        if (!explained.ok) {
          if (explained.code === 'other_currency')
            throw new AppError('INVALID_INPUT', { field: 'currency', ...explained.details });
          throw new AppError('NOT_FOUND', { resource: explained.code === 'unknown_product' ? 'product' : 'account' });
        }
        const { decision, reasons, grossMinor, regularMinor, source, code, quantityFrom, currency: paidIn } = explained.value;
        const versionId = decision?.programme_version_id ?? null;
        const version = versionId === null ? null : await context.programmes.byVersion(context.db, versionId);
        const language = query.language ?? wished;
        return {
          body: {
            ...{ productNumber, quantity, currency: paidIn, priceMinor: grossMinor, regularMinor, source, code, quantityFrom },
            decisionId: decision?.decision_id ?? null,
            decidedAt: decision?.decided_at ?? null,
            language,
            lines: explainReasons(reasons, version?.programme ?? null, language),
          },
          headers: { 'content-language': language, vary: 'Accept-Language' },
        };
      },
    }),
  ];
}
