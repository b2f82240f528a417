import { activityKindOf, activityKinds } from '../../../sidecar/src/activity-kinds/registry';

interface Case {
  readonly kind: string;
  readonly settings?: object;
  readonly data?: object;
  readonly attempts?: number;
}

/** Through the kind's schemas, as a programme and an event would come. */
function judge({ kind: code, settings = {}, data = {}, attempts = 0 }: Case): [number, string] {
  const kind = activityKindOf(code);
  const judged = { activity: 'it', points: 50, settings: kind.settings.parse(settings), data: kind.data.parse(data), attempts };
  const { points, reasons } = kind.judge(judged);
  return [points, reasons.map((one) => one.code).join()];
}

const product = 'LAMP';
const questions = [
  { id: 'capital', text: 'Capital of France?', options: ['paris', 'lyon'], right: ['paris'] },
  { id: 'even', text: 'Even numbers?', options: ['1', '2', '4'], right: ['2', '4'] },
];
const asked = [
  { id: 'why', text: 'Why us?' },
  { id: 'colour', text: 'Colour?', kind: 'choice', options: ['red', 'blue'], required: false },
  { id: 'nps', text: 'Would you recommend us?', kind: 'recommend' },
];

describe('kinds of activities', () => {
  it.each<[string, Case, number, string]>([
    ['a review', { kind: 'review', data: { product } }, 50, 'activity_rewarded'],
    ['a review of one star', { kind: 'review', data: { product, rating: 1 } }, 50, 'activity_rewarded'],
    ['a short review', { kind: 'review', settings: { minimumLength: 20 }, data: { product, length: 19 } }, 0, 'review_too_short'],
    [
      'a review long enough',
      { kind: 'review', settings: { minimumLength: 20 }, data: { product, length: 20 } },
      50,
      'activity_rewarded',
    ],
    [
      'a review by nobody who bought',
      { kind: 'review', settings: { onlyBuyers: true }, data: { product } },
      0,
      'review_not_by_buyer',
    ],
    [
      'a review with a picture',
      { kind: 'review', settings: { picturePoints: 25 }, data: { product, pictures: 2 } },
      75,
      'activity_rewarded,review_pictures',
    ],
    ['a share', { kind: 'social', data: { network: 'mastodon', action: 'share' } }, 50, 'activity_rewarded'],
    [
      'another network',
      { kind: 'social', settings: { networks: ['mastodon'] }, data: { network: 'myspace', action: 'share' } },
      0,
      'social_other_action',
    ],
    [
      'a quiz with one right',
      { kind: 'quiz', settings: { questions, passFrom: 2 }, data: { answers: { capital: ['paris'] } } },
      0,
      'quiz_not_passed',
    ],
    [
      'a quiz with all right, in any order',
      {
        kind: 'quiz',
        settings: { questions, passFrom: 2, pointsPerRight: 10 },
        data: { answers: { even: ['4', '2'], capital: ['paris'] } },
      },
      70,
      'quiz_passed',
    ],
    [
      'a quiz with everything ticked',
      {
        kind: 'quiz',
        settings: { questions, passFrom: 1 },
        data: { answers: { capital: ['paris', 'lyon'], even: ['1', '2', '4'] } },
      },
      0,
      'quiz_not_passed',
    ],
    [
      'a quiz tried too often',
      { kind: 'quiz', settings: { questions, attempts: 2 }, data: { answers: {} }, attempts: 2 },
      0,
      'quiz_no_attempt_left',
    ],
    [
      'a quiz asking for what objects have',
      { kind: 'quiz', settings: { questions: [{ ...questions[0], id: 'constructor' }], passFrom: 1 }, data: { answers: {} } },
      0,
      'quiz_not_passed',
    ],
    [
      'a survey',
      { kind: 'survey', settings: { questions: asked }, data: { answers: { why: 'Because', nps: 9 } } },
      50,
      'activity_rewarded',
    ],
    [
      'a survey half filled',
      { kind: 'survey', settings: { questions: asked }, data: { answers: { why: '', nps: 9 } } },
      0,
      'survey_unanswered',
    ],
    [
      'a survey with an answer of its own',
      { kind: 'survey', settings: { questions: asked }, data: { answers: { why: 'Because', colour: 'green', nps: 9 } } },
      0,
      'survey_answer_not_offered',
    ],
    [
      'a survey out of scale',
      { kind: 'survey', settings: { questions: asked }, data: { answers: { why: 'Because', nps: 11 } } },
      0,
      'survey_answer_not_offered',
    ],
    ['attendance', { kind: 'attendance' }, 50, 'activity_rewarded'],
    ['adoption', { kind: 'early-adoption', settings: { products: [product] }, data: { product } }, 50, 'activity_rewarded'],
    [
      'adoption of something old',
      { kind: 'early-adoption', settings: { products: ['NEW'] }, data: { product } },
      0,
      'adoption_other_product',
    ],
    ['three bottles', { kind: 'custom', settings: { maximumQuantity: 10 }, data: { quantity: 3 } }, 150, 'activity_rewarded'],
    [
      'more bottles than count',
      { kind: 'custom', settings: { maximumQuantity: 2 }, data: { quantity: 3 } },
      100,
      'activity_rewarded',
    ],
  ])('judge %s', (_what, given, points, reasons) => {
    expect(judge(given)).toEqual([points, reasons]);
  });

  it.each([
    ['quiz', { questions: [{ ...questions[0], right: ['rome'] }] }, 'questions[0].right[0]'],
    ['quiz', { questions: [questions[0], questions[0]] }, 'questions[1].id'],
    ['quiz', { questions, passFrom: 3 }, 'passFrom'],
    ['survey', { questions: [{ id: 'a', text: 'A?', kind: 'choice' }] }, 'questions[0].options'],
    ['survey', { questions: [{ id: 'a', text: 'A?', options: ['x', 'y'] }] }, 'questions[0].options'],
    ['survey', { questions: [asked[0], asked[0]] }, 'questions[1].id'],
  ])('find what is wrong in settings of %s', (code, settings, field) => {
    const kind = activityKindOf(code);
    expect(kind.check?.(kind.settings.parse(settings)).map((fault) => fault.field)).toContain(field);
  });

  it('tell how likely the member recommends the shop', () => {
    const survey = activityKindOf('survey');
    const says = (nps: unknown) =>
      survey.recommends?.(survey.settings.parse({ questions: asked }), { answers: { nps } } as never);
    expect([says(9), says(0), says(11), says(7.5), says('9')]).toEqual([9, 0, null, null, null]);
  });

  it('have codes and subjects that fit the database', () => {
    expect(new Set(activityKinds.map(({ code }) => code)).size).toBe(activityKinds.length);
    const long = 'x'.repeat(64);
    const data = { network: long, action: long, reference: 'r'.repeat(120) };
    expect(activityKindOf('social').subjectOf(data as never)?.length).toBeLessThanOrEqual(191);
  });
});
