import { isGroup, type Json, type JsonObject } from '../document-path';

/** A question beside the others: answers are kept under its id, so that none is given twice. */
export function newQuestion(kind: 'quiz' | 'survey', others: readonly Json[]): JsonObject {
  const taken = others.flatMap((one) => (isGroup(one) ? [one['id']] : []));
  let number = others.length + 1;
  while (taken.includes(`q${number}`)) number += 1;
  const asked = { id: `q${number}`, text: '' };
  return kind === 'quiz' ? { ...asked, options: ['', ''], right: [] } : { ...asked, kind: 'text' };
}

/** Every kind of activity, with the settings that somebody begins with. */
export const activityFirsts: Readonly<Record<string, JsonObject>> = {
  review: { minimumLength: 50 },
  quiz: { questions: [newQuestion('quiz', [])] },
  survey: { questions: [newQuestion('survey', [])] },
  attendance: {},
  social: {},
  'early-adoption': { products: [] },
  custom: {},
};
