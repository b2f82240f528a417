import { grantNextPurchases } from '../../sidecar/src/operations/grant-next-purchase';
import { recordEvent } from '../../sidecar/src/operations/record-event';
import { registerCustomer } from '../../sidecar/src/operations/register-customer';
import { replayOrders } from '../../sidecar/src/operations/replay-orders';
import { resolveReferrals } from '../../sidecar/src/operations/resolve-referrals';
import { rewardOccasions } from '../../sidecar/src/operations/reward-occasions';
import { setBirthday } from '../../sidecar/src/operations/set-birthday';
import { setManualTier } from '../../sidecar/src/operations/set-manual-tier';
import { parseProgramme } from '../../sidecar/src/programme-document/programme-document';
import { canonicalJson } from '../../sidecar/src/storage/canonical-json';
import { findMember } from '../../sidecar/src/stores/member-store';
import { openBooks, type Books } from '../support/books';
import { PROGRAMME_ID, programmeDocument } from '../support/programme';
import { orderLine } from '../support/snapshots';
import { describeEachStorage } from '../support/storages';

const NOW = '2026-03-01T10:00:00.000Z';
const PAST = { programmeId: PROGRAMME_ID, shopId: null, from: '2026-01-01T00:00:00.000Z', to: '2026-12-31T23:59:59.999Z' };
const RULES = {
  accrual: { lockDays: 0, multipliers: [] },
  currencies: { EUR: { earn: { points: 1, per: 1 }, pointValue: { points: 100, value: 1 }, turnoverFactor: 1 } },
  welcome: { points: 20, voucher: { amountOff: { EUR: 5 }, validDays: 30 } },
  tiers: { levels: [{ code: 'gold', name: 'Gold', threshold: 5000 }] },
  activities: [
    { code: 'review', kind: 'review', name: 'Review', points: 50, limits: { perSubject: 1 } },
    { code: 'first', kind: 'custom', name: 'First of all', points: 7, altogether: 1 },
  ],
  occasions: [
    { code: 'birthday', name: 'Birthday', kind: 'birthday', points: 100, scope: { tiers: ['gold'] } },
    { code: 'may', name: 'May', kind: 'holiday', dates: ['2026-05-01'], points: 3 },
  ],
  referral: { friendDiscount: { percentOff: 10 }, referrerReward: { points: 500 }, returnWindowDays: 14 },
  nextPurchase: [{ code: 'again', voucher: { amountOff: { EUR: 2 }, validDays: 30 }, releaseDays: 5, limitPerMember: 1 }],
  memberships: [{ code: 'club', name: 'Club', products: ['CLUB'], durationMonths: 1, welcomePoints: 11 }],
  campaigns: [
    { code: 'spring', name: 'Spring', bonus: 40, budget: { points: 60 } },
    { code: 'once', name: 'Once', bonus: 9, budget: { perMember: 1 }, stacking: 'all' },
  ],
};

function programmeOf(change: object = {}) {
  const parsed = parseProgramme(programmeDocument({ ...RULES, redemption: null, ...change }));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.programme;
}

