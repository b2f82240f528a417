import { z } from 'zod';
import { reason } from '../domain/reason';
import { answersOf, optionCode } from './fields';
import { activityKind } from './kind';

const question = z.strictObject({
  id: optionCode,
  text: z.string().min(1).max(500),
  options: z.array(optionCode).min(2).max(20),
  /** All of them, and no other, make the answer right. Never shown to shoppers. */
  right: z.array(optionCode).min(1).max(20),
});

export const quiz = activityKind({
  code: 'quiz',
  isNamed: true,
  settings: z.strictObject({
    questions: z.array(question).min(1).max(50),
    /** Right answers it takes for the points. */
    passFrom: z.int().min(0).max(50).default(0),
    /** Besides the points. */
    pointsPerRight: z.int().min(0).max(1_000_000).default(0),
    attempts: z.int().min(1).max(100).default(1),
  }),
  data: z.strictObject({ answers: answersOf(z.array(optionCode).max(20)) }),
  check: ({ questions, passFrom }) => [
    ...(passFrom > questions.length
      ? [{ field: 'passFrom', message: `must be at most ${questions.length}, one for each question` }]
      : []),
    ...questions.flatMap(({ id, options, right }, i) => [
      ...(questions.findIndex((one) => one.id === id) < i
        ? [{ field: `questions[${i}].id`, message: `${id} is already used` }]
        : []),
      ...right.flatMap((one, j) =>
        options.includes(one) ? [] : [{ field: `questions[${i}].right[${j}]`, message: `${one} is not one of the options` }],
      ),
    ]),
  ],
  subjectOf: () => null,
  form: ({ questions, attempts, pointsPerRight }) => ({
    questions: questions.map(({ id, text, options, right }) => ({
      id,
      text,
      shape: right.length > 1 ? 'several' : 'one',
      options,
      isRequired: true,
    })),
    attempts,
    pointsPerRight,
    answerOf: (_question, chosen) => chosen,
  }),
  judge: ({ activity, points, settings, data: { answers }, attempts }) => {
    const { questions, passFrom, pointsPerRight } = settings;
    const limit = settings.attempts;
    if (attempts >= limit) return { points: 0, reasons: [reason('quiz_no_attempt_left', false, { activity, attempts: limit })] };
    const right = questions.filter((one) => isRight(one.right, Object.hasOwn(answers, one.id) ? answers[one.id] : [])).length;
    const figures = { activity, right, questions: questions.length, passFrom };
    if (right < passFrom) return { points: 0, reasons: [reason('quiz_not_passed', false, figures)] };
    return { points: points + right * pointsPerRight, reasons: [reason('quiz_passed', true, figures)] };
  },
});

function isRight(right: readonly string[], given: readonly string[] = []): boolean {
  const chosen = new Set(given);
  return chosen.size === new Set(right).size && right.every((one) => chosen.has(one));
}
