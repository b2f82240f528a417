import { z } from 'zod';
import { reason, type Reason } from '../domain/reason';
import { answersOf, optionCode } from './fields';
import { activityKind, type Judgement } from './kind';

const question = z.strictObject({
  id: optionCode,
  text: z.string().min(1).max(500),
  required: z.boolean().default(true),
  /** `recommend` asks how likely, from 0 to 10, the member recommends the shop. */
  kind: z.enum(['text', 'choice', 'recommend']).default('text'),
  options: z.array(optionCode).min(2).max(50).optional(),
});

type Question = z.output<typeof question>;
type Answers = Readonly<Record<string, string | number>>;

const SCALE = Array.from({ length: 11 }, (_one, score) => String(score));
const SHAPES = { text: 'text', choice: 'one', recommend: 'scale' } as const;

export const survey = activityKind({
  code: 'survey',
  isNamed: true,
  settings: z.strictObject({ questions: z.array(question).min(1).max(50) }),
  data: z.strictObject({ answers: answersOf(z.union([z.string().max(2000), z.number()])) }),
  check: ({ questions }) =>
    questions.flatMap(({ id, kind, options }, i) => [
      ...(questions.findIndex((one) => one.id === id) < i
        ? [{ field: `questions[${i}].id`, message: `${id} is already used` }]
        : []),
      ...((kind === 'choice') === (options !== undefined)
        ? []
        : [{ field: `questions[${i}].options`, message: 'must be there for a choice, and only for a choice' }]),
    ]),
  // A survey is answered once, whatever is asked.
  subjectOf: () => null,
  form: ({ questions }) => ({
    questions: questions.map(({ id, text, kind, options = [], required }) => ({
      id,
      text,
      shape: SHAPES[kind],
      options: kind === 'recommend' ? SCALE : options,
      isRequired: required,
    })),
    attempts: null,
    pointsPerRight: 0,
    answerOf: ({ shape }, [answer = '']) => (shape === 'scale' ? Number(answer) : answer),
  }),
  recommends: ({ questions }, { answers }) => {
    const asked = questions.find(({ kind }) => kind === 'recommend');
    const answer = asked && ownAnswer(answers, asked);
    return typeof answer === 'number' && fits({ kind: 'recommend' }, answer) ? answer : null;
  },
  judge: ({ activity, points, settings: { questions }, data: { answers } }): Judgement => {
    const fault = questions.map((one) => faultOf(activity, one, ownAnswer(answers, one))).find((found) => found !== null);
    if (fault) return { points: 0, reasons: [fault] };
    return { points, reasons: [reason('activity_rewarded', true, { activity, points })] };
  },
});

function ownAnswer(answers: Answers, { id }: Question): string | number | undefined {
  return Object.hasOwn(answers, id) ? answers[id] : undefined;
}

function faultOf(activity: string, one: Question, answer: string | number | undefined): Reason | null {
  if (answer === undefined || answer === '') {
    return one.required ? reason('survey_unanswered', false, { activity, question: one.id }) : null;
  }
  return fits(one, answer) ? null : reason('survey_answer_not_offered', false, { activity, question: one.id });
}

function fits({ kind, options }: Pick<Question, 'kind' | 'options'>, answer: string | number): boolean {
  if (kind === 'choice') return options?.includes(String(answer)) ?? false;
  if (kind === 'text') return true;
  return typeof answer === 'number' && Number.isInteger(answer) && answer >= 0 && answer <= 10;
}
