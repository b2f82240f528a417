/** A stored decision in words: what was decided about, what came of it, and every rule that was looked at. */
import type { Programme } from '../domain/programme';
import type { Reason } from '../domain/reason';
import { fillText } from './fill-text';
import type { Reader } from './format-figure';
import type { Language, Words } from './language';
import { namesOf } from './names';
import { reasonWords } from './words';
import { decisionWords } from './words/decisions';

/** As it was stored, JSON opened. */
export interface ToldDecision {
  readonly kind: string;
  readonly inputs: unknown;
  readonly outcome: unknown;
  readonly reasons: readonly Reason[];
}

export interface ToldLine {
  readonly text: string;
  readonly applied: boolean;
  /** The goods it is about; null = the whole. */
  readonly about: string | null;
}

export interface Explanation {
  readonly title: string;
  readonly outcome: string;
  readonly lines: readonly ToldLine[];
}

/** Members are told neither what staff wrote about them nor into which segments they were put. */
export type Audience = 'staff' | 'member';

/** @param programme the version that was decided under; null where there was none */
export function explainDecision(
  decision: ToldDecision,
  programme: Programme | null,
  language: Language,
  audience: Audience = 'staff',
): Explanation {
  const figures = figuresOf(decision);
  const reader = readerOf(programme, language, figures);
  const words = Object.hasOwn(decisionWords, decision.kind) ? decisionWords[decision.kind] : undefined;
  const write = (text: Words | undefined): string => (text ? fillText(text[language], figures, reader) : '');
  return {
    title: words ? write(words.title) : decision.kind,
    outcome: write(words?.outcome),
    lines: [...linesOf(decision.reasons, null), ...goodsLines(decision)].flatMap(({ reason, about }) => {
      const text = explainReason(reason, reader, audience);
      return text === null ? [] : [{ text, applied: reason.applied, about }];
    }),
  };
}

/** Reasons that stand alone. */
export function explainReasons(reasons: readonly Reason[], programme: Programme | null, language: Language): ToldLine[] {
  return [...explainDecision({ kind: '', inputs: {}, outcome: {}, reasons }, programme, language).lines];
}

/** One reason in words; its code where there are none, null where they are not the audience's to read. */
export function explainReason(reason: Reason, reader: Reader, audience: Audience): string | null {
  const words = Object.hasOwn(reasonWords, reason.code) ? reasonWords[reason.code] : undefined;
  if (!words) return audience === 'staff' ? reason.code : null;
  if (words.staffOnly && audience === 'member') return null;
  const chosen: Words = reason.applied ? words : (words.otherwise ?? words);
  return fillText(chosen[reader.language], reason.figures, reader);
}

function readerOf(programme: Programme | null, language: Language, figures: Reason['figures']): Reader {
  const baseCurrency = programme?.baseCurrency ?? 'EUR';
  const currency = typeof figures['currency'] === 'string' ? figures['currency'] : baseCurrency;
  return { language, timeZone: programme?.timeZone ?? 'UTC', currency, baseCurrency, names: namesOf(programme) };
}

/** What stands plainly in the order, the inputs and the outcome; the later says more. */
function figuresOf({ inputs, outcome }: ToldDecision): Reason['figures'] {
  const { snapshot } = Object(inputs) as { snapshot?: unknown };
  return { ...plainOf(snapshot), ...plainOf(inputs), ...plainOf(outcome) };
}

function plainOf(value: unknown): Reason['figures'] {
  const entries = Object.entries(Object(value) as Record<string, unknown>).flatMap(
    ([name, member]): [string, string | number | boolean | null][] => {
      if (member === null || ['string', 'number', 'boolean'].includes(typeof member)) return [[name, member as string]];
      const isList = Array.isArray(member) && member.every((one) => typeof one === 'string');
      return isList ? [[name, member.length === 0 ? null : member.join(', ')]] : [];
    },
  );
  return Object.fromEntries(entries);
}

interface ReasonAbout {
  readonly reason: Reason;
  readonly about: string | null;
}

function linesOf(reasons: readonly Reason[], about: string | null): ReasonAbout[] {
  return reasons.map((reason) => ({ reason, about }));
}

interface DecidedGoods {
  readonly lineId: string;
  readonly productNumber?: string | null;
  readonly reasons?: readonly Reason[];
}

/** What was decided line by line, named by product number where there is one. */
function goodsLines({ inputs, outcome }: ToldDecision): ReasonAbout[] {
  const { snapshot } = Object(inputs) as { snapshot?: { lines?: readonly DecidedGoods[] } };
  const { lines = [] } = Object(outcome) as { lines?: readonly DecidedGoods[] };
  const numbers = new Map((snapshot?.lines ?? []).map(({ lineId, productNumber }) => [lineId, productNumber ?? lineId]));
  return lines.flatMap(({ lineId, reasons = [] }) => linesOf(reasons, numbers.get(lineId) ?? lineId));
}
