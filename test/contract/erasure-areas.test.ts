/** What was kept of a person beside points and orders is named nowhere either once they are erased, and the books prove. */
import { verifyBooks } from '../../sidecar/src/ledger/verify';
import { acceptTerms } from '../../sidecar/src/operations/accept-terms';
import { askApproval } from '../../sidecar/src/operations/ask-approval';
import { eraseMember } from '../../sidecar/src/operations/erase-member';
import { payCashback } from '../../sidecar/src/operations/pay-cashback';
import { redeemReward } from '../../sidecar/src/operations/redeem-reward';
import { unseatBuyer } from '../../sidecar/src/operations/seat-buyer';
import { setBirthday } from '../../sidecar/src/operations/set-birthday';
import { openBooks } from '../support/books';
import { openCompanyBooks, STAFF } from '../support/company-books';
import { places } from '../support/places';
import { PROGRAMME_ID } from '../support/programme';
import { describeEachStorage } from '../support/storages';

describeEachStorage('whoever is erased', (open) => {
  it('leaves no birthday, note, payout or acceptance that names them', async () => {
    const storage = await open();
    const books = await openBooks(storage, '2026-02-01T10:00:00.000Z', {
      rewards: [{ code: 'tour', kind: 'experience', name: 'Tour', pointsPrice: 10, fulfilment: 'automatic' }],
      cashback: [{ code: 'cash', name: 'Cash', minimumPoints: 100, payout: 'credit' }],
      terms: { versions: [{ version: '1', validFrom: '2026-01-01', texts: { en: 'Rules' } }] },
    });
    const { context, memberId } = books;
    const { db } = storage;
    await books.earn(500);
    await setBirthday(context, { memberId, birthday: { month: 6, day: 12 } });
    const asked = { programmeId: PROGRAMME_ID, member: { memberId }, actor: 'actor-ann' };
    const reward = { ...asked, rewardCode: 'tour', quantity: 1, shopId: null, note: 'note-of-ann', idempotencyKey: 'key-00001' };
    expect(await redeemReward(context, reward)).toMatchObject({ ok: true });
    const payout = { ...asked, code: 'cash', points: 100, idempotencyKey: 'key-00002' };
    expect(await payCashback(context, payout)).toMatchObject({ ok: true });
    const said = {
      shopId: null,
      version: '1',
      language: 'en',
      at: context.clock.now(),
      source: 'page-of-ann',
      actor: 'actor-ann',
    };
    expect(await acceptTerms(context, { memberId, ...said })).toMatchObject({ ok: true });
    await eraseMember(context, { memberId, reason: 'asked', actor: 'staff', idempotencyKey: 'ticket-0001' });
    expect(await places(db, ['note-of-ann', 'page-of-ann'])).toEqual([]);
    expect(await db.selectFrom('member_profile').selectAll().execute()).toEqual([]);
    const points = await db.selectFrom('cashback_payout').select(['points', 'settled_note']).execute();
    expect(points).toEqual([{ points: 100, settled_note: null }]);
    expect(await db.selectFrom('terms_acceptance').select(['version', 'source', 'actor']).execute()).toEqual([
      { version: '1', source: 'erased', actor: 'erased' },
    ]);
    expect(await verifyBooks(db)).toMatchObject({ ok: true });
  });

  it('leaves a company its orders and requests, without them', async () => {
    const storage = await open();
    const books = await openCompanyBooks(storage);
    const { context, ann, company } = books;
    await books.seat(ann, { approvalAbove: 10 });
    expect(await books.buy('c1', 'o1', 100)).toBe('changed');
    const cart = { memberId: ann, companyId: null, shopId: 'shop-1', cartRef: 'cart-of-ann', points: 50 };
    expect(await askApproval(context, cart)).toMatchObject({ ok: true, value: { needed: true } });
    const asked = { memberId: ann, reason: 'asked', actor: 'staff', idempotencyKey: 'ticket-0001' };
    expect(await eraseMember(context, asked)).toMatchObject({ ok: false, code: 'in_company' });
    expect(await unseatBuyer(context, { companyId: company.company_id, memberId: ann, ...STAFF })).toMatchObject({ ok: true });
    expect(await eraseMember(context, asked)).toMatchObject({ ok: true, value: { erased: true } });
    expect(await places(storage.db, ['cart-of-ann', 'e-c1'])).toEqual([]);
    expect(await books.available(company.account_member_id)).toBe(100);
    expect(await storage.db.selectFrom('company_order').select('order_id').execute()).toEqual([{ order_id: 'o1' }]);
    expect(await verifyBooks(storage.db)).toMatchObject({ ok: true });
  });
});
