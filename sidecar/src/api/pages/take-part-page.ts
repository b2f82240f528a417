import express, { Router, type Request, type Response } from 'express';
import { inLanguage } from '../../domain/in-language';
import type { Programme } from '../../domain/programme';
import { explainDecision } from '../../explain/explain-decision';
import { languageOf, type Language } from '../../explain/language';
import { numberFormat } from '../../explain/locale-formats';
import type { Reason } from '../../domain/reason';
import type { OperationContext } from '../../operations/context';
import { offeredActivities, type OfferedActivity } from '../../operations/open-activities';
import { recordEvent } from '../../operations/record-event';
import { placeOfKey } from '../../operations/shown-activities';
import { PersonErased } from '../../storage/transaction';
import { findDecision } from '../../stores/decision-store';
import { findErasure } from '../../stores/erasure-store';
import { findEvent } from '../../stores/event-store';
import { presentMemberId } from '../../stores/identity-store';
import { findMemberRow } from '../../stores/member-store';
import { findShopById, type ShopRow } from '../../stores/shop-store';
import { escapeHtml } from '../escape-html';
import { hiddenFields, sendPage } from './page-frame';
import { fillWords, memberOfKey, shortText } from './page-input';
import { questionFields, readAnswers, type SentFields } from './question-form';
import { takePartTexts, type TakePartTexts } from './take-part-texts';

/** Fifty questions with two thousand letters each, percent-encoded, would be more; nobody writes that much. */
const FORM_BYTES = '256kb';
const PURPOSE = 'take part';

/** Quizzes and surveys for members, who come by a signed link from their account in the shop. */
export function createTakePartRouter(context: OperationContext): Router {
  const router = Router();
  router.get('/:shop/:language', async (request, response) => {
    const scene = await sceneOf(context, request, request.query);
    if (typeof scene === 'string') notice(response, request, scene);
    else showList(response, scene);
  });
  router.get('/:shop/:language/:code', async (request, response) => {
    const scene = await sceneOf(context, request, request.query);
    if (typeof scene === 'string') notice(response, request, scene);
    else await showOne(context, request, response, scene);
  });
  router.post('/:shop/:language/:code', express.urlencoded({ extended: false, limit: FORM_BYTES }), async (request, response) => {
    const sent = (request.body ?? {}) as SentFields;
    const scene = await sceneOf(context, request, sent);
    if (typeof scene === 'string') notice(response, request, scene);
    else await take(context, request, response, { scene, sent });
  });
  return router;
}

type PageRequest = Request<{ shop: string; language: string; code?: string }>;
type OneRequest = Request<{ shop: string; language: string; code: string }>;

interface Scene {
  readonly shop: ShopRow;
  readonly programme: Programme;
  readonly memberId: string;
  readonly key: string;
  /** The place they say they come from, with its signature; '' = none. */
  readonly from: string;
  readonly channelId: string | null;
  readonly offered: readonly OfferedActivity[];
  readonly language: Language;
  readonly texts: TakePartTexts;
  readonly now: string;
}

type Given = Readonly<Record<string, unknown>>;

/** Who is meant, and what there is for them; otherwise what to say instead. */
async function sceneOf(context: OperationContext, { params }: PageRequest, given: Given): Promise<Scene | 'gone' | 'badLink'> {
  const { db, clock, programmes } = context;
  const [key, from] = [shortText(given['for']), shortText(given['in'])];
  const signed = memberOfKey(context, PURPOSE, key);
  const shop = await findShopById(db, params.shop.slice(0, 64));
  if (!shop) return 'gone';
  if (signed === null) return 'badLink';
  const memberId = await presentMemberId(db, signed);
  if ((await findMemberRow(db, memberId))?.programme_id !== shop.programme_id) return 'badLink';
  if (await findErasure(db, memberId)) return 'badLink';
  const now = clock.now();
  const published = await programmes.effectiveAt(db, shop.programme_id, now);
  if (!published) return 'gone';
  const { programme } = published;
  const language = languageOf(params.language);
  const { shop_id: shopId } = shop;
  const channelId = placeOfKey(context.links, signed, shopId, from);
  const offered = await offeredActivities(db, programme, { memberId, place: { shopId, channelId } }, now);
  return { shop, programme, memberId, key, from, channelId, offered, language, texts: inLanguage(takePartTexts, language), now };
}

