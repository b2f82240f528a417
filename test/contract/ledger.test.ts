import { ManualClock } from '../../sidecar/src/clock';
import { sequentialIds } from '../../sidecar/src/ids';
import type { Posting } from '../../sidecar/src/ledger/entry';
import { captureHold, placeHold, releaseHold } from '../../sidecar/src/ledger/hold';
import { lockMember, openAccount, type LockedMember } from '../../sidecar/src/ledger/locked-member';
import { spendableLots } from '../../sidecar/src/ledger/lot';
import { postEntry } from '../../sidecar/src/ledger/post-entry';
import { memberBalance, memberLedger, programmeTotals } from '../../sidecar/src/ledger/queries';
import { verifyBooks } from '../../sidecar/src/ledger/verify';
import type { Storage } from '../../sidecar/src/storage/dialect';
import { inTransaction, type Trx } from '../../sidecar/src/storage/transaction';
import { describeEachStorage } from '../support/storages';

const start = Date.parse('2026-01-01T00:00:00.000Z');

function books(storage: Storage) {
  const context = { clock: new ManualClock(start), ids: sequentialIds('t') };
  let entries = 0;
  const post = (trx: Trx, member: LockedMember, postings: Posting[], expiresAt: string | null = null) =>
    postEntry(
      trx,
      context,
      member,
      {
        kind: 'adjustment',
        sourceKey: `test:${(entries += 1)}`,
        occurredAt: context.clock.now(),
        shopId: null,
        orderId: null,
        holdId: null,
        decisionId: null,
        postings,
      },
      new Map(
        postings.flatMap((posting) => (posting.lotId ? [[posting.lotId, { earnedAt: context.clock.now(), expiresAt }]] : [])),
      ),
    );
  return {
    context,
    open: (memberId: string) => inTransaction(storage.db, (trx) => openAccount(trx, memberId, 'p')),
    credit: (memberId: string, lotId: string, points: number, expiresAt: string | null = null) =>
      inTransaction(storage.db, async (trx) =>
        post(
          trx,
          await lockMember(trx, memberId),
          [
            { account: 'adjusted', lotId: null, points: -points },
            { account: 'available', lotId, points },
          ],
          expiresAt,
        ),
      ),
    post: (memberId: string, postings: Posting[]) =>
      inTransaction(storage.db, async (trx) => post(trx, await lockMember(trx, memberId), postings)),
    hold: (memberId: string, holdId: string, points: number) =>
      inTransaction(storage.db, async (trx) => {
        const member = await lockMember(trx, memberId);
        const lots = await spendableLots(trx, member, context.clock.now());
        if (lots.reduce((sum, lot) => sum + lot.points, 0) < points) return false;
        const now = context.clock.now();
        return placeHold(
          trx,
          context,
          member,
          {
            holdId,
            shopId: 's',
            cartRef: 'c',
            points,
            valueMinor: points,
            currency: 'EUR',
            placedAt: now,
            expiresAt: now,
            idempotencyKey: holdId,
            decisionId: 'decision',
          },
          lots,
        );
      }),
  };
}

