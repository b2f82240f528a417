import express, { Router, type Request, type Response } from 'express';
import { inLanguage } from '../../domain/in-language';
import type { LeadTerms } from '../../domain/lead';
import { languageOf, type Language } from '../../explain/language';
import { confirmLead, leadOfLink } from '../../operations/confirm-lead';
import { requestLead, type LeadContext } from '../../operations/request-lead';
import { findShopById, isConnected, type ShopRow } from '../../stores/shop-store';
import { escapeHtml } from '../escape-html';
import { leadEmail } from '../public/leads';
import { leadTexts, type LeadTexts } from './leads-texts';
import { hiddenFields, sendPage } from './page-frame';
import { shortText } from './page-input';

const FORM_BYTES = '8kb';
const MAX_SOURCE = 80;
/** Named so that programs fill it in, and nobody else sees it. */
const TRAP = 'website';

/**
 * The form for people without an account: as a page of its own, and as the place where the forms of shops are sent. A link
 * in a mail shows a button, so that whoever looks at links before people do confirms nothing.
 */
export function createLeadsRouter(context: LeadContext): Router {
  const router = Router();
  const form = express.urlencoded({ extended: false, limit: FORM_BYTES });
  router.get('/confirm/:token', async (request, response) => {
    await showConfirmation(context, request, response);
  });
  router.post('/confirm/:token', form, async (request, response) => {
    await confirm(context, request, response);
  });
  router.get('/:shop/:language', async (request, response) => {
    const scene = await sceneOf(context, request.params);
    if (!scene) notice(response, languageOf(request.params.language), 404, 'missing');
    else showForm(response, scene, { fault: null, source: 'form page' });
  });
  router.post('/:shop/:language', form, async (request, response) => {
    await receive(context, request, response);
  });
  return router;
}

interface Scene {
  readonly shop: ShopRow;
  readonly leads: LeadTerms;
  readonly chrome: Language;
  /** That the text is in. */
  readonly language: string;
  readonly text: string;
}

async function sceneOf(
  { db, clock, programmes }: LeadContext,
  asked: { readonly shop: string; readonly language: string },
): Promise<Scene | null> {
  const shop = await findShopById(db, asked.shop.slice(0, 64));
  if (!shop || !isConnected(shop.status)) return null;
  const published = await programmes.effectiveAt(db, shop.programme_id, clock.now());
  const leads = published?.programme.leads ?? null;
  if (!published || leads === null) return null;
  const chrome = languageOf(asked.language);
  const { texts } = leads.consent;
  const [language, text] =
    [chrome, published.programme.messages.language, ...Object.keys(texts).sort()]
      .map((one): [string, string | undefined] => [one, texts[one]])
      .find(([, known]) => known !== undefined) ?? [];
  return language === undefined || text === undefined ? null : { shop, leads, chrome, language, text };
}

interface FormState {
  readonly fault: 'wrongEmail' | 'notAgreed' | 'tooMany' | null;
  readonly source: string;
}

function showForm(response: Response, { leads, chrome, language, text }: Scene, { fault, source }: FormState): void {
  const texts = inLanguage(leadTexts, chrome);
  const alert = fault === null ? '' : `<p role="alert" class="note" id="fault">${texts[fault]}</p>`;
  const described = fault === 'wrongEmail' ? ' aria-invalid="true" aria-describedby="fault"' : '';
  const content = `${alert}<form method="post">${hiddenFields({ textVersion: leads.consent.version, language, source })}
<label for="email">${texts.email}</label><input id="email" name="email" type="email" autocomplete="email" maxlength="254" required${described}>
<p class="unseen" aria-hidden="true"><label for="${TRAP}">${texts.trap}</label><input id="${TRAP}" name="${TRAP}" type="text" tabindex="-1" autocomplete="off"></p>
<p lang="${language}"><label><input type="checkbox" name="agreed" value="1" required> ${escapeHtml(text)}</label></p>
<button type="submit">${texts.submit}</button></form>`;
  const page = { language: chrome, title: texts.title, content, isPersonal: fault !== null };
  sendPage(response, page, fault === null ? 200 : fault === 'tooMany' ? 429 : 422);
}

