import { registerCustomer, isCustomerCurrent } from '../../sidecar/src/operations/register-customer';
import { rewardOccasions } from '../../sidecar/src/operations/reward-occasions';
import { setBirthday } from '../../sidecar/src/operations/set-birthday';
import type { MonthDay } from '../../sidecar/src/domain/occasion';
import type { Storage } from '../../sidecar/src/storage/dialect';
import { openBooks, type Books } from '../support/books';
import { PROGRAMME_ID } from '../support/programme';
import { describeEachStorage } from '../support/storages';

const birthday = { code: 'birthday', name: 'Birthday', kind: 'birthday', points: 100 };

interface Scene extends Books {
  run(): Promise<{ rewarded: number; refused: number }>;
  born(day: MonthDay | null): Promise<unknown>;
}

async function scene(open: () => Promise<Storage>, at: string, occasions: object[], timeZone = 'Europe/Berlin'): Promise<Scene> {
  const books = await openBooks(await open(), at, { timeZone, occasions });
  return {
    ...books,
    run: () => rewardOccasions(books.context, books.clock.now()),
    born: (day) => setBirthday(books.context, { memberId: books.memberId, birthday: day }),
  };
}

function customer(shopId: string, day: MonthDay | null) {
  const who = { programmeId: PROGRAMME_ID, shopId, customerId: 'c1', emailHash: 'e1', customerGroup: null, emailVerified: true };
  return { ...who, registeredAt: '2026-01-01T00:00:00.000Z', mirrorMissing: false, birthday: day };
}

describeEachStorage('occasions', (open) => {
  it('reward a birthday once a year, in the programme’s time zone, with reason, notice and two runs at once', async () => {
    const books = await scene(open, '2026-03-09T22:59:00.000Z', [birthday]);
    await books.born({ month: 3, day: 10 });
    expect(await books.run()).toEqual({ rewarded: 0, refused: 0 });
    await books.moveTo('2026-03-09T23:00:00.000Z');
    const runs = await Promise.all([books.run(), books.run()]);
    expect(runs.reduce((sum, one) => sum + one.rewarded, 0)).toBe(1);
    expect(await books.run()).toEqual({ rewarded: 0, refused: 0 });
    expect(await books.available()).toBe(100);
    expect(await books.latestReasons('occasion')).toMatchObject([
      { code: 'occasion', applied: true, figures: { on: '2026-03-10' } },
    ]);
    const notices = await books.context.db
      .selectFrom('member_notice')
      .select('kind')
      .where('kind', '=', 'occasion_rewarded')
      .execute();
    expect(notices).toHaveLength(1);
    await books.moveTo('2027-03-10T10:00:00.000Z');
    expect(await books.run()).toEqual({ rewarded: 1, refused: 0 });
  });

  it('give nothing for a birthday that was changed after the reward', async () => {
    const books = await scene(open, '2026-03-10T10:00:00.000Z', [birthday]);
    await books.born({ month: 3, day: 10 });
    expect(await books.run()).toEqual({ rewarded: 1, refused: 0 });
    await books.born({ month: 6, day: 1 });
    await books.moveTo('2026-06-01T10:00:00.000Z');
    expect(await books.run()).toEqual({ rewarded: 0, refused: 0 });
    await books.born({ month: 1, day: 2 });
    await books.moveTo('2027-01-02T10:00:00.000Z');
    expect(await books.run()).toEqual({ rewarded: 0, refused: 1 });
    expect(await books.available()).toBe(100);
  });

  it('are made up for within a week, and not later', async () => {
    const books = await scene(open, '2026-03-17T10:00:00.000Z', [birthday]);
    await books.born({ month: 3, day: 10 });
    expect(await books.run()).toEqual({ rewarded: 1, refused: 0 });
    const late = await scene(open, '2026-03-18T10:00:00.000Z', [birthday]);
    await late.born({ month: 3, day: 10 });
    expect(await late.run()).toEqual({ rewarded: 0, refused: 0 });
  });

  it('come before the day where the rule says so, across the end of the year, with a voucher', async () => {
    const early = { ...birthday, points: undefined, voucher: { percentOff: 15, validDays: 30 }, daysBefore: 5 };
    const books = await scene(open, '2026-12-29T10:00:00.000Z', [early]);
    await books.born({ month: 1, day: 3 });
    expect(await books.run()).toEqual({ rewarded: 1, refused: 0 });
    const { db } = books.context;
    expect(await db.selectFrom('occasion_reward').select(['year', 'due_on', 'points']).execute()).toEqual([
      { year: 2027, due_on: '2026-12-29', points: 0 },
    ]);
    expect(await db.selectFrom('voucher').select(['percent_bps', 'origin']).execute()).toEqual([
      { percent_bps: 1500, origin: 'occasion' },
    ]);
  });

  it('know anniversaries from the first year on', async () => {
    const anniversary = { code: 'years', name: 'A year with us', kind: 'anniversary', points: 50 };
    const books = await scene(open, '2026-01-01T10:00:00.000Z', [anniversary]);
    expect(await books.run()).toEqual({ rewarded: 0, refused: 0 });
    await books.moveTo('2027-01-01T10:00:00.000Z');
    expect(await books.run()).toEqual({ rewarded: 1, refused: 0 });
    expect(await books.latestReasons('occasion')).toMatchObject([{ figures: { years: 1 } }]);
  });

  it('reward everybody on a holiday once, who joins meanwhile too, and refuse who is too new', async () => {
    const easter = { code: 'easter', name: 'Easter', kind: 'holiday', dates: ['2026-04-05', '2027-03-28'], points: 20 };
    const strict = { code: 'spring', name: 'Spring', kind: 'holiday', date: '04-05', points: 5, minimumMemberDays: 365 };
    const books = await scene(open, '2026-04-05T10:00:00.000Z', [easter, strict]);
    expect(await books.run()).toEqual({ rewarded: 1, refused: 1 });
    await registerCustomer(books.context, {
      ...customer('shop-1', null),
      customerId: 'c2',
      emailHash: 'e2',
      registeredAt: '2026-04-05T11:00:00.000Z',
      messageIds: [],
    });
    expect(await books.run()).toEqual({ rewarded: 1, refused: 1 });
    expect(await books.run()).toEqual({ rewarded: 0, refused: 0 });
    expect(await books.available()).toBe(20);
  });

  it('keep month and day of a birthday alone, from one source', async () => {
    const books = await scene(open, '2026-03-01T10:00:00.000Z', [birthday]);
    const { db } = books.context;
    const tell = (shopId: string, day: MonthDay | null) =>
      registerCustomer(books.context, { ...customer(shopId, day), messageIds: [] });
    expect(await isCustomerCurrent(books.context, customer('shop-1', { month: 5, day: 6 }))).toBe(false);
    await tell('shop-1', { month: 5, day: 6 });
    expect(await isCustomerCurrent(books.context, customer('shop-1', { month: 5, day: 6 }))).toBe(true);
    const known = () => db.selectFrom('member_profile').select(['birth_month', 'birth_day', 'told_by']).execute();
    expect(await known()).toEqual([{ birth_month: 5, birth_day: 6, told_by: 'shop-1' }]);
    await books.born({ month: 7, day: 8 });
    await tell('shop-1', { month: 5, day: 6 });
    expect(await known()).toEqual([{ birth_month: 7, birth_day: 8, told_by: 'api' }]);
    await books.born(null);
    await tell('shop-1', { month: 5, day: 6 });
    await tell('shop-1', null);
    expect(await known()).toEqual([]);
  });
});
