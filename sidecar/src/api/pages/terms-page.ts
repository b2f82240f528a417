import express, { Router, type Request, type Response } from 'express';
import { inLanguage } from '../../domain/in-language';
import { isBefore } from '../../domain/instant';
import {
  ownerOfTerms,
  termsIn,
  termsLanguage,
  versionAt,
  type ParticipationTerms,
  type TermsVersion,
} from '../../domain/participation';
import { languageOf, type Language } from '../../explain/language';
import { dayFormat } from '../../explain/locale-formats';
import { acceptTerms } from '../../operations/accept-terms';
import type { OperationContext } from '../../operations/context';
import { PersonErased } from '../../storage/transaction';
import { acceptancesOf } from '../../stores/acceptance-store';
import { presentMemberId } from '../../stores/identity-store';
import { findShopById, type ShopRow } from '../../stores/shop-store';
import { escapeHtml } from '../escape-html';
import { limitedMarkdown } from './limited-markdown';
import { hiddenFields, sendPage } from './page-frame';
import { fillWords, memberOfKey, shortText } from './page-input';
import { termsTexts } from './terms-texts';

const FORM_BYTES = '4kb';
const LANGUAGE = /^[a-z]{2}$/;

/**
 * The terms of participation, for everybody; a signed link shows them to a member, who accepts them by the form. A form asks,
 * so that whoever looks at links before people do accepts nothing.
 */
export function createTermsRouter(context: OperationContext): Router {
  const router = Router();
  router.get('/:shop', (request, response) => {
    const query = request.originalUrl.split('?')[1];
    const language = languageOf(request.get('accept-language') ?? '');
    const address = `${context.links.base}/terms/${encodeURIComponent(request.params.shop)}/${language}`;
    response.setHeader('cache-control', 'no-store');
    response.redirect(302, query === undefined ? address : `${address}?${query}`);
  });
  router.get('/:shop/:language', async (request, response) => {
    const asked = { version: shortText(request.query['version']), key: shortText(request.query['for']) };
    await show(context, request, response, asked);
  });
  router.post('/:shop/:language', express.urlencoded({ extended: false, limit: FORM_BYTES }), async (request, response) => {
    await accept(context, request, response);
  });
  return router;
}

type PageRequest = Request<{ shop: string; language: string }>;

interface Asked {
  readonly version: string;
  readonly key: string;
}

interface Scene {
  readonly shop: ShopRow;
  /** The shop, where it has terms of its own; null = they are the programme's. */
  readonly owner: string | null;
  readonly terms: ParticipationTerms;
  readonly version: TermsVersion;
  /** That the page is in. */
  readonly chrome: Language;
  /** That the terms are in. */
  readonly language: string;
  readonly now: string;
}

async function sceneOf(context: OperationContext, { params }: PageRequest, asked: string): Promise<Scene | null> {
  const { db, clock, programmes } = context;
  const now = clock.now();
  const shop = await findShopById(db, params.shop.slice(0, 64));
  if (!shop) return null;
  const published = await programmes.effectiveAt(db, shop.programme_id, now);
  const common = published?.programme.participation ?? null;
  if (!published || common === null) return null;
  const terms = termsIn(common, shop.shop_id);
  const owner = ownerOfTerms(common, shop.shop_id);
  const named = terms.versions.find(({ version }) => version === asked);
  const version = asked === '' ? (versionAt(terms, now) ?? terms.versions[0]) : named;
  if (!version) return null;
  const chrome = languageOf(params.language);
  const language = termsLanguage(version, chrome, published.programme.messages.language);
  return { shop, owner, terms, version, chrome, language, now };
}

async function show(context: OperationContext, request: PageRequest, response: Response, asked: Asked): Promise<void> {
  const scene = LANGUAGE.test(request.params.language) ? await sceneOf(context, request, asked.version) : null;
  if (!scene) {
    notice(response, request, 404, 'missing');
    return;
  }
  const memberId = memberOfKey(context, 'terms', asked.key);
  if (asked.key !== '' && memberId === null) {
    notice(response, request, 403, 'badLink');
    return;
  }
  const content = [head(scene), body(scene)];
  if (memberId !== null) content.push(await acceptance(context, scene, memberId, asked.key));
  content.push(otherVersions(scene, asked.key), wayBack(scene));
  const { title } = inLanguage(termsTexts, scene.chrome);
  sendPage(response, { language: scene.chrome, title, content: content.join('\n'), isPersonal: memberId !== null });
}

