import { z } from 'zod';
import { AppError } from '../../errors';
import { requestLead, type LeadContext } from '../../operations/request-lead';
import { withdrawLead } from '../../operations/tend-leads';
import { countLeads } from '../../stores/lead-store';
import { endpoint, type Endpoint } from '../endpoint';
import { storedKey } from '../parse-body';
import { reachShop } from '../principal';

const tag = 'Leads';

/** Control characters have no place in a mail's header. */
export const leadEmail = z.email().max(254);

const requestSchema = z.strictObject({
  shopId: storedKey,
  email: leadEmail,
  language: z.string().regex(/^[a-z]{2}$/),
  /** Of the text that somebody agreed to. */
  textVersion: z.string().min(1).max(32),
  /** Where the form stood, e.g. `footer`. */
  source: z.string().min(1).max(80),
});

const withdrawalSchema = z.strictObject({
  shopId: storedKey,
  email: leadEmail,
  /** True: nothing of it is kept, not even that it was taken back. */
  erase: z.boolean().default(false),
});

const status = z.int();
const countsSchema = z.strictObject({
  requested: status,
  confirmed: status,
  joined: status,
  expired: status,
  withdrawn: status,
});

/** Addresses of people without an account, by forms of integrators. */
export function leadEndpoints(context: LeadContext): Endpoint[] {
  const { db } = context;
  return [
    endpoint({
      method: 'post',
      path: '/v1/leads',
      scope: 'leads:write',
      tag,
      summary: 'Asks the owner of an address to confirm it by a mail. Says the same whether it is known or not.',
      body: requestSchema,
      answers: { 202: { description: 'It was heard', body: z.strictObject({ heard: z.literal(true) }) } },
      refusals: ['UNKNOWN_SHOP', 'CONFLICT'],
      handle: async ({ body, principal }) => {
        const { programme_id: programmeId } = await reachShop(db, principal, body.shopId);
        const asked = await requestLead(context, { ...body, programmeId, requestedBy: null });
        if (asked.ok) return { status: 202, body: { heard: true } };
        if (asked.code !== 'unknown_text') throw new AppError('CONFLICT', { reason: asked.code });
        const problem = 'is not the version of the present text in this language';
        throw new AppError('INVALID_INPUT', { fields: [{ field: 'textVersion', problem }] });
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/leads/withdrawal',
      scope: 'leads:write',
      tag,
      summary:
        'Takes back what somebody allowed before they had an account, or forgets them. Says the same whether they are known or not.',
      body: withdrawalSchema,
      answers: { 200: { description: 'It was heard', body: z.strictObject({ heard: z.literal(true) }) } },
      refusals: ['UNKNOWN_SHOP'],
      handle: async ({ body: { shopId, email, erase }, principal }) => {
        const { programme_id: programmeId } = await reachShop(db, principal, shopId);
        await withdrawLead(context, { programmeId, emailHash: context.hashEmail(email), erase });
        return { body: { heard: true } };
      },
    }),
    endpoint({
      method: 'get',
      path: '/admin/shops/:shopId/leads',
      scope: 'shops:read',
      tag,
      summary: 'How many addresses of the programme of a shop wait, were confirmed, and became members.',
      params: z.object({ shopId: storedKey }),
      answers: { 200: { description: 'By state', body: countsSchema } },
      refusals: ['UNKNOWN_SHOP'],
      handle: async ({ params: { shopId }, principal }) => {
        const { programme_id: programmeId } = await reachShop(db, principal, shopId);
        const none = { requested: 0, confirmed: 0, joined: 0, expired: 0, withdrawn: 0 };
        return { body: { ...none, ...(await countLeads(db, programmeId)) } };
      },
    }),
  ];
}
