import { Router, type Response } from 'express';
import { languageOf, type Language } from '../../explain/language';
import { UNSUBSCRIBE_WORDS } from '../../explain/words/mails';
import type { OperationContext } from '../../operations/context';
import { memberLanguage } from '../../operations/member-language';
import { recordConsent } from '../../operations/record-consent';
import { memberOfLink } from '../../security/unsubscribe-link';
import { presentMemberId } from '../../stores/identity-store';
import { findMemberRow } from '../../stores/member-store';
import { escapeHtml } from '../escape-html';
import { sendPage } from './page-frame';

/**
 * Where the links of mails lead: a page that asks first, since programs follow links too, and the click that withdraws. Mail programs
 * send the same POST by themselves (RFC 8058). The body says nothing that matters, so none is read.
 */
export function createUnsubscribeRouter(context: OperationContext): Router {
  const router = Router();
  const memberOf = async (token: string): Promise<string | null> => {
    const named = memberOfLink(context.links, token);
    if (named === null) return null;
    const memberId = await presentMemberId(context.db, named);
    return (await findMemberRow(context.db, memberId)) ? memberId : null;
  };
  router.get('/:token', async (request, response) => {
    const memberId = await memberOf(request.params.token);
    const language = await pageLanguage(context, memberId, request.get('accept-language'));
    show(response, memberId === null ? 'unknown' : 'question', language);
  });
  router.post('/:token', async (request, response) => {
    const memberId = await memberOf(request.params.token);
    const language = await pageLanguage(context, memberId, request.get('accept-language'));
    if (memberId !== null) await withdraw(context, memberId);
    show(response, memberId === null ? 'unknown' : 'done', language);
  });
  return router;
}

async function withdraw(context: OperationContext, memberId: string): Promise<void> {
  const said = { purpose: 'marketing', granted: false, source: 'unsubscribe link', actor: 'member', textVersion: null } as const;
  const recorded = await recordConsent(context, { memberId, at: context.clock.now(), ...said });
  // Whoever entered a yes with a clock that is ahead must not win over the click.
  if (!recorded.ok && recorded.code === 'not_latest') {
    await recordConsent(context, { memberId, at: String(recorded.details['latest']), ...said });
  }
}

async function pageLanguage(context: OperationContext, memberId: string | null, wished = ''): Promise<Language> {
  return languageOf((memberId === null ? null : await memberLanguage(context, memberId)) ?? wished);
}

type Shown = 'question' | 'done' | 'unknown';

function show(response: Response, shown: Shown, language: Language): void {
  const words = UNSUBSCRIBE_WORDS[language];
  const content = {
    question: `<p>${escapeHtml(words.question)}</p><form method="post"><button type="submit">${escapeHtml(words.button)}</button></form>`,
    done: `<p role="status">${escapeHtml(words.done)}</p>`,
    unknown: `<p role="alert">${escapeHtml(words.unknown)}</p>`,
  }[shown];
  sendPage(response, { language, title: words.title, content, isPersonal: true }, shown === 'unknown' ? 404 : 200);
}
