import { z } from 'zod';
import type { OperationContext } from '../../operations/context';
import { listMails, replayMails, type MailDelivery } from '../../stores/mail-store';
import { endpoint, type Endpoint } from '../endpoint';
import { afterQuery, nextOf, PAGE } from '../paging';
import { storedKey } from '../parse-body';
import { reachedProgramme } from '../principal';
import { askedProgramme } from '../public/sent-member';

const tag = 'Mails';
const statuses = ['pending', 'done', 'dead', 'dropped'] as const;

const shownMail = z.strictObject({
  mailId: z.string(),
  memberId: z.string().nullable(),
  kind: z.string(),
  status: z.enum(statuses),
  attempts: z.int(),
  lastError: z.string().nullable(),
  createdAt: z.string(),
  nextAttemptAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
});

/** Mails that the sidecar sends itself: what became of them, and how those that were given up are sent again. */
export function mailEndpoints({ db, clock }: OperationContext): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/admin/mails',
      scope: 'webhooks:read',
      tag,
      summary: 'Mails of a programme, of an operator’s without one all, newest first; pass `next` as `after` to go on.',
      query: afterQuery.extend({ status: z.enum(statuses).optional(), programmeId: askedProgramme }),
      answers: {
        200: {
          description: 'A page; `dropped` was not to be sent any more, and says why',
          body: z.strictObject({ mails: z.array(shownMail), next: z.string().nullable() }),
        },
      },
      refusals: ['NOT_FOUND'],
      handle: async ({ query: { status, after, programmeId: asked }, principal }) => {
        const programmeId = reachedProgramme(principal, asked);
        const mails = await listMails(db, { programmeId, status, before: after }, PAGE);
        return { body: { mails: mails.map(shown), next: nextOf(mails, (mail) => mail.mail_id) } };
      },
    }),
    endpoint({
      method: 'post',
      path: '/admin/mails/replay',
      scope: 'webhooks:write',
      tag,
      summary: 'Gives mails that were given up their attempts back.',
      body: z.strictObject({
        mails: z.union([z.literal('all'), z.array(storedKey).max(1000)]),
        programmeId: askedProgramme,
      }),
      answers: { 200: { description: 'How many', body: z.strictObject({ replayed: z.int() }) } },
      refusals: ['NOT_FOUND'],
      handle: async ({ body: { mails, programmeId: asked }, principal }) => {
        const programmeId = reachedProgramme(principal, asked);
        return { body: { replayed: await replayMails(db, programmeId, mails === 'all' ? null : mails, clock.now()) } };
      },
    }),
  ];
}

function shown(mail: MailDelivery): z.input<typeof shownMail> {
  return {
    mailId: mail.mail_id,
    memberId: mail.member_id,
    kind: mail.kind,
    status: mail.status,
    attempts: mail.attempts,
    lastError: mail.last_error,
    createdAt: mail.created_at,
    nextAttemptAt: mail.status === 'pending' ? mail.next_attempt_at : null,
    finishedAt: mail.finished_at,
  };
}
