import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { addDays } from '../../../sidecar/src/domain/instant';
import { isNews, MILESTONES, NOTICE_KINDS, reminderStep } from '../../../sidecar/src/domain/milestone';
import { projectRoot } from '../../support/source';
import { messageTerms } from '../../../sidecar/src/programme-document/messages';

const WRITTEN = {
  language: 'en' as const,
  expiringDays: [],
  tierRiskDays: null,
  voucherReminderDays: [],
  delivery: 'shop' as const,
  texts: {},
  channels: {},
};
const NOW = '2026-03-01T06:15:00.000Z';

describe('reminderStep', () => {
  it.each([
    ['2026-02-28T00:00:00.000Z', null],
    [NOW, null],
    ['2026-03-01T06:15:00.001Z', 7],
    ['2026-03-08T06:15:00.000Z', 7],
    ['2026-03-08T06:15:00.001Z', 30],
    ['2026-03-31T06:15:00.000Z', 30],
    ['2026-03-31T06:15:00.001Z', null],
  ])('of what ends at %s is %s', (endsAt, step) => {
    expect(reminderStep([30, 7], endsAt, NOW)).toBe(step);
  });

  it('is one of the steps, lies at or behind the end, and no other is nearer', () => {
    const steps = fc.uniqueArray(fc.integer({ min: 1, max: 365 }), { maxLength: 10 });
    fc.assert(
      fc.property(steps, fc.integer({ min: -1000, max: 400 * 24 }), (list, hours) => {
        const endsAt = addDays(NOW, hours / 24);
        const step = reminderStep(list, endsAt, NOW);
        const within = list.filter((days) => hours > 0 && hours <= days * 24);
        expect(step).toBe(within.length === 0 ? null : Math.min(...within));
      }),
    );
  });
});

test('docs/messages.md names every kind with its purpose and figures', () => {
  const page = readFileSync(join(projectRoot, 'docs', 'messages.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `(\w+)` +\| (\w+) +\|[^|]*\| (.*?) +\|$/gm)].map(([, ...cells]) => cells);
  const expected = NOTICE_KINDS.map((kind) => {
    const { purpose, figures } = MILESTONES[kind];
    const names = Object.entries(figures).map(([name, form]) => `\`${name}${form.endsWith('?') ? '?' : ''}\``);
    return [kind, purpose, names.join(', ')];
  });
  expect(rows).toEqual(expected);
});

test('news is what happened within a week', () => {
  expect(isNews(addDays(NOW, -6.99), NOW)).toBe(true);
  expect(isNews(addDays(NOW, -7), NOW)).toBe(false);
});

describe('who is told unless the programme says otherwise', () => {
  const shops = (terms: ReturnType<typeof messageTerms>): string[] => NOTICE_KINDS.filter((kind) => terms.channels[kind].shop);

  it('without a word about messages: shops of what they always heard, webhooks of all, nobody by mail', () => {
    const terms = messageTerms(null);
    expect(terms).toMatchObject({ language: 'en', expiringDays: [], tierRiskDays: null, voucherReminderDays: [] });
    expect(shops(terms)).toEqual(NOTICE_KINDS.filter((kind) => MILESTONES[kind].told === 'always'));
    expect(shops(terms)).toEqual(expect.arrayContaining(['tier_reached', 'referral_rewarded']));
    expect(Object.values(terms.channels).every(({ webhook, smtp }) => webhook && !smtp)).toBe(true);
  });

  it('with one: shops of everything but what may be very many at once', () => {
    const terms = messageTerms({
      language: 'de',
      expiringDays: [7, 30],
      tierRiskDays: 30,
      voucherReminderDays: [],
      delivery: 'shop',
      texts: {},
      channels: {},
    });
    expect(terms.expiringDays).toEqual([30, 7]);
    expect(NOTICE_KINDS.filter((kind) => !shops(terms).includes(kind))).toEqual(['segment_entered', 'segment_left']);
  });

  it('by mails of ours in place of the shop’s, where the programme says so, but for kinds it leaves to the shop', () => {
    const terms = messageTerms({
      ...WRITTEN,
      delivery: 'smtp',
      channels: { welcome: { shop: true }, badge_earned: { smtp: false } },
    });
    expect(NOTICE_KINDS.filter((kind) => terms.channels[kind].shop && terms.channels[kind].smtp)).toEqual([]);
    expect(shops(terms)).toEqual(['welcome', 'badge_earned']);
    expect(terms.channels.tier_reached).toEqual({ shop: false, webhook: true, smtp: true });
    expect(terms.channels.segment_entered).toEqual({ shop: false, webhook: true, smtp: false });
  });

  it('as the programme says of a kind', () => {
    const channels = { tier_reached: { shop: false, smtp: true }, segment_left: { shop: true } };
    const terms = messageTerms({ ...WRITTEN, channels });
    expect(terms.channels.tier_reached).toEqual({ shop: false, webhook: true, smtp: true });
    expect(terms.channels.segment_left).toEqual({ shop: true, webhook: true, smtp: false });
  });
});
