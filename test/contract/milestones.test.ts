import type { NoticeMirror } from '../../sidecar/src/domain/mirror';
import { announceExpiring } from '../../sidecar/src/operations/announce-expiring';
import { announceTierRisk } from '../../sidecar/src/operations/announce-tier-risk';
import { recordConsent } from '../../sidecar/src/operations/record-consent';
import { registerCustomer } from '../../sidecar/src/operations/register-customer';
import { reviewSegments } from '../../sidecar/src/operations/review-segments';
import { reviewTiers } from '../../sidecar/src/operations/review-tiers';
import { hasConsent } from '../../sidecar/src/stores/consent-store';
import { openBooks, type Books } from '../support/books';
import { PROGRAMME_ID } from '../support/programme';
import { describeEachStorage } from '../support/storages';

const EARN = { EUR: { earn: { points: 1, per: 1 }, pointValue: { points: 100, value: 1 } } };
const MESSAGES = { language: 'de', expiringDays: [30, 7], tierRiskDays: 30 };
const START = '2026-01-02T00:00:00.000Z';

/** What the shop is told, oldest first. */
/** Without the link to unsubscribe, which every reminder has. */
function plainFigures({ figures }: Pick<NoticeMirror, 'figures'>): NoticeMirror['figures'] {
  const { unsubscribeUrl, ...plain } = figures;
  expect(unsubscribeUrl).toMatch(/^https:\/\/loyalty\.example\/messages\/unsubscribe\/.+\..{43}$/);
  return plain;
}

async function told({ context }: Books, kind: string): Promise<Pick<NoticeMirror, 'figures' | 'occurredAt'>[]> {
  const rows = await context.db
    .selectFrom('desired_state')
    .select('desired')
    .where('resource_type', '=', 'notice')
    .orderBy('resource_id')
    .execute();
  return rows
    .map((row) => JSON.parse(row.desired) as NoticeMirror)
    .filter((notice) => notice.kind === kind)
    .map(({ figures, occurredAt }) => ({ figures, occurredAt }));
}

