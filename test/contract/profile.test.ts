/** What staff see of a member besides points, the same on both databases. */
import { memberProfile, type MemberProfile } from '../../sidecar/src/operations/show-profile';
import { setBirthday } from '../../sidecar/src/operations/set-birthday';
import { setLanguage } from '../../sidecar/src/operations/member-language';
import { findMember } from '../../sidecar/src/stores/member-store';
import { listVouchers } from '../../sidecar/src/stores/voucher-store';
import { openBooks, type Books } from '../support/books';
import { openCompanyBooks } from '../support/company-books';
import { describeEachStorage } from '../support/storages';

const LEVELS = {
  tiers: {
    metric: 'turnover',
    windowDays: 365,
    graceDays: 30,
    levels: [
      { code: 'silver', name: 'Silver', threshold: 200 },
      { code: 'gold', name: 'Gold', threshold: 500 },
    ],
  },
};

describeEachStorage('the profile of a member', (open) => {
  const profileOf = async ({ context }: Pick<Books, 'context'>, memberId: string): Promise<MemberProfile> =>
    memberProfile(context, await findMember(context.db, memberId));

  it('says what is missing for the next tier, until none is above', async () => {
    const books = await openBooks(await open(), '2026-02-01T00:00:00.000Z', LEVELS);
    await books.buy('o1', '2026-02-01T00:00:00.000Z', 80);
    await books.moveTo('2026-02-02T00:00:00.000Z');
    expect(await profileOf(books, books.memberId)).toMatchObject({
      tier: null,
      nextTier: { code: 'silver', missing: 12_000, conditions: [{ value: 8000, atLeast: 20_000, window: { days: 365 } }] },
    });
    await books.buy('o2', '2026-02-03T00:00:00.000Z', 500);
    await books.moveTo('2026-02-04T00:00:00.000Z');
    expect(await profileOf(books, books.memberId)).toMatchObject({ tier: 'gold', nextTier: null });
  });

  it('knows language and birthday once somebody has said', async () => {
    const books = await openBooks(await open(), '2026-02-01T00:00:00.000Z', {});
    const { context, memberId } = books;
    expect(await profileOf(books, memberId)).toEqual({
      language: null,
      birthday: null,
      tier: null,
      nextTier: null,
      company: null,
      segments: [],
      memberships: [],
      challenges: [],
      badges: [],
    });
    await setLanguage(context, { memberId, language: 'pt' });
    await setBirthday(context, { memberId, birthday: { month: 2, day: 29 } });
    expect(await profileOf(books, memberId)).toMatchObject({ language: 'pt', birthday: { month: 2, day: 29 } });
  });

  it('shows a buyer the tier of their company, and the company itself as its account', async () => {
    const books = await openCompanyBooks(await open(), {}, LEVELS);
    await books.seat(books.ann, { role: 'approver' });
    await books.seat(books.bob);
    await books.buy('c2', 'o1', 300);
    const company = { name: books.company.name, isPooled: true };
    expect(await profileOf(books, books.ann)).toMatchObject({
      tier: 'silver',
      nextTier: { code: 'gold', missing: 20_000 },
      company: { ...company, role: 'approver' },
    });
    expect(await profileOf(books, books.company.account_member_id)).toMatchObject({
      tier: 'silver',
      company: { ...company, role: null },
    });
  });

  it('lists vouchers page by page, newest first', async () => {
    const books = await openBooks(await open(), '2026-02-01T00:00:00.000Z', {});
    const { db } = books.context;
    for (const number of [1, 2, 3]) {
      await db
        .insertInto('voucher')
        .values({
          voucher_id: `v${number}`,
          programme_id: 'default',
          member_id: books.memberId,
          shop_id: 'shop-1',
          code: `CODE${number}`,
          value_minor: 500,
          currency: 'EUR',
          status: 'active',
          source_key: `test:${number}`,
          created_at: '2026-02-01T00:00:00.000Z',
        })
        .execute();
    }
    const page = async (before: string) => (await listVouchers(db, books.memberId, before, 2)).map((row) => row.code);
    expect([await page(''), await page('v2'), await page('v1')]).toEqual([['CODE3', 'CODE2'], ['CODE1'], []]);
  });
});
