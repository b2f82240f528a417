/** Redemptions that want an approval: asked for once, answered once, used once, on both databases. */
import { askApproval } from '../../sidecar/src/operations/ask-approval';
import { decideApproval } from '../../sidecar/src/operations/decide-approval';
import { placeHold } from '../../sidecar/src/operations/place-hold';
import { releaseHold } from '../../sidecar/src/operations/release-hold';
import { unseatBuyer } from '../../sidecar/src/operations/seat-buyer';
import { tendCompanies } from '../../sidecar/src/operations/tend-companies';
import { secureCheckout } from '../../sidecar/src/sync/secure-checkout';
import { openCompanyBooks, SHOP, STAFF, type CompanyBooks } from '../support/company-books';
import { PROGRAMME_ID } from '../support/programme';
import { listWaiting } from '../../sidecar/src/stores/approval-store';
import { describeEachStorage } from '../support/storages';

describeEachStorage('approvals', (open) => {
  /** Ann needs approval above 50 points, Bob approves, and there are 1,000 points. */
  async function withApprover(pointsMode: 'pooled' | 'personal' = 'pooled'): Promise<CompanyBooks> {
    const books = await openCompanyBooks(await open(), { pointsMode });
    await books.seat(books.ann, { approvalAbove: 50 });
    await books.seat(books.bob, { role: 'approver' });
    await books.buy('c1', 'o1', 1000);
    return books;
  }
  const requests = ({ context: { db } }: CompanyBooks) =>
    db.selectFrom('company_approval').selectAll().orderBy('approval_id').execute();
  const answer = async (books: CompanyBooks, decision: 'approved' | 'refused', approverId: string | null = books.bob) => {
    const approvalId = (await requests(books)).at(-1)?.approval_id ?? '';
    return decideApproval(books.context, { companyId: books.company.company_id, approvalId, decision, approverId, ...STAFF });
  };

  it.each(['pooled', 'personal'] as const)('let a buyer place one redemption, with %s points', async (mode) => {
    const books = await withApprover(mode);
    expect((await books.spend('c1', 'w0', 50)).ok).toBe(true);
    expect(await books.spend('c1', 'w1', 80)).toMatchObject({ code: 'approval_needed', details: { approvalAbove: 50 } });
    expect(await books.spend('c1', 'w1', 80)).toMatchObject({ code: 'approval_needed' });
    expect(await requests(books)).toMatchObject([{ status: 'pending', points: 80, member_id: books.ann, cart_ref: 'w1' }]);
    expect((await books.mirror('c2')).company?.openApprovals).toBe(1);
    expect(await books.mirror('c1')).toMatchObject({ redeemLimit: 50, company: { openApprovals: 1, approvedPoints: 0 } });
    expect(await answer(books, 'approved')).toMatchObject({ value: { status: 'approved', decided_by: books.bob } });
    expect(await answer(books, 'approved')).toMatchObject({ value: { status: 'approved' } });
    expect(await answer(books, 'refused')).toMatchObject({ code: 'already_decided' });
    expect(await books.mirror('c1')).toMatchObject({ redeemLimit: 80, company: { openApprovals: 0, approvedPoints: 80 } });
    const results = await Promise.all(['w2', 'w3', 'w4'].map((intent) => books.spend('c1', intent, 70)));
    expect(results.map((result) => (result.ok ? 'ok' : result.code)).sort()).toEqual([
      'approval_needed',
      'approval_needed',
      'ok',
    ]);
    const used = (await requests(books)).filter((request) => request.hold_id !== null);
    expect(used).toHaveLength(1);
  });

  it('come back when the redemption comes to nothing, and end when the order is placed', async () => {
    const books = await withApprover();
    await books.spend('c1', 'w1', 80);
    await answer(books, 'approved');
    const first = await books.spend('c1', 'w1', 80);
    if (!first.ok) throw new Error(first.code);
    await releaseHold(books.context, { holdId: first.value.holdId, programmeId: null, status: 'expired' });
    const second = await books.spend('c1', 'w2', 80);
    if (!second.ok) throw new Error(second.code);
    // The cart of the order under way still has what it was approved.
    expect((await books.mirror('c1')).redeemLimit).toBe(80);
    await books.buy('c1', 'o2', 200, { redemption: { holdId: second.value.holdId, points: 80 } });
    expect((await books.mirror('c1')).redeemLimit).toBe(50);
    expect(await books.spend('c1', 'w3', 80)).toMatchObject({ code: 'approval_needed' });
  });

  it('are answered by approvers of the company and by staff, never by the buyer', async () => {
    const books = await withApprover();
    await books.spend('c1', 'w1', 80);
    expect(await answer(books, 'approved', books.ann)).toMatchObject({ code: 'not_an_approver' });
    await books.seat(books.ann, { approvalAbove: 50, role: 'admin' });
    expect(await answer(books, 'approved', books.ann)).toMatchObject({ code: 'own_request' });
    expect(await answer(books, 'approved', books.company.account_member_id)).toMatchObject({ code: 'not_an_approver' });
    expect(await answer(books, 'refused', null)).toMatchObject({ value: { status: 'refused', decided_by: null } });
    expect(await books.spend('c1', 'w1', 80)).toMatchObject({ code: 'approval_needed' });
    expect(await requests(books)).toMatchObject([{ status: 'refused' }, { status: 'pending' }]);
  });

  it('are decided once when two answer at once', async () => {
    const books = await withApprover();
    await books.spend('c1', 'w1', 80);
    const results = await Promise.all([answer(books, 'approved'), answer(books, 'refused', null)]);
    expect(results.map((result) => (result.ok ? 'decided' : result.code)).sort()).toEqual(['already_decided', 'decided']);
  });

  it('wait in one list for all companies of a programme, page by page, until their time is over', async () => {
    const books = await withApprover();
    const { context, clock, company } = books;
    await books.seat(books.bob, { approvalAbove: 50 });
    await books.spend('c1', 'w1', 80);
    await books.spend('c2', 'w2', 90);
    const waiting = (after: string, programmeId: string | null = PROGRAMME_ID) =>
      listWaiting(context.db, { programmeId, after, limit: 1 }, clock.now());
    const [first] = await waiting('');
    expect(first).toMatchObject({ member_id: books.ann, points: 80, company_name: company.name });
    expect(await waiting(first?.approval_id ?? '')).toMatchObject([{ member_id: books.bob, points: 90 }]);
    expect(await waiting('', null)).toHaveLength(1);
    expect(await waiting('', 'foreign')).toEqual([]);
    clock.advance(14 * 86_400_000);
    expect(await waiting('')).toEqual([]);
  });

  it('lapse, are replaced by another wish, and end with the buyer', async () => {
    const books = await withApprover();
    const { context, clock, ann, company } = books;
    await books.spend('c1', 'w1', 80);
    await books.spend('c1', 'w1', 90);
    expect(await requests(books)).toMatchObject([{ status: 'withdrawn' }, { status: 'pending', points: 90 }]);
    clock.advance(7 * 86_400_000);
    expect(await answer(books, 'approved')).toMatchObject({ code: 'request_expired' });
    expect(await tendCompanies(context, clock.now())).toMatchObject({ expired: 1 });
    expect((await books.mirror('c2')).company?.openApprovals).toBe(0);
    await books.spend('c1', 'w2', 80);
    await answer(books, 'approved');
    clock.advance(7 * 86_400_000);
    expect(await books.spend('c1', 'w2', 80)).toMatchObject({ code: 'approval_needed' });
    await unseatBuyer(context, { companyId: company.company_id, memberId: ann, ...STAFF });
    expect((await requests(books)).map(({ status }) => status)).not.toContain('pending');
  });

  it('are asked for at the checkout and ahead of it', async () => {
    const books = await withApprover();
    const { context, ann } = books;
    const deps = { context, orderOfIntent: () => Promise.resolve(null), onUnknownOrder: () => undefined };
    const wish = { programmeId: PROGRAMME_ID, shopId: SHOP, customerId: 'c1', currency: 'EUR', valueMinor: 80 };
    expect(await secureCheckout(deps, { ...wish, intent: 'w1', points: 80, isPlacement: false })).toBe('approval_needed');
    expect(await requests(books)).toMatchObject([{ status: 'pending', points: 80 }]);
    const asked = { memberId: ann, companyId: null, shopId: SHOP, cartRef: 'w1' };
    expect(await askApproval(context, { ...asked, points: 80 })).toMatchObject({ value: { needed: true } });
    expect(await askApproval(context, { ...asked, points: 50 })).toMatchObject({ value: { needed: false } });
    expect(await requests(books)).toHaveLength(1);
    await answer(books, 'approved');
    expect(await secureCheckout(deps, { ...wish, intent: 'w1', points: 80, isPlacement: false })).toBeNull();
    expect(await secureCheckout(deps, { ...wish, intent: 'w1', points: 80, isPlacement: true })).toBeNull();
    expect(await secureCheckout(deps, { ...wish, intent: 'w1', points: 80, isPlacement: false })).toBeNull();
    const hold = { programmeId: PROGRAMME_ID, shopId: SHOP, customerId: 'c1', cartRef: 'cart', points: 60, currency: 'EUR' };
    expect(await placeHold(context, { ...hold, goodsMinor: 10_000, idempotencyKey: 'key-1' })).toMatchObject({
      code: 'approval_needed',
    });
    await books.seat(ann, { pointsPerOrder: 10 });
    expect(await secureCheckout(deps, { ...wish, intent: 'w2', points: 20, isPlacement: true })).toBe('above_buyer_limit');
  });
});