async function receive(
  context: LeadContext,
  request: Request<{ shop: string; language: string }>,
  response: Response,
): Promise<void> {
  const scene = await sceneOf(context, request.params);
  if (!scene) {
    notice(response, languageOf(request.params.language), 404, 'missing');
    return;
  }
  const fields = (request.body ?? {}) as Readonly<Record<string, unknown>>;
  const source = shortText(fields['source']).slice(0, MAX_SOURCE) || 'form';
  const email = leadEmail.safeParse(shortText(fields['email']).trim());
  const isTrapped = shortText(fields[TRAP]) !== '';
  // A text that was shown and has changed since is shown again.
  const isPresent = shortText(fields['textVersion']) === scene.leads.consent.version;
  const agreed = shortText(fields['agreed']) === '1' && isPresent;
  if (!email.success || !agreed) {
    showForm(response, scene, { fault: email.success ? 'notAgreed' : 'wrongEmail', source });
    return;
  }
  const asked = isTrapped
    ? null
    : await requestLead(context, {
        programmeId: scene.shop.programme_id,
        shopId: scene.shop.shop_id,
        email: email.data,
        language: scene.language,
        textVersion: scene.leads.consent.version,
        source,
        requestedBy: requestedBy(context, request),
      });
  if (asked && !asked.ok) {
    if (asked.code === 'too_many') showForm(response, scene, { fault: 'tooMany', source });
    else notice(response, scene.chrome, 503, 'missing');
    return;
  }
  const texts = inLanguage(leadTexts, scene.chrome);
  const content = `<p role="status">${texts.asked}</p>${wayBack(scene.shop, texts)}`;
  sendPage(response, { language: scene.chrome, title: texts.askedTitle, content, isPersonal: true });
}

async function showConfirmation(context: LeadContext, { params }: Request<{ token: string }>, response: Response): Promise<void> {
  const lead = await leadOfLink(context, params.token);
  const language = languageOf(lead?.language ?? 'en');
  if (!lead) {
    notice(response, language, 404, 'badLink');
    return;
  }
  const texts = inLanguage(leadTexts, language);
  if (lead.status === 'confirmed' || lead.status === 'joined') {
    await showDone(context, response, lead.shop_id, language, lead.status === 'joined');
    return;
  }
  if (lead.status !== 'requested' || lead.expires_at <= context.clock.now()) {
    notice(response, language, 410, 'expired');
    return;
  }
  const content = `<p>${texts.confirm}</p><form method="post"><button type="submit">${texts.confirmButton}</button></form>`;
  sendPage(response, { language, title: texts.confirmTitle, content, isPersonal: true });
}

async function confirm(context: LeadContext, request: Request<{ token: string }>, response: Response): Promise<void> {
  const confirmed = await confirmLead(context, request.params.token, requestedBy(context, request));
  if (confirmed.ok) {
    const { lead, isMember } = confirmed.value;
    await showDone(context, response, lead.shop_id, languageOf(lead.language), isMember);
    return;
  }
  const known = await leadOfLink(context, request.params.token);
  const isExpired = confirmed.code === 'expired';
  notice(response, languageOf(known?.language ?? 'en'), isExpired ? 410 : 404, isExpired ? 'expired' : 'badLink');
}

async function showDone(
  { db }: LeadContext,
  response: Response,
  shopId: string,
  language: Language,
  isMember: boolean,
): Promise<void> {
  const texts = inLanguage(leadTexts, language);
  const shop = await findShopById(db, shopId);
  const content = `<p role="status">${isMember ? texts.doneMember : texts.done}</p>${shop ? wayBack(shop, texts) : ''}`;
  sendPage(response, { language, title: texts.doneTitle, content, isPersonal: true });
}

function notice(response: Response, language: Language, status: number, text: 'missing' | 'expired' | 'badLink'): void {
  const texts = inLanguage(leadTexts, language);
  sendPage(response, { language, title: texts.title, content: `<p role="alert">${texts[text]}</p>`, isPersonal: true }, status);
}

function wayBack(shop: ShopRow, texts: LeadTexts): string {
  return `<p><a href="${escapeHtml(shop.url)}">${texts.back}</a></p>`;
}

/** Keyed, so that nobody reads a network address from it. */
function requestedBy({ links }: LeadContext, request: { readonly ip?: string | undefined }): string | null {
  return request.ip === undefined ? null : links.sign('network address', [request.ip]);
}
