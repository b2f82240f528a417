/** The questions of a quiz or survey as a form without script, and a sent form as the answers an event carries. */
import type { AnswerForm, FormQuestion } from '../../activity-kinds/kind';
import { escapeHtml } from '../escape-html';
import type { TakePartTexts } from './take-part-texts';

/** Fields of a form that was sent, by name; several values where several were chosen. */
export type SentFields = Readonly<Record<string, unknown>>;

const MAX_TEXT = 2000;
export interface ReadAnswers {
  /** By question, as the kind's schema has them. */
  readonly answers: Readonly<Record<string, ReturnType<AnswerForm['answerOf']>>>;
  /** Places of required questions without an answer. */
  readonly missing: readonly number[];
}

/** Fields are named by place, options are sent by place: whatever else comes is no answer. */
export function readAnswers({ questions, answerOf }: AnswerForm, sent: SentFields): ReadAnswers {
  const answers: Record<string, ReturnType<typeof answerOf>> = {};
  const missing: number[] = [];
  questions.forEach((question, place) => {
    const chosen = chosenOf(question, sent[`q${place}`]);
    if (chosen.length > 0) answers[question.id] = answerOf(question, chosen);
    else if (question.isRequired) missing.push(place);
  });
  return { answers, missing };
}

function chosenOf({ shape, options }: FormQuestion, value: unknown): string[] {
  const values = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
  if (shape === 'text') return values.slice(0, 1).flatMap((one) => one.trim().slice(0, MAX_TEXT) || []);
  const places = new Set(values.filter((one) => /^\d{1,2}$/.test(one)).map(Number));
  const chosen = options.filter((_option, place) => places.has(place));
  return shape === 'several' ? chosen : chosen.slice(0, 1);
}

/** Fieldsets of all questions; those that were left out are marked, what was chosen stays. */
export function questionFields(
  questions: readonly FormQuestion[],
  texts: TakePartTexts,
  { sent, missing }: { readonly sent: SentFields; readonly missing: readonly number[] },
): string {
  return questions
    .map((question, place) => {
      const isMissing = missing.includes(place);
      const name = `q${place}`;
      const hints = [
        ...(question.isRequired ? [] : [`(${texts.optional})`]),
        ...(question.shape === 'several' ? [texts.severalRight] : []),
        ...(question.shape === 'scale' ? [texts.recommendScale] : []),
      ].join(' ');
      const hint = hints === '' ? '' : `<p id="${name}-hint" class="hint">${hints}</p>`;
      const error = isMissing ? `<p id="${name}-error" class="error">${texts.missing}</p>` : '';
      const about = [...(hint ? [`${name}-hint`] : []), ...(error ? [`${name}-error`] : [])].join(' ');
      const described = about === '' ? '' : ` aria-describedby="${about}"`;
      const text = escapeHtml(question.text);
      if (question.shape === 'text') {
        const value = escapeHtml(chosenOf(question, sent[name])[0] ?? '');
        const invalid = isMissing ? ' aria-invalid="true"' : '';
        return `<div class="question"><label for="${name}">${text}</label>${hint}${error}<textarea id="${name}" name="${name}" rows="3" maxlength="${MAX_TEXT}"${described}${invalid}>${value}</textarea></div>`;
      }
      return `<fieldset class="question"${described}><legend>${text}</legend>${hint}${error}${choices(question, name, sent[name])}</fieldset>`;
    })
    .join('\n');
}

function choices(question: FormQuestion, name: string, value: unknown): string {
  const type = question.shape === 'several' ? 'checkbox' : 'radio';
  const chosen = chosenOf(question, value);
  const items = question.options.map((option, place) => {
    const checked = chosen.includes(option) ? ' checked' : '';
    return `<label class="choice"><input type="${type}" name="${name}" value="${place}"${checked}> ${escapeHtml(option)}</label>`;
  });
  return `<div class="${question.shape === 'scale' ? 'scale' : 'choices'}">${items.join('')}</div>`;
}
