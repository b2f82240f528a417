/** Companies: pooled points, buyers who come and go, limits that hold, tiers of all, on both databases. */
import { verifyBooks } from '../../sidecar/src/ledger/verify';
import { changeCompany, openCompany } from '../../sidecar/src/operations/open-company';
import { poolPoints } from '../../sidecar/src/operations/pool-points';
import { releaseHold } from '../../sidecar/src/operations/release-hold';
import { reviewTiers } from '../../sidecar/src/operations/review-tiers';
import { seatBuyer, unseatBuyer } from '../../sidecar/src/operations/seat-buyer';
import { tendCompanies } from '../../sidecar/src/operations/tend-companies';
import { openCompanyBooks, STAFF, type CompanyBooks } from '../support/company-books';
import { PROGRAMME_ID } from '../support/programme';
import { describeEachStorage } from '../support/storages';

const tiers = { metric: 'turnover', windowDays: 365, graceDays: 0, levels: [{ code: 'gold', name: 'Gold', threshold: 200 }] };

describeEachStorage('companies', (open) => {
  const leave = ({ context, company }: CompanyBooks, memberId: string) =>
    unseatBuyer(context, { companyId: company.company_id, memberId, ...STAFF });

  it('that are pooled have the points of what their buyers order while they are in it', async () => {
    const storage = await open();
    const books = await openCompanyBooks(storage);
    const { ann, bob, company } = books;
    await books.buy('c1', 'before', 10);
    await books.seat(ann);
    await books.seat(bob);
    await books.buy('c1', 'o1', 100);
    await books.buy('c2', 'o2', 50);
    expect(await books.available(company.account_member_id)).toBe(150);
    expect(await books.available(ann)).toBe(10);
    expect(await books.mirror('c1')).toMatchObject({ availablePoints: 150, company: { name: 'Miller Ltd', ownPoints: 10 } });
    expect(await books.mirror('c2')).toMatchObject({ availablePoints: 150, company: { isPooled: true, ownPoints: 0 } });
    const seen = (await books.mirror('c1')).version;
    expect(await leave(books, ann)).toMatchObject({ value: { changed: true } });
    expect(await leave(books, ann)).toMatchObject({ value: { changed: false } });
    expect(await books.mirror('c1')).toMatchObject({ availablePoints: 10, company: null });
    expect((await books.mirror('c1')).version).toBeGreaterThan(seen);
    await books.buy('c1', 'o1', 80);
    await books.buy('c1', 'after', 7);
    expect(await books.available(company.account_member_id)).toBe(130);
    expect(await books.available(ann)).toBe(17);
    expect(await verifyBooks(storage.db)).toMatchObject({ ok: true });
  });

  it('keep an order that was placed for them and comes to be known later, and none from before', async () => {
    const books = await openCompanyBooks(await open());
    const { ann, company, clock } = books;
    const before = clock.now();
    clock.advance(60_000);
    await books.seat(ann);
    clock.advance(60_000);
    const within = clock.now();
    clock.advance(60_000);
    await leave(books, ann);
    await books.buy('c1', 'within', 20, { placedAt: within });
    await books.buy('c1', 'before', 5, { placedAt: before });
    expect(await books.available(company.account_member_id)).toBe(20);
    expect(await books.available(ann)).toBe(5);
  });

  it('are opened once by a key, changed with a reason, and have modes that hold while somebody is in them', async () => {
    const storage = await open();
    const books = await openCompanyBooks(storage, { externalRef: 'ERP-1' });
    const { context, company, ann } = books;
    const same = { programmeId: PROGRAMME_ID, name: 'Miller Ltd', pointsMode: 'pooled', tierMode: 'account' } as const;
    const again = { ...same, externalRef: 'ERP-1', approvalDays: 7, ...STAFF, idempotencyKey: 'company-1' };
    expect(await openCompany(context, again)).toMatchObject({ value: { opened: false } });
    expect(await openCompany(context, { ...again, name: 'Other' })).toMatchObject({ code: 'idempotency_mismatch' });
    expect(await openCompany(context, { ...again, idempotencyKey: 'company-2' })).toMatchObject({ code: 'reference_taken' });
    await books.seat(ann);
    const change = (changes: object) => changeCompany(context, { companyId: company.company_id, changes, ...STAFF });
    expect(await change({ pointsMode: 'personal' })).toMatchObject({ code: 'has_buyers' });
    expect(await change({ status: 'closed' })).toMatchObject({ code: 'has_buyers' });
    expect(await change({ name: 'Miller & Sons' })).toMatchObject({ value: { name: 'Miller & Sons' } });
    expect((await books.mirror('c1')).company?.name).toBe('Miller & Sons');
    await leave(books, ann);
    expect(await change({ pointsMode: 'personal', status: 'closed' })).toMatchObject({ value: { points_mode: 'personal' } });
    expect(await books.seat(ann)).toMatchObject({ code: 'company_closed' });
    const kinds = await storage.db.selectFrom('decision').select('kind').where('kind', 'like', 'company%').execute();
    expect(kinds.map(({ kind }) => kind).sort()).toEqual(['company', 'company', 'company', 'company_member', 'company_member']);
  });

  it('have a member one at a time, also when two take them at once', async () => {
    const books = await openCompanyBooks(await open());
    const { context, company, ann } = books;
    const settings = { name: 'Other', externalRef: null, pointsMode: 'pooled', tierMode: 'account', approvalDays: 7 } as const;
    const other = await openCompany(context, { programmeId: PROGRAMME_ID, ...settings, ...STAFF, idempotencyKey: 'company-2' });
    if (!other.ok) throw new Error(other.code);
    const limits = { role: 'buyer', pointsPerOrder: null, pointsPerMonth: null, approvalAbove: null, ...STAFF } as const;
    const results = await Promise.all(
      [company, other.value.company].map(({ company_id: companyId }) =>
        seatBuyer(context, { companyId, memberId: ann, ...limits }),
      ),
    );
    expect(results.map((result) => (result.ok ? 'in' : result.code)).sort()).toEqual(['in', 'in_another_company']);
    expect(await books.seat(company.account_member_id)).toMatchObject({ code: 'not_a_buyer' });
  });

  it('let a buyer give own points away, which keep their expiry, once by a key', async () => {
    const storage = await open();
    const books = await openCompanyBooks(storage);
    const { context, company, ann } = books;
    await books.buy('c1', 'before', 30);
    await books.seat(ann);
    const gift = { companyId: company.company_id, memberId: ann, points: 20, ...STAFF, idempotencyKey: 'pooling-1' };
    expect(await poolPoints(context, gift)).toMatchObject({ value: { moved: true } });
    expect(await poolPoints(context, gift)).toMatchObject({ value: { moved: false } });
    expect(await poolPoints(context, { ...gift, points: 5 })).toMatchObject({ code: 'idempotency_mismatch' });
    expect(await poolPoints(context, { ...gift, points: 11, idempotencyKey: 'pooling-2' })).toMatchObject({
      code: 'insufficient_points',
      details: { availablePoints: 10 },
    });
    expect([await books.available(company.account_member_id), await books.available(ann)]).toEqual([20, 10]);
    const lots = await storage.db.selectFrom('lot').select('expires_at').where('open', '=', 1).execute();
    expect(new Set(lots.map((lot) => lot.expires_at)).size).toBe(1);
    expect((await books.mirror('c1')).company?.ownPoints).toBe(10);
    expect(await verifyBooks(storage.db)).toMatchObject({ ok: true });
  });

  it('hold the limits of a month to the point, however many redemptions come at once', async () => {
    const storage = await open();
    const books = await openCompanyBooks(storage);
    const { ann, bob, company, context, clock } = books;
    await books.seat(ann, { pointsPerMonth: 100, pointsPerOrder: 40 });
    await books.seat(bob);
    await books.buy('c2', 'o1', 1000);
    expect(await books.mirror('c1')).toMatchObject({ redeemLimit: 40, company: { pointsPerMonth: 100, usedThisMonth: 0 } });
    expect(await books.spend('c1', 'w0', 41)).toMatchObject({ code: 'above_order_limit' });
    const results = await Promise.all(['w1', 'w2', 'w3', 'w4', 'w5'].map((intent) => books.spend('c1', intent, 30)));
    const codes = results.map((result) => (result.ok ? 'ok' : result.code)).sort();
    expect(codes).toEqual(['above_month_limit', 'above_month_limit', 'ok', 'ok', 'ok']);
    expect(await books.available(company.account_member_id)).toBe(910);
    expect(await books.mirror('c1')).toMatchObject({ redeemLimit: 40, heldPoints: 90, company: { usedThisMonth: 90 } });
    expect(await books.mirror('c2')).toMatchObject({ redeemLimit: null, heldPoints: 0, availablePoints: 910 });
    const held = results.find((result) => result.ok);
    if (!held?.ok) throw new Error('nothing is held');
    await releaseHold(context, { holdId: held.value.holdId, programmeId: null, status: 'released' });
    expect(await books.mirror('c1')).toMatchObject({ redeemLimit: 40, company: { usedThisMonth: 60 } });
    clock.moveTo(Date.parse('2026-04-01T00:05:00.000Z'));
    expect(await tendCompanies(context, clock.now())).toEqual({ expired: 0, renewed: 1 });
    expect(await books.mirror('c1')).toMatchObject({ redeemLimit: 40, company: { usedThisMonth: 0 } });
    expect(await verifyBooks(storage.db)).toMatchObject({ ok: true });
  });

  it('count what an order kept spent, and give back what was returned', async () => {
    const books = await openCompanyBooks(await open());
    const { ann, company } = books;
    await books.seat(ann, { pointsPerMonth: 100 });
    await books.buy('c1', 'o1', 1000);
    const held = await books.spend('c1', 'w1', 80);
    if (!held.ok) throw new Error(held.code);
    const redemption = { holdId: held.value.holdId, points: 80 };
    await books.buy('c1', 'o2', 10, { redemption });
    expect(await books.mirror('c1')).toMatchObject({ redeemLimit: 20, spentIntent: 'w1' });
    await books.buy('c1', 'o2', 10, { redemption, orderState: 'cancelled' });
    expect(await books.mirror('c1')).toMatchObject({ redeemLimit: 100, availablePoints: 1000 });
    expect(await books.available(company.account_member_id)).toBe(1000);
  });

  it('do not let one buyer use up what another reserved', async () => {
    const storage = await open();
    const books = await openCompanyBooks(storage);
    const { ann, bob } = books;
    await books.seat(ann);
    await books.seat(bob);
    await books.buy('c1', 'o1', 100);
    const held = await books.spend('c1', 'w1', 60);
    if (!held.ok) throw new Error(held.code);
    await books.buy('c2', 'o2', 10, { redemption: { holdId: held.value.holdId, points: 20 } });
    const hold = await storage.db.selectFrom('hold').select('status').executeTakeFirstOrThrow();
    expect(hold.status).toBe('placed');
    expect(await verifyBooks(storage.db)).toMatchObject({ ok: true });
  });

  it.each(['pooled', 'personal'] as const)('have a tier from the orders of all, with %s points', async (pointsMode) => {
    const storage = await open();
    const books = await openCompanyBooks(storage, { pointsMode }, { tiers });
    const { ann, bob, company, context, clock } = books;
    await books.seat(ann);
    await books.seat(bob);
    await books.buy('c1', 'o1', 120);
    expect((await books.mirror('c1')).nextTier).toMatchObject({ code: 'gold', missing: 8000 });
    await books.buy('c2', 'o2', 90);
    expect(await books.mirror('c1')).toMatchObject({ tier: 'gold' });
    expect(await books.mirror('c2')).toMatchObject({ tier: 'gold', availablePoints: pointsMode === 'pooled' ? 210 : 90 });
    const notices = await storage.db
      .selectFrom('desired_state')
      .select('desired')
      .where('resource_type', '=', 'notice')
      .execute();
    expect(notices).toHaveLength(2);
    await books.buy('c1', 'o3', 1);
    const pinned = await storage.db
      .selectFrom('order_position')
      .select('pinned')
      .where('order_id', '=', 'o3')
      .executeTakeFirstOrThrow();
    expect(JSON.parse(pinned.pinned)).toMatchObject({ tier: 'gold' });
    await leave(books, bob);
    expect(await books.mirror('c2')).toMatchObject({ tier: null, company: null });
    clock.moveTo(Date.parse('2026-03-10T00:00:00.000Z'));
    await reviewTiers(context, clock.now());
    expect(await books.mirror('c1')).toMatchObject({ tier: 'gold' });
    clock.moveTo(Date.parse('2027-05-01T00:00:00.000Z'));
    await reviewTiers(context, clock.now());
    expect(await books.mirror('c1')).toMatchObject({ tier: null });
    expect(company.tier_mode).toBe('account');
  });
});
