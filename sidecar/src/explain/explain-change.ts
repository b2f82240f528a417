/** Why a member's points changed, in sentences for the member. */
import type { Programme } from '../domain/programme';
import { explainDecision, type ToldDecision } from './explain-decision';
import { LANGUAGES, type Language } from './language';

/** The rules that made it, each once, at most so many. */
export function explainChange(decision: ToldDecision, programme: Programme | null, language: Language, limit: number): string[] {
  const { lines } = explainDecision(decision, programme, language, 'member');
  const said = lines.flatMap(({ text, applied, about }) => (applied ? [about === null ? text : `${about}: ${text}`] : []));
  return [...new Set(said)].slice(0, limit);
}

/** Beside ten changes in every language, in a field of the shop: what matters comes first. */
const SENTENCES = 3;
const LONGEST = 200;

/** For a page whose language only the shop knows; a change without a rule to name has no languages. */
export function explainForPages(
  decision: ToldDecision,
  programme: Programme | null,
): Readonly<Record<string, readonly string[]>> {
  const said = LANGUAGES.map((language) => [language, explainChange(decision, programme, language, SENTENCES)] as const);
  return Object.fromEntries(
    said.filter(([, lines]) => lines.length > 0).map(([language, lines]) => [language, lines.map((line) => shortened(line))]),
  );
}

function shortened(line: string): string {
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