function showList(response: Response, scene: Scene): void {
  const { offered, texts, language } = scene;
  const items = offered.map((one) => {
    const name = escapeHtml(one.rule.name);
    const address = escapeHtml(`${language}/${encodeURIComponent(one.rule.code)}?${addressOf(scene)}`);
    const title = one.isOpen ? `<a href="${address}">${name}</a>` : name;
    return `<li>${title}<br>${one.isOpen ? worth(one, scene) : texts.done}</li>`;
  });
  const list = items.length === 0 ? `<p>${texts.none}</p>` : `<ul class="plain">${items.join('\n')}</ul>`;
  send(response, scene, texts.title, `${list}${wayBack(scene)}`);
}

function worth(
  { rule, form: { pointsPerRight, attempts: allowed }, attempts }: OfferedActivity,
  { language, texts }: Scene,
): string {
  const number = (value: number): string => numberFormat(language, '').format(value);
  return [
    fillWords(texts.points, { points: number(rule.points) }),
    ...(pointsPerRight > 0 ? [fillWords(texts.perRight, { points: number(pointsPerRight) })] : []),
    ...(allowed === null ? [] : [`· ${fillWords(texts.attempts, { count: number(allowed - attempts) })}`]),
  ].join(' ');
}

async function showOne(context: OperationContext, request: OneRequest, response: Response, scene: Scene): Promise<void> {
  const eventId = shortText(request.query['event']);
  const one = scene.offered.find(({ rule }) => rule.code === request.params.code);
  if (eventId !== '') {
    const outcome = await outcomeOf(context, scene, eventId);
    if (outcome === null) notice(response, request, 'gone');
    else send(response, scene, one?.rule.name ?? scene.texts.title, outcome + again(scene, one) + wayOut(scene));
  } else if (!one) {
    notice(response, request, 'gone');
  } else if (!one.isOpen) {
    send(response, scene, one.rule.name, `<p role="status" class="note">${scene.texts.done}</p>${wayOut(scene)}`);
  } else {
    send(response, scene, one.rule.name, form(scene, one, { sent: {}, missing: [] }));
  }
}

function form(scene: Scene, one: OfferedActivity, shown: { sent: SentFields; missing: readonly number[] }): string {
  const { texts } = scene;
  const alert = shown.missing.length === 0 ? '' : `<p role="alert" class="error">${texts.correct}</p>`;
  const hidden = hiddenFields({ ...keysOf(scene), attempt: String(one.attempts) });
  const questions = questionFields(one.form.questions, texts, shown);
  const fields = `${hidden}${questions}<button type="submit">${texts.send}</button>`;
  return `<p>${worth(one, scene)}</p>${alert}<form method="post" novalidate>${fields}</form>${wayOut(scene)}`;
}

interface Sent {
  readonly scene: Scene;
  readonly sent: SentFields;
}