describeEachStorage('milestones', (open) => {
  const books = async (change: Record<string, unknown> = {}): Promise<Books> =>
    openBooks(await open(), START, { currencies: EARN, messages: MESSAGES, ...change });

  it('a customer is welcomed once, and not when they registered long ago', async () => {
    const one = await books({ welcome: { points: 50 } });
    expect(await told(one, 'welcome')).toEqual([{ figures: { points: 50 }, occurredAt: '2026-01-01T00:00:00.000Z' }]);
    const again = {
      programmeId: PROGRAMME_ID,
      shopId: 'shop-1',
      customerId: 'c1',
      emailHash: 'e-new',
      customerGroup: null,
      registeredAt: '2026-01-01T00:00:00.000Z',
      mirrorMissing: false,
      emailVerified: true,
      messageIds: [],
    };
    await registerCustomer(one.context, again);
    await registerCustomer(one.context, {
      ...again,
      customerId: 'c2',
      emailHash: 'e2',
      registeredAt: '2025-12-01T00:00:00.000Z',
    });
    expect(await told(one, 'welcome')).toHaveLength(1);
  });

  it('points that became spendable are told with the order and the balance, once', async () => {
    const one = await books({ accrual: { lockDays: 3 } });
    await one.buy('o1', '2026-01-02T10:00:00.000Z', 40);
    expect(await told(one, 'points_available')).toEqual([]);
    await one.moveTo('2026-01-05T10:00:00.000Z');
    await one.moveTo('2026-01-05T11:00:00.000Z');
    const figures = { points: 40, balance: 40, orderNumber: 'o1' };
    expect(await told(one, 'points_available')).toEqual([{ figures, occurredAt: '2026-01-05T10:00:00.000Z' }]);
  });

  it('points that expire are told once a date and step, together, however many jobs run', async () => {
    const one = await books({ expireAfterDays: 60 });
    await one.buy('o1', '2026-01-02T08:00:00.000Z', 40);
    await one.buy('o2', '2026-01-02T09:00:00.000Z', 2);
    await one.buy('o3', '2026-01-20T09:00:00.000Z', 5);
    const expiresAt = '2026-03-03T08:00:00.000Z';
    const at = async (now: string): Promise<number> => {
      one.clock.moveTo(Date.parse(now));
      const runs = await Promise.all([announceExpiring(one.context, now), announceExpiring(one.context, now)]);
      return runs.reduce((sum, run) => sum + run.announced, 0);
    };
    expect(await at('2026-01-31T06:15:00.000Z')).toBe(0);
    expect(await at('2026-02-02T06:15:00.000Z')).toBe(1);
    expect(await at('2026-02-03T06:15:00.000Z')).toBe(0);
    await one.spend(10);
    expect(await at('2026-02-25T06:15:00.000Z')).toBe(2);
    expect((await told(one, 'points_expiring')).map(plainFigures)).toEqual([
      { points: 42, expiresAt, days: 30 },
      { points: 32, expiresAt, days: 7 },
      { points: 5, expiresAt: '2026-03-21T09:00:00.000Z', days: 30 },
    ]);
    expect(await at('2026-03-04T06:15:00.000Z')).toBe(0);
  });

  it('a tier at risk is told once for as long as it is, and again when it comes to be so again', async () => {
    const tiers = { windowDays: 60, graceDays: 0, levels: [{ code: 'silver', name: 'Silver', threshold: 30 }] };
    const one = await books({ tiers });
    await one.buy('o1', '2026-01-02T08:00:00.000Z', 40);
    const at = async (now: string): Promise<number> => {
      one.clock.moveTo(Date.parse(now));
      const runs = await Promise.all([announceTierRisk(one.context, now), announceTierRisk(one.context, now)]);
      return runs.reduce((sum, run) => sum + run.announced, 0);
    };
    expect(await at('2026-01-20T06:00:00.000Z')).toBe(0);
    expect(await at('2026-02-10T06:00:00.000Z')).toBe(1);
    expect(await at('2026-02-11T06:00:00.000Z')).toBe(0);
    await one.buy('o2', '2026-02-12T08:00:00.000Z', 40);
    expect(await at('2026-02-13T06:00:00.000Z')).toBe(0);
    expect(await at('2026-03-20T06:00:00.000Z')).toBe(1);
    expect((await told(one, 'tier_at_risk')).map(plainFigures)).toEqual([
      { tier: 'Silver', days: 30 },
      { tier: 'Silver', days: 30 },
    ]);
    await reviewTiers(one.context, '2026-06-01T00:00:00.000Z');
    await at('2026-06-01T06:00:00.000Z');
    expect(await one.context.db.selectFrom('tier_risk').selectAll().execute()).toEqual([]);
  });

  it('segments are told where the programme asks for it', async () => {
    const segments = [{ code: 'rich', name: 'Rich', conditions: [{ kind: 'balance', atLeast: 10 }] }];
    const quiet = await books({ segments });
    await quiet.buy('o1', '2026-01-02T08:00:00.000Z', 40);
    await reviewSegments(quiet.context, quiet.clock.now());
    expect(await told(quiet, 'segment_entered')).toEqual([]);
    const channels = { segment_entered: { shop: true }, segment_left: { shop: true } };
    const one = await books({ segments, messages: { ...MESSAGES, channels } });
    await one.buy('o1', '2026-01-02T08:00:00.000Z', 40);
    await reviewSegments(one.context, one.clock.now());
    await one.spend(35);
    await reviewSegments(one.context, one.clock.now());
    const figures = { segment: 'rich', name: 'Rich' };
    expect(await told(one, 'segment_entered')).toMatchObject([{ figures }]);
    expect(await told(one, 'segment_left')).toMatchObject([{ figures }]);
  });

  it('a kind that is told nowhere leaves no trace', async () => {
    const nowhere = { shop: false, webhook: false };
    const one = await books({ messages: { ...MESSAGES, channels: { welcome: nowhere, points_available: nowhere } } });
    await one.buy('o1', '2026-01-02T08:00:00.000Z', 40);
    expect(await one.context.db.selectFrom('member_notice').selectAll().execute()).toEqual([]);
  });

  it('consent is what the member said last, with all that was said before', async () => {
    const one = await books();
    const { context, memberId } = one;
    const said = { memberId, purpose: 'marketing', source: 'account', actor: 'member', textVersion: 'v1' } as const;
    expect(await hasConsent(context.db, memberId, 'marketing')).toBe(false);
    expect(await hasConsent(context.db, memberId, 'transactional')).toBe(true);
    const grant = { ...said, granted: true, at: '2026-01-02T01:00:00.000Z' };
    const both = await Promise.all([recordConsent(context, grant), recordConsent(context, grant)]);
    expect(both.map((result) => result.ok && result.value.changed).sort()).toEqual([false, true]);
    expect(await hasConsent(context.db, memberId, 'marketing')).toBe(true);
    const withdrawal = { ...said, granted: false, at: '2026-01-01T01:00:00.000Z' };
    expect(await recordConsent(context, withdrawal)).toMatchObject({ ok: false, code: 'not_latest' });
    expect(await recordConsent(context, { ...withdrawal, at: '2026-01-03T01:00:00.000Z' })).toMatchObject({ ok: true });
    expect(await hasConsent(context.db, memberId, 'marketing')).toBe(false);
    const decisions = await context.db.selectFrom('decision').selectAll().where('kind', '=', 'consent').execute();
    expect(decisions).toHaveLength(2);
  });
});
