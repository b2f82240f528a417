import fc from 'fast-check';
import type { FulfilmentState } from '../../sidecar/src/domain/catalogue-reward';
import type { TermsMirror } from '../../sidecar/src/domain/mirror';
import { memberBalance } from '../../sidecar/src/ledger/queries';
import { verifyBooks } from '../../sidecar/src/ledger/verify';
import { listRewards } from '../../sidecar/src/operations/list-rewards';
import { moveRedemption } from '../../sidecar/src/operations/move-redemption';
import { redeemReward, type RewardRequest } from '../../sidecar/src/operations/redeem-reward';
import { registerCustomer } from '../../sidecar/src/operations/register-customer';
import { stepsOf, takenOfStock } from '../../sidecar/src/stores/reward-store';
import { openBooks, type Books } from '../support/books';
import { PROGRAMME_ID, programmeDocument, publish } from '../support/programme';
import { describeEachStorage } from '../support/storages';

const NOW = '2026-03-01T10:00:00.000Z';
const tour = (change: object = {}) => ({ code: 'tour', name: 'Tour', kind: 'experience', pointsPrice: 100, ...change });

describeEachStorage('rewards of the catalogue', (open) => {
  const openWith = async (...rewards: object[]): Promise<Books> =>
    openBooks(await open(), NOW, { tiers: { levels: [{ code: 'gold', name: 'Gold', threshold: 5000 }] }, rewards });

  const request = (books: Books, change: Partial<RewardRequest> = {}): RewardRequest => ({
    programmeId: PROGRAMME_ID,
    rewardCode: 'tour',
    member: { memberId: books.memberId },
    quantity: 1,
    shopId: 'shop-1',
    note: null,
    actor: 'test',
    idempotencyKey: 'key-1',
    ...change,
  });
  const redeem = (books: Books, change: Partial<RewardRequest> = {}) => redeemReward(books.context, request(books, change));
  const redeemed = async (books: Books, change: Partial<RewardRequest> = {}) => {
    const result = await redeem(books, change);
    if (!result.ok) throw new Error(`${result.code} ${JSON.stringify(result.details)}`);
    return result.value.redemption;
  };
  const move = (books: Books, redemptionId: string, state: FulfilmentState) =>
    moveRedemption(books.context, { redemptionId, state, actor: 'staff', note: 'as agreed' });
  const lots = async (books: Books) =>
    books.context.db.selectFrom('lot').select(['lot_id', 'available', 'expires_at']).orderBy('lot_id').execute();
  const newcomer = (books: Books, customerId: string): Promise<string> =>
    registerCustomer(books.context, {
      programmeId: PROGRAMME_ID,
      shopId: 'shop-1',
      customerId,
      emailHash: customerId,
      customerGroup: null,
      registeredAt: NOW,
      mirrorMissing: false,
      emailVerified: true,
      messageIds: [],
    });

  it('cost points once, however often they are asked for, and show in the books and the shop', async () => {
    const books = await openWith(tour());
    await books.earn(250);
    const first = await redeemed(books, { quantity: 2 });
    expect(first).toMatchObject({ state: 'requested', points: 200, quantity: 2, reward_name: 'Tour' });
    expect(await redeem(books, { quantity: 2 })).toMatchObject({ ok: true, value: { repeated: true, redemption: first } });
    expect(await redeem(books)).toMatchObject({ code: 'idempotency_mismatch' });
    expect(await books.available()).toBe(50);
    const { availablePoints, rewards } = await books.mirror();
    expect({ availablePoints, ...rewards }).toMatchObject({
      availablePoints: 50,
      taken: { tour: 2 },
      latest: [{ code: 'tour', name: 'Tour', state: 'requested', points: 200 }],
    });
    expect(await books.latestReasons('reward_redemption')).toMatchObject([{ code: 'reward_redeemed', applied: true }]);
    expect(await verifyBooks(books.context.db)).toMatchObject({ ok: true });
  });

  it('are given out exactly as often as there are pieces, to forty who come at once', async () => {
    const books = await openWith(tour({ stock: 10 }));
    const members = await Promise.all(Array.from({ length: 40 }, (_, index) => newcomer(books, `many-${index}`)));
    for (const memberId of members) await books.earn(100, memberId);
    const answers = await Promise.all(
      members.map((memberId) => redeem(books, { member: { memberId }, idempotencyKey: `key-${memberId}` })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(10);
    const refused = answers.flatMap((answer) => (answer.ok ? [] : [answer.details['reason']]));
    expect(refused).toEqual(Array.from({ length: 30 }, () => 'reward_sold_out'));
    expect((await takenOfStock(books.context.db, PROGRAMME_ID)).get('tour')).toBe(10);
    const balances = await Promise.all(members.map((memberId) => memberBalance(books.context.db, memberId)));
    expect(balances.reduce((sum, balance) => sum + (balance?.available ?? 0), 0)).toBe(3000);
    expect(await verifyBooks(books.context.db)).toMatchObject({ ok: true });
  });

  it('asked for twice at once under one key are bought once, and with points for one only once', async () => {
    const books = await openWith(tour());
    await books.earn(150);
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) => redeem(books, { idempotencyKey: `key-${index % 2}` })),
    );
    expect(answers.filter((answer) => answer.ok && !answer.value.repeated)).toHaveLength(1);
    expect(await books.available()).toBe(50);
  });

  it('are refused by tier, segment, date, limit and points, each with its reason and a decision', async () => {
    const rewards = [
      tour({ scope: { tiers: ['gold'] } }),
      tour({ code: 'vip', scope: { segments: ['vip'] } }),
      tour({ code: 'later', scope: { from: '2026-03-02' } }),
      tour({ code: 'over', scope: { until: '2026-03-01T10:00:00Z' } }),
      tour({ code: 'once', perMember: 1, pointsPrice: 10 }),
      tour({ code: 'dear', pointsPrice: 500 }),
      tour({ code: 'gone', stock: 0 }),
    ];
    const books = await openWith(...rewards);
    await books.earn(100);
    const reasonFor = async (rewardCode: string, quantity = 1): Promise<unknown> => {
      const answer = await redeem(books, { rewardCode, quantity, idempotencyKey: `${rewardCode}-${quantity}` });
      return answer.ok ? 'given' : answer.details['reason'];
    };
    expect(await reasonFor('tour')).toBe('reward_other_tier');
    expect(await reasonFor('vip')).toBe('reward_other_segment');
    expect(await reasonFor('later')).toBe('reward_outside_dates');
    expect(await reasonFor('over')).toBe('reward_outside_dates');
    expect(await reasonFor('once', 2)).toBe('reward_limit_per_member');
    expect(await reasonFor('once')).toBe('given');
    expect(await reasonFor('dear')).toBe('reward_points_missing');
    expect(await reasonFor('gone')).toBe('reward_sold_out');
    const kept = (await books.latestReasons('reward_redemption')).map(({ code, applied }) => [code, applied]);
    expect(kept).toEqual([
      ['reward_sold_out', false],
      ['reward_points_missing', false],
    ]);
    expect(await redeem(books, { rewardCode: 'nothing', idempotencyKey: 'n' })).toMatchObject({ code: 'unknown_reward' });
    expect(await redeem(books, { member: { memberId: 'nobody' } })).toMatchObject({ code: 'unknown_member' });
    expect(await redeem(books, { rewardCode: 'dear', idempotencyKey: 'd2' })).toMatchObject({
      code: 'insufficient_points',
      details: { missing: 410 },
    });
    await books.context.db.updateTable('member').set({ tier: 'gold' }).execute();
    const listed = await listRewards(books.context, PROGRAMME_ID, { memberId: books.memberId });
    const found = listed.ok ? listed.value.rewards.map((one) => [one.reward.code, one.obstacles.map(({ code }) => code)]) : [];
    expect(Object.fromEntries(found)).toEqual({
      tour: ['reward_points_missing'],
      vip: ['reward_other_segment', 'reward_points_missing'],
      later: ['reward_outside_dates', 'reward_points_missing'],
      over: ['reward_outside_dates', 'reward_points_missing'],
      once: ['reward_limit_per_member'],
      dear: ['reward_points_missing'],
      gone: ['reward_sold_out', 'reward_points_missing'],
    });
    expect(await books.available()).toBe(90);
  });

  it('go from request to fulfilment with who did it, and no other way', async () => {
    const books = await openWith(tour());
    await books.earn(100);
    const { redemption_id: id } = await redeemed(books);
    expect(await move(books, id, 'confirmed')).toMatchObject({ value: { changed: true, redemption: { state: 'confirmed' } } });
    expect(await move(books, id, 'confirmed')).toMatchObject({ value: { changed: false } });
    expect(await move(books, id, 'requested')).toMatchObject({ code: 'state_does_not_follow' });
    expect(await move(books, id, 'fulfilled')).toMatchObject({ value: { changed: true } });
    expect(await move(books, id, 'confirmed')).toMatchObject({ code: 'state_does_not_follow' });
    expect(await move(books, 'nothing', 'confirmed')).toMatchObject({ code: 'unknown_redemption' });
    const steps = (await stepsOf(books.context.db, id)).map(({ state, actor, note, at }) => [state, actor, note, at]);
    expect(steps).toEqual([
      ['requested', 'test', null, NOW],
      ['confirmed', 'staff', 'as agreed', NOW],
      ['fulfilled', 'staff', 'as agreed', NOW],
    ]);
    expect((await books.mirror()).rewards?.latest[0]?.state).toBe('fulfilled');
  });

  it('cancelled give points to the lots they came from, with their expiry, and the piece to the next', async () => {
    const books = await openWith(tour({ pointsPrice: 120, stock: 1 }));
    await books.earn(100);
    await books.moveTo('2026-03-05T10:00:00.000Z');
    await books.earn(50);
    const before = await lots(books);
    const { redemption_id: id } = await redeemed(books);
    expect((await lots(books)).map(({ available }) => available).sort()).toEqual([0, 30]);
    expect(await redeem(books, { idempotencyKey: 'key-2' })).toMatchObject({ ok: false });
    const [one, other] = await Promise.all([move(books, id, 'cancelled'), move(books, id, 'cancelled')]);
    expect([one, other].filter((answer) => answer.ok && answer.value.changed)).toHaveLength(1);
    expect(await lots(books)).toEqual(before);
    expect(await move(books, id, 'fulfilled')).toMatchObject({ code: 'state_does_not_follow' });
    expect((await books.mirror()).rewards?.taken).toEqual({});
    expect(await redeemed(books, { idempotencyKey: 'key-3' })).toMatchObject({ state: 'requested' });
    expect(await verifyBooks(books.context.db)).toMatchObject({ ok: true });
  });

  it('that are vouchers are handed over at once, and taken back', async () => {
    const books = await openWith(tour({ code: 'ten', kind: 'voucher', voucher: { value: 10, validDays: 30 } }));
    await books.earn(200);
    const redemption = await redeemed(books, { rewardCode: 'ten', quantity: 2 });
    expect(redemption.state).toBe('fulfilled');
    const vouchers = () =>
      books.context.db.selectFrom('voucher').select(['value_minor', 'currency', 'status', 'expires_at']).execute();
    const voucher = { value_minor: 1000, currency: 'EUR', status: 'active', expires_at: '2026-03-31T10:00:00.000Z' };
    expect(await vouchers()).toEqual([voucher, voucher]);
    expect((await books.mirror()).rewards?.latest[0]?.vouchers).toHaveLength(2);
    await move(books, redemption.redemption_id, 'cancelled');
    expect((await vouchers()).map(({ status }) => status)).toEqual(['revoked', 'revoked']);
    expect(await books.available()).toBe(200);
  });

  it('that are vouchers are refused whole to whom no shop can show them', async () => {
    const books = await openWith(tour({ code: 'ten', kind: 'voucher', stock: 1, voucher: { value: 10, validDays: 30 } }));
    await books.earn(100);
    await books.context.db.updateTable('member_identity').set({ customer_id: 'guest:e1' }).execute();
    expect(await redeem(books, { rewardCode: 'ten' })).toMatchObject({ code: 'no_account' });
    expect(await books.available()).toBe(100);
    expect((await takenOfStock(books.context.db, PROGRAMME_ID)).get('ten')).toBe(0);
  });

  it('that are presale access show in the shop until they end or are cancelled', async () => {
    const access = { code: 'spring', from: '2026-03-10', until: '2026-03-12' };
    const books = await openWith(tour({ code: 'presale', kind: 'presale', access }), tour());
    await books.earn(300);
    await redeemed(books, { rewardCode: 'presale' });
    const shown = async () => (await books.mirror()).rewards?.access;
    const times = { from: '2026-03-10T00:00:00.000Z', until: '2026-03-12T00:00:00.000Z' };
    expect(await shown()).toEqual([{ code: 'spring', ...times }]);
    const second = await redeemed(books, { rewardCode: 'presale', idempotencyKey: 'key-2' });
    await move(books, second.redemption_id, 'cancelled');
    expect(await shown()).toEqual([{ code: 'spring', ...times }]);
    await books.moveTo('2026-03-12T00:00:00.000Z');
    await redeemed(books, { idempotencyKey: 'key-3' });
    expect(await shown()).toEqual([]);
  });

  it('tell the shops how few are left, when the last one is gone, and when some are back', async () => {
    const books = await openWith(tour({ stock: 12 }));
    const { db } = books.context;
    await books.earn(1200);
    const shop = { shop_id: 'shop-1', platform: 'magento', external_shop_id: 'x', programme_id: PROGRAMME_ID, url: 'u' } as const;
    const empty = {
      signing_secret: null,
      previous_signing_secret: null,
      previous_valid_until: null,
      pending_signing_secret: null,
      pending_url: null,
      api_credentials: null,
      app_version: null,
    };
    const rest = { status: 'active', settings: '{}', created_at: NOW, updated_at: NOW } as const;
    await db
      .insertInto('shop')
      .values({ ...shop, ...empty, ...rest })
      .execute();
    const left = async (): Promise<unknown> => {
      const row = await db.selectFrom('desired_state').select('desired').where('resource_type', '=', 'terms').executeTakeFirst();
      return row && (JSON.parse(row.desired) as TermsMirror).rewards?.map((reward) => [reward.left, reward.isSoldOut]);
    };
    await redeemed(books);
    expect(await left()).toBeUndefined();
    await redeemed(books, { idempotencyKey: 'key-2' });
    expect(await left()).toEqual([[10, false]]);
    const last = await redeemed(books, { idempotencyKey: 'key-3', quantity: 10 });
    expect(await left()).toEqual([[0, true]]);
    await move(books, last.redemption_id, 'cancelled');
    expect(await left()).toEqual([[10, false]]);
  });

  it('keep what they were when the programme no longer has them', async () => {
    const books = await openWith(tour({ stock: 1 }));
    await books.earn(100);
    const { redemption_id: id } = await redeemed(books);
    await publish(books.context, programmeDocument(), NOW);
    expect(await redeem(books, { idempotencyKey: 'key-2' })).toMatchObject({ code: 'unknown_reward' });
    expect(await move(books, id, 'cancelled')).toMatchObject({ value: { changed: true } });
    expect(await books.available()).toBe(100);
  });

  it('leave exact books and stock, whatever is taken and cancelled in which order', async () => {
    const steps = fc.array(fc.record({ key: fc.nat({ max: 5 }), cancel: fc.boolean() }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const books = await openWith(tour({ stock: 3 }));
        await books.earn(250);
        for (const { key, cancel } of taken) {
          const answer = await redeem(books, { idempotencyKey: `key-${key}` });
          if (cancel && answer.ok) await move(books, answer.value.redemption.redemption_id, 'cancelled');
        }
        const rows = await books.context.db.selectFrom('reward_redemption').select(['state']).execute();
        const standing = rows.filter(({ state }) => state !== 'cancelled').length;
        expect(standing).toBeLessThanOrEqual(2);
        expect(await books.available()).toBe(250 - standing * 100);
        expect((await takenOfStock(books.context.db, PROGRAMME_ID)).get('tour') ?? 0).toBe(standing);
        expect(await verifyBooks(books.context.db)).toMatchObject({ ok: true });
      }),
      { numRuns: 4 },
    );
  });
});