/** The same form sent twice is one event: its id comes from the attempt that the page was made for. */
async function take(context: OperationContext, request: OneRequest, response: Response, { scene, sent }: Sent): Promise<void> {
  const { memberId, shop, offered, now } = scene;
  const one = offered.find(({ rule }) => rule.code === request.params.code);
  const attempt = shortText(sent['attempt']);
  if (!one || !/^\d{1,6}$/.test(attempt) || Number(attempt) > one.attempts) {
    notice(response, request, 'gone');
    return;
  }
  const { rule } = one;
  const eventId = context.links.sign('activity', [memberId, rule.code, String(Number(attempt))]);
  if (!(await findEvent(context.db, shop.programme_id, eventId))) {
    const { answers, missing } = readAnswers(one.form, sent);
    if (missing.length > 0) {
      send(response, scene, rule.name, form(scene, one, { sent, missing }), 422);
      return;
    }
    const where = scene.channelId !== null && { channelId: scene.channelId };
    const event = {
      programmeId: shop.programme_id,
      eventId,
      kind: rule.kind,
      activity: rule.code,
      shopId: shop.shop_id,
      ...where,
    };
    const said = { ...event, member: { memberId }, occurredAt: now, data: { answers } };
    const recorded = await recordEvent(context, said).catch((error: unknown) => {
      if (error instanceof PersonErased) return null;
      throw error;
    });
    if (recorded === null) {
      notice(response, request, 'badLink');
      return;
    }
    // Other content under the id: the form was sent twice at once, and the first one counts.
    if (!recorded.ok && recorded.code !== 'idempotency_mismatch') {
      notice(response, request, 'gone');
      return;
    }
  }
  response.setHeader('cache-control', 'no-store');
  const query = new URLSearchParams({ event: eventId, ...keysOf(scene) }).toString();
  response.redirect(
    303,
    `${context.links.base}/take-part/${encodeURIComponent(shop.shop_id)}/${scene.language}/${encodeURIComponent(rule.code)}?${query}`,
  );
}

/** What came of answers that were sent; null when they are not the member's. */
async function outcomeOf({ db }: OperationContext, scene: Scene, eventId: string): Promise<string | null> {
  const { memberId, shop, programme, language, texts } = scene;
  const event = await findEvent(db, shop.programme_id, eventId);
  if (!event || (await presentMemberId(db, event.member_id)) !== memberId) return null;
  const { kind, inputs, outcome, reasons } = await findDecision(db, event.decision_id);
  const { points } = JSON.parse(outcome) as { points: number };
  const told = { kind, inputs: JSON.parse(inputs) as unknown, outcome: { points }, reasons: JSON.parse(reasons) as Reason[] };
  const { lines } = explainDecision(told, programme, language, 'member');
  const shown = numberFormat(language, '').format(points);
  const verdict = points > 0 ? fillWords(texts.given, { points: shown }) : texts.notGiven;
  const why = lines.map(({ text }) => `<li>${escapeHtml(text)}</li>`).join('');
  return `<p role="status" class="note">${verdict}</p><ul class="plain">${why}</ul>`;
}

function again(scene: Scene, one: OfferedActivity | undefined): string {
  return one?.isOpen ? `<p><a href="?${escapeHtml(addressOf(scene))}">${scene.texts.again}</a></p>` : '';
}

/** From the page of one, a folder deeper, to all of them. */
function wayOut(scene: Scene): string {
  const list = `../${scene.language}?${addressOf(scene)}`;
  return `<p><a href="${escapeHtml(list)}">${scene.texts.all}</a></p>${wayBack(scene)}`;
}

function wayBack({ shop, texts }: Scene): string {
  return `<p><a href="${escapeHtml(shop.url)}">${texts.back}</a></p>`;
}

function addressOf(scene: Scene): string {
  return new URLSearchParams(keysOf(scene)).toString();
}

function keysOf({ key, from }: Scene): Record<string, string> {
  return { for: key, ...(from !== '' && { in: from }) };
}

function send(response: Response, { language }: Scene, title: string, content: string, status = 200): void {
  sendPage(response, { language, title, content, isPersonal: true }, status);
}

function notice(response: Response, { params }: PageRequest, why: 'gone' | 'badLink'): void {
  const language = languageOf(params.language);
  const texts = inLanguage(takePartTexts, language);
  const content = `<p role="alert">${texts[why]}</p>`;
  sendPage(response, { language, title: texts.title, content, isPersonal: true }, why === 'gone' ? 404 : 403);
}