/** A year with something of everything, as it comes in: a member and a friend, who share what all share. */
async function history(books: Books): Promise<void> {
  const { context, clock, memberId } = books;
  const { db } = context;
  const jobs = async (at: string) => {
    await books.moveTo(at);
    await rewardOccasions(context, at);
    await resolveReferrals(context, at);
    await grantNextPurchases(context, at);
  };
  const tell = async (eventId: string, kind: string, member: string, data: object) => {
    const about = { programmeId: PROGRAMME_ID, eventId, kind, activity: kind === 'custom' ? 'first' : null, shopId: null };
    const told = await recordEvent(context, { ...about, member: { memberId: member }, occurredAt: clock.now(), data });
    if (!told.ok) throw new Error(told.code);
  };
  await setBirthday(context, { memberId, birthday: { month: 4, day: 10 } });
  await setManualTier(context, { memberId, tier: 'gold', endsAt: null, reason: 'friend of the house', actor: 'staff' });
  await books.buy('o1', '2026-03-02T10:00:00.000Z', 30);
  const review = { product: 'LAMP', length: 100, pictures: 0, isBuyer: true };
  await tell('event-0001', 'review', memberId, review);
  await tell('event-0002', 'review', memberId, review);
  const club = [orderLine({ productNumber: 'CLUB', quantityMilli: 1000, grossMinor: 1000, netMinor: 840 })];
  await books.buy('o2', '2026-03-05T10:00:00.000Z', 10, { lines: club });
  const referralCode = (await findMember(db, memberId)).referral_code;
  const friend = await registerCustomer(context, {
    programmeId: PROGRAMME_ID,
    shopId: 'shop-1',
    customerId: 'c2',
    emailHash: 'e2',
    customerGroup: null,
    registeredAt: clock.now(),
    mirrorMissing: false,
    emailVerified: true,
    referralCode,
    messageIds: [],
  });
  await tell('event-0003', 'custom', friend, { quantity: 1 });
  await tell('event-0004', 'custom', memberId, { quantity: 1 });
  const placedAt = '2026-03-06T10:00:00.000Z';
  const done = { completedAt: placedAt, orderState: 'completed' } as const;
  await books.buy('o3', placedAt, 20, { customerId: 'c2', emailHash: 'e2', referralCode, ...done });
  for (const day of ['2026-03-21', '2026-04-10', '2026-05-01']) await jobs(`${day}T12:00:00.000Z`);
  await books.buy('o4', '2026-06-01T10:00:00.000Z', 5);
  await jobs('2026-07-01T12:00:00.000Z');
}

const seen: string[] = [];

describeEachStorage('a replay of what came beside orders', (open) => {
  it('gives what the books gave, to the point and the voucher, on every database', async () => {
    const books = await openBooks(await open(), NOW, { ...RULES, redemption: null });
    await history(books);
    const { db } = books.context;
    const programme = programmeOf();
    const report = await replayOrders(db, PAST, { draft: programme, published: programme });
    const accounts = await db.selectFrom('member_account').select(['pending', 'available']).execute();
    const total = accounts.reduce((sum, { pending, available }) => sum + pending + available, 0);
    const vouchers = await db.selectFrom('voucher').select('value_minor').execute();
    const minor = vouchers.reduce((sum, row) => sum + row.value_minor, 0);
    // Welcome, orders, review, first of all, both holidays, a birthday of gold, a friend, the club, and budgets.
    expect(total).toBe(2 * 20 + 65 + 50 + 7 + 2 * 3 + 100 + 500 + 11 + 60 + 2 * 9);
    expect(report.points).toMatchObject({ issued: total, available: total, uncovered: 0 });
    expect(report.vouchers).toEqual({ given: vouchers.length, minor });
    expect(report.tiers).toMatchObject({ gold: { members: 1 }, none: { members: 1 } });
    expect(report.compared).toMatchObject({ winners: 0, losers: 0, unchanged: 2 });
    expect(report.replayed?.map(({ code }) => code.slice('what_if_with_'.length))).toEqual([
      ...['budgets', 'activities', 'referrals', 'occasions', 'vouchers', 'memberships', 'manual_tiers'],
    ]);
    seen.push(canonicalJson(report), canonicalJson(await replayOrders(db, PAST, { draft: programme, published: programme })));
    const differences = new Set(seen.map((text) => text.replace(/"mostGained".*?\]|"mostLost".*?\]/g, '')));
    expect(differences.size).toBe(1);
  });

  it('under another draft changes what that draft changes', async () => {
    const books = await openBooks(await open(), NOW, { ...RULES, redemption: null });
    await history(books);
    const { db } = books.context;
    const more = { referral: { ...RULES.referral, referrerReward: { points: 600 } }, occasions: [], tiers: { levels: [] } };
    const { compared, points } = await replayOrders(db, PAST, { draft: programmeOf(more), published: programmeOf() });
    expect(points.issued - (compared?.issued ?? 0)).toBe(100 - 2 * 3 - 100);
    const another = await replayOrders(db, { ...PAST, shopId: 'shop-9' }, { draft: programmeOf(), published: null });
    expect(another.points.issued).toBe(2 * 20 + 100 + 2 * 3);
  });
});
