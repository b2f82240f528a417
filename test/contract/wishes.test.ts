import { verifyBooks } from '../../sidecar/src/ledger/verify';
import { grantWish } from '../../sidecar/src/operations/grant-wish';
import { moveRedemption } from '../../sidecar/src/operations/move-redemption';
import { openBooks, type Books } from '../support/books';
import { PROGRAMME_ID } from '../support/programme';
import { describeEachStorage } from '../support/storages';

const NOW = '2026-03-01T10:00:00.000Z';
const TOUR = { code: 'tour', name: 'Tour', kind: 'experience', pointsPrice: 100, stock: 11 };
const BONUS = { code: 'bonus', name: 'Bonus', minimumPoints: 300, payout: 'credit' };
const keyOf = (digit: string): string => digit.repeat(32);

describeEachStorage('what members ask for on pages of the shop', (open) => {
  const opened = async (): Promise<Books> => openBooks(await open(), NOW, { rewards: [TOUR], cashback: [BONUS] });
  const ask = (books: Books, kind: 'reward' | 'cancel' | 'cashback', code: string, key = keyOf('a'), askedAt = NOW) =>
    grantWish(books.context, {
      programmeId: PROGRAMME_ID,
      shopId: 'shop-1',
      customerId: 'c1',
      wish: { key, kind, code, askedAt },
    });
  const redemptionOf = async (books: Books): Promise<string> => (await books.mirror()).rewards?.latest[0]?.id ?? '';

  it('is done once for a key, answered the same, and shown with the member', async () => {
    const books = await opened();
    await books.earn(250);
    const answer = await ask(books, 'reward', 'tour');
    expect(answer).toMatchObject({ isGranted: true, reason: null, kind: 'reward', code: 'tour' });
    expect(await ask(books, 'reward', 'tour')).toEqual(answer);
    expect(await ask(books, 'cashback', 'bonus')).toMatchObject({ isGranted: false, reason: 'idempotency_mismatch' });
    const mirror = await books.mirror();
    expect(mirror).toMatchObject({ availablePoints: 150, rewards: { taken: { tour: 1 } }, wishes: [answer] });
    expect(await verifyBooks(books.context.db)).toMatchObject({ ok: true });
  });

  it('asked by two processes at the same time is done once', async () => {
    const books = await opened();
    await books.earn(250);
    const answers = await Promise.all([1, 2, 3].map(() => ask(books, 'reward', 'tour')));
    expect(answers.map(({ isGranted }) => isGranted)).toEqual([true, true, true]);
    expect(await books.available()).toBe(150);
  });

  it('is refused for good, with figures a page can say', async () => {
    const books = await opened();
    await books.earn(30);
    const refused = { isGranted: false, reason: 'reward_points_missing', figures: { missing: 70, price: 100, points: 30 } };
    expect(await ask(books, 'reward', 'tour')).toMatchObject(refused);
    await books.earn(500);
    expect(await ask(books, 'reward', 'tour')).toMatchObject(refused);
    expect(await books.available()).toBe(530);
    expect(await ask(books, 'reward', 'gone', keyOf('b'))).toMatchObject({ isGranted: false, reason: 'unknown_reward' });
    expect(await ask(books, 'reward', 'tour', keyOf('c'), '2026-03-01T08:59:59.000Z')).toMatchObject({ reason: 'wish_too_old' });
    expect(await books.available()).toBe(530);
  });

  it('cancels their own reward while nobody has begun with it', async () => {
    const books = await opened();
    await books.earn(250);
    await ask(books, 'reward', 'tour');
    const id = await redemptionOf(books);
    expect(await ask(books, 'cancel', 'of-nobody', keyOf('b'))).toMatchObject({ reason: 'unknown_redemption' });
    expect(await ask(books, 'cancel', id, keyOf('c'))).toMatchObject({ isGranted: true });
    expect(await books.available()).toBe(250);
    await ask(books, 'reward', 'tour', keyOf('d'));
    const second = await redemptionOf(books);
    await moveRedemption(books.context, { redemptionId: second, state: 'confirmed', actor: 'staff', note: null });
    expect(await ask(books, 'cancel', second, keyOf('e'))).toMatchObject({ isGranted: false, reason: 'state_does_not_follow' });
    expect(await books.available()).toBe(150);
  });

  it('pays out all that can be', async () => {
    const books = await opened();
    await books.earn(250);
    const refused = await ask(books, 'cashback', 'bonus');
    expect(refused).toMatchObject({ reason: 'cashback_below_minimum', figures: { minimumPoints: 300 } });
    await books.earn(100);
    expect(await ask(books, 'cashback', 'bonus', keyOf('b'))).toMatchObject({ isGranted: true });
    expect(await books.mirror()).toMatchObject({ availablePoints: 0, cashback: [{ points: 350, state: 'requested' }] });
  });

  it('of somebody the books do not know comes to nothing', async () => {
    const books = await opened();
    const wish = { key: keyOf('a'), kind: 'reward' as const, code: 'tour', askedAt: NOW };
    const asked = { programmeId: PROGRAMME_ID, shopId: 'shop-1', customerId: 'nobody', wish };
    expect(await grantWish(books.context, asked)).toMatchObject({ isGranted: false, reason: 'unknown_member' });
  });
});