describeEachStorage('ledger', (open) => {
  it('keeps balances, lots and chain in step with postings', async () => {
    const storage = await open();
    const ledger = books(storage);
    await ledger.open('m1');
    await ledger.credit('m1', 'lot-1', 100);
    await ledger.credit('m1', 'lot-2', 50);
    await ledger.post('m1', [
      { account: 'available', lotId: 'lot-1', points: -30 },
      { account: 'expired', lotId: null, points: 30 },
    ]);
    expect(await memberBalance(storage.db, 'm1')).toMatchObject({ available: 120, pending: 0, held: 0, debt: 0 });
    expect(await programmeTotals(storage.db, 'p')).toMatchObject({ available: 120, adjusted: -150, expired: 30 });
    const lines = await memberLedger(storage.db, 'm1', null, 2);
    expect(lines.map((line) => [line.seq, line.changes.available])).toEqual([
      [3, -30],
      [2, 50],
    ]);
    const verified = await verifyBooks(storage.db);
    expect(verified).toMatchObject({ ok: true, figures: { members: 1, entries: 3, postings: 6, lots: 2 } });
  });

  it('refuses entries that are not balanced, empty, or overdraw', async () => {
    const storage = await open();
    const ledger = books(storage);
    await ledger.open('m1');
    await ledger.credit('m1', 'lot-1', 10);
    const available = (points: number): Posting => ({ account: 'available', lotId: 'lot-1', points });
    await expect(ledger.post('m1', [available(5), { account: 'issued', lotId: null, points: -4 }])).rejects.toThrow('sums to 1');
    await expect(ledger.post('m1', [available(5)])).rejects.toThrow('1 postings');
    await expect(ledger.post('m1', [available(-0.5), { account: 'issued', lotId: null, points: 0.5 }])).rejects.toThrow('-0.5');
    await expect(
      ledger.post('m1', [
        { account: 'available', lotId: null, points: 5 },
        { account: 'issued', lotId: null, points: -5 },
      ]),
    ).rejects.toThrow('lacks a lot');
    await expect(ledger.post('m1', [available(-11), { account: 'issued', lotId: null, points: 11 }])).rejects.toThrow('refused');
    expect(await memberBalance(storage.db, 'm1')).toMatchObject({ available: 10 });
    expect((await verifyBooks(storage.db)).ok).toBe(true);
  });

  it('writes an idempotency key once', async () => {
    const storage = await open();
    const { context, open: openMember } = books(storage);
    await openMember('m1');
    const once = () =>
      inTransaction(storage.db, async (trx) =>
        postEntry(trx, context, await lockMember(trx, 'm1'), {
          kind: 'adjustment',
          sourceKey: 'same',
          occurredAt: context.clock.now(),
          shopId: null,
          orderId: null,
          holdId: null,
          decisionId: null,
          postings: [
            { account: 'adjusted', lotId: null, points: -5 },
            { account: 'available', lotId: 'l', points: 5 },
          ],
        }),
      );
    await once();
    await expect(once()).rejects.toThrow();
    expect(await memberBalance(storage.db, 'm1')).toMatchObject({ available: 5 });
    expect((await verifyBooks(storage.db)).ok).toBe(true);
  });

  it('lets exactly ten of sixty parallel holds of 10 take 100 points', async () => {
    const storage = await open();
    const ledger = books(storage);
    await ledger.open('m1');
    await ledger.credit('m1', 'lot-1', 70);
    await ledger.credit('m1', 'lot-2', 30);
    const outcomes = await Promise.all(Array.from({ length: 60 }, (_, index) => ledger.hold('m1', `hold-${index}`, 10)));
    expect(outcomes.filter(Boolean)).toHaveLength(10);
    expect(await memberBalance(storage.db, 'm1')).toMatchObject({ available: 0, held: 100 });
    expect((await verifyBooks(storage.db)).ok).toBe(true);
  });

  it('captures part of a hold and gives the rest back to its lots', async () => {
    const storage = await open();
    const ledger = books(storage);
    await ledger.open('m1');
    await ledger.credit('m1', 'lot-late', 50, '2027-01-01T00:00:00.000Z');
    await ledger.credit('m1', 'lot-soon', 50, '2026-06-01T00:00:00.000Z');
    await ledger.hold('m1', 'h', 80);
    const takes = await inTransaction(storage.db, async (trx) => {
      const member = await lockMember(trx, 'm1');
      const hold = await trx.selectFrom('hold').selectAll().where('hold_id', '=', 'h').executeTakeFirstOrThrow();
      const capture = { points: 60, orderId: 'o', occurredAt: ledger.context.clock.now(), decisionId: 'decision' };
      const first = await captureHold(trx, ledger.context, member, hold, capture);
      expect(await captureHold(trx, ledger.context, member, hold, capture)).toEqual([]);
      return first;
    });
    expect(takes).toEqual([
      { lotId: 'lot-soon', points: 50 },
      { lotId: 'lot-late', points: 10 },
    ]);
    const lots = await storage.db.selectFrom('lot').select(['lot_id', 'available', 'held', 'open']).orderBy('lot_id').execute();
    expect(lots).toMatchObject([
      { lot_id: 'lot-late', available: 40, held: 0, open: 1 },
      { lot_id: 'lot-soon', available: 0, held: 0, open: 0 },
    ]);
    expect((await verifyBooks(storage.db)).ok).toBe(true);
  });

  it('resolves a hold once, whoever comes first', async () => {
    const storage = await open();
    const ledger = books(storage);
    await ledger.open('m1');
    await ledger.credit('m1', 'lot-1', 50);
    await ledger.hold('m1', 'h', 50);
    const release = () =>
      inTransaction(storage.db, async (trx) => {
        const member = await lockMember(trx, 'm1');
        const hold = await trx.selectFrom('hold').selectAll().where('hold_id', '=', 'h').executeTakeFirstOrThrow();
        return releaseHold(trx, ledger.context, member, hold, {
          status: 'expired',
          occurredAt: ledger.context.clock.now(),
          decisionId: 'decision',
        });
      });
    const outcomes = await Promise.all([release(), release(), release()]);
    expect(outcomes.filter(Boolean)).toHaveLength(1);
    expect(await memberBalance(storage.db, 'm1')).toMatchObject({ available: 50, held: 0 });
    expect((await verifyBooks(storage.db)).ok).toBe(true);
  });
});

describeEachStorage('verify', (open) => {
  async function tampered(change: (storage: Storage) => Promise<unknown>): Promise<string> {
    const storage = await open();
    const ledger = books(storage);
    await ledger.open('m1');
    await ledger.credit('m1', 'lot-1', 10);
    await ledger.credit('m1', 'lot-1', 20);
    await change(storage);
    const result = await verifyBooks(storage.db);
    return result.ok ? 'ok' : result.difference;
  }

  it('finds a changed balance', async () => {
    expect(await tampered(({ db }) => db.updateTable('member_account').set({ available: 31 }).execute())).toContain(
      'available is 31, postings say 30',
    );
  });

  it('finds a changed posting, even one that keeps the sums', async () => {
    const difference = await tampered(async ({ db }) => {
      await db.updateTable('ledger_posting').set({ account: 'issued' }).where('account', '=', 'adjusted').execute();
    });
    expect(difference).toContain('hash does not match');
  });

  it('finds an unbalanced entry', async () => {
    const difference = await tampered(({ db }) =>
      db.updateTable('ledger_posting').set({ points: 11 }).where('points', '=', 10).execute(),
    );
    expect(difference).toContain('sums to 1');
  });

  it('finds a removed entry', async () => {
    expect(await tampered(({ db }) => db.deleteFrom('ledger_entry').where('seq', '=', 1).execute())).toContain('expected 1');
  });

  it('finds a changed lot', async () => {
    expect(await tampered(({ db }) => db.updateTable('lot').set({ available: 29 }).execute())).toContain('available is 29');
  });

  it('finds postings of nobody', async () => {
    const difference = await tampered(({ db }) => db.deleteFrom('member_account').execute());
    expect(difference).toContain('belongs to no entry or member');
  });
});