async function accept(context: OperationContext, request: PageRequest, response: Response): Promise<void> {
  const fields = (request.body ?? {}) as Readonly<Record<string, unknown>>;
  const key = shortText(fields['for']);
  const version = shortText(fields['version']);
  const memberId = memberOfKey(context, 'terms', key);
  const scene = memberId === null ? null : await sceneOf(context, request, version);
  if (memberId === null || scene === null) {
    notice(response, request, memberId === null ? 403 : 404, memberId === null ? 'badLink' : 'missing');
    return;
  }
  const { language, now: at, shop } = scene;
  const said = { memberId, shopId: shop.shop_id, version, language, at, source: 'terms page', actor: 'member' };
  const accepted = await acceptTerms(context, said).catch((error: unknown) => {
    if (error instanceof PersonErased) return null;
    throw error;
  });
  if (!accepted?.ok) {
    notice(response, request, 403, 'badLink');
    return;
  }
  response.setHeader('cache-control', 'no-store');
  response.redirect(303, `${request.params.language}?${addressOf({ version, key })}`);
}

function head({ terms, version, chrome, now }: Scene): string {
  const texts = inLanguage(termsTexts, chrome);
  const line = fillWords(texts.version, { version: version.version, date: day(version.validFrom, chrome) });
  const present = versionAt(terms, now);
  const isFuture = isBefore(now, version.validFrom);
  const remark = isFuture ? texts.future : present !== version ? texts.old : null;
  return `<p>${line}</p>${remark === null ? '' : `<p class="note">${remark}</p>`}`;
}

function body({ version, language, chrome }: Scene): string {
  const text = version.texts[language];
  if (text !== undefined) return `<div lang="${language}">${limitedMarkdown(text)}</div>`;
  const { atShop } = inLanguage(termsTexts, chrome);
  return `<p><a href="${escapeHtml(version.urls[language] ?? '')}" rel="noopener">${atShop}</a></p>`;
}

async function acceptance(context: OperationContext, scene: Scene, memberId: string, key: string): Promise<string> {
  const { owner, terms, version, chrome, now } = scene;
  const texts = inLanguage(termsTexts, chrome);
  const accepted = await acceptancesOf(context.db, await presentMemberId(context.db, memberId));
  const known = accepted.find((one) => one.version === version.version && one.shop_id === owner);
  if (known) return `<p role="status" class="note">${fillWords(texts.accepted, { date: day(known.accepted_at, chrome) })}</p>`;
  // What was replaced binds nobody any more, and what is to come not yet.
  if (versionAt(terms, now) !== version) return '';
  const fields = hiddenFields({ for: key, version: version.version });
  return `<form method="post">${fields}<button type="submit">${texts.accept}</button></form>`;
}

function otherVersions({ terms, version, chrome }: Scene, key: string): string {
  if (terms.versions.length < 2) return '';
  const texts = inLanguage(termsTexts, chrome);
  const items = [...terms.versions].reverse().map((one) => {
    const label = fillWords(texts.version, { version: one.version, date: day(one.validFrom, chrome) });
    if (one === version) return `<li aria-current="page">${label}</li>`;
    return `<li><a href="?${escapeHtml(addressOf({ version: one.version, key }))}">${label}</a></li>`;
  });
  return `<h2 id="versions">${texts.versions}</h2><ul class="plain" aria-labelledby="versions">${items.join('')}</ul>`;
}

function wayBack({ shop, chrome }: Scene): string {
  return `<p><a href="${escapeHtml(shop.url)}">${inLanguage(termsTexts, chrome).back}</a></p>`;
}

function notice(response: Response, { params }: PageRequest, status: number, text: 'missing' | 'badLink'): void {
  const language = languageOf(params.language);
  const texts = inLanguage(termsTexts, language);
  const content = `<p role="alert">${texts[text]}</p>`;
  sendPage(response, { language, title: texts.title, content, isPersonal: true }, status);
}

function addressOf({ version, key }: Asked): string {
  return new URLSearchParams({ version, ...(key !== '' && { for: key }) }).toString();
}

function day(instant: string, language: Language): string {
  return dayFormat(language, 'UTC').format(Date.parse(instant));
}
