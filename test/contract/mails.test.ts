import { createMailWorker } from '../../sidecar/src/outgoing/mail-worker';
import type { OutgoingWorker } from '../../sidecar/src/outgoing/polling';
import { createMailSender } from '../../sidecar/src/outgoing/smtp';
import { ShopApiError } from '../../sidecar/src/errors';
import { announce } from '../../sidecar/src/operations/announce';
import { enqueueMailTo } from '../../sidecar/src/operations/enqueue-mails';
import { recordConsent } from '../../sidecar/src/operations/record-consent';
import { setLanguage } from '../../sidecar/src/operations/member-language';
import type { CustomerContact } from '../../sidecar/src/platform/platform';
import { createRateBuckets } from '../../sidecar/src/security/rate-buckets';
import { createSealer } from '../../sidecar/src/security/sealer';
import { unsubscribeUrl } from '../../sidecar/src/security/unsubscribe-link';
import { inTransaction } from '../../sidecar/src/storage/transaction';
import { listMails, mailAddressContext, replayMails } from '../../sidecar/src/stores/mail-store';
import { purgeQueued, queueCounts } from '../../sidecar/src/stores/outgoing-queue';
import { openBooks, type Books } from '../support/books';
import { startMailServer, type MailServer } from '../support/mail-server';
import { PROGRAMME_ID } from '../support/programme';
import { connectedShop, standInPlatform } from '../support/stand-in-platform';
import { describeEachStorage } from '../support/storages';

const START = '2026-01-02T00:00:00.000Z';
const DAY_MS = 86_400_000;
const sealer = createSealer([{ id: 'test', key: Buffer.alloc(32, 7) }]);
const ANN = { email: 'ann@example.com', firstName: 'Ann', language: 'es-ES' };

describeEachStorage('mails of ours', (open) => {
  let server: MailServer;
  let books: Books;
  let contact: (customerId: string) => CustomerContact | null;
  const closing: (() => void)[] = [];

  beforeEach(async () => {
    server = await startMailServer();
    books = await openBooks(await open(), START, { messages: { language: 'de', delivery: 'smtp' } });
    // Opening the books has welcomed the member.
    await books.context.db.deleteFrom('mail_delivery').execute();
    contact = () => ANN;
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) close();
    await server.close();
  });

  const worker = (url = server.url, perSecond = 1000): OutgoingWorker => {
    const sender = createMailSender({ url, from: 'Club <club@example.com>' });
    closing.push(() => sender.close());
    const { db, clock, ids, programmes } = books.context;
    const platform = { ...standInPlatform(), readContact: (_shop: unknown, id: string) => Promise.resolve(id).then(contact) };
    return createMailWorker({
      db,
      clock,
      ids,
      programmes,
      sealer,
      sender,
      links: books.context.links,
      loadShop: (shopId) => Promise.resolve({ shop: connectedShop(shopId), platform }),
      random: () => 0.5,
      rate: createRateBuckets(perSecond, clock),
      log: { warn: () => undefined, error: () => undefined },
      onOutcome: () => undefined,
    });
  };
  const reach = (key: string, tier = 'Gold “★”'): Promise<boolean> =>
    inTransaction(books.context.db, (trx) =>
      announce(trx, books.context, { memberId: books.memberId, kind: 'tier_reached', key, occurredAt: START, figures: { tier } }),
    );
  const remind = (key: string): Promise<boolean> =>
    inTransaction(books.context.db, (trx) =>
      announce(trx, books.context, {
        memberId: books.memberId,
        kind: 'points_expiring',
        key,
        occurredAt: START,
        figures: { points: 5, expiresAt: START, days: 7 },
      }),
    );
  const consent = (granted: boolean, at = START) =>
    recordConsent(books.context, {
      memberId: books.memberId,
      purpose: 'marketing',
      granted,
      at,
      source: 's',
      actor: 'a',
      textVersion: null,
    });
  const mails = () => listMails(books.context.db, { programmeId: PROGRAMME_ID, status: undefined, before: '' }, 50);
  const states = async () => (await mails()).map(({ status, attempts, last_error: error }) => [status, attempts, error]);

  it('are sent once in the customer’s language to the address that the shop gives, which is kept nowhere', async () => {
    expect(await reach('gold')).toBe(true);
    expect(await reach('gold')).toBe(false);
    expect(await worker().runOnce()).toBe(1);
    expect(await worker().runOnce()).toBe(0);
    const [mail, ...others] = server.received;
    expect(others).toEqual([]);
    expect(mail).toMatchObject({ from: 'club@example.com', to: ['ann@example.com'] });
    expect(mail?.headers).toMatchObject({ subject: 'Has alcanzado Gold “★”', from: 'Club <club@example.com>' });
    expect(mail?.headers['message-id']).toBe(`<${(await mails())[0]?.mail_id ?? ''}@example.com>`);
    expect(mail?.headers['list-unsubscribe']).toBeUndefined();
    expect(mail?.text).toContain('Hola, Ann:');
    expect(mail?.html).toContain('Gold “★”');
    const rows = await books.context.db.selectFrom('mail_delivery').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain('ann@example.com');
    const told = await books.context.db
      .selectFrom('desired_state')
      .select('resource_id')
      .where('resource_type', '=', 'notice')
      .execute();
    expect(told).toEqual([]);
  });

  it('go by the language that was set for the member before the shop’s', async () => {
    await setLanguage(books.context, { memberId: books.memberId, language: 'ru' });
    await reach('gold', 'Gold');
    await worker().runOnce();
    expect(server.received[0]?.headers['subject']).toBe('Ваш новый уровень: Gold');
  });

  it('that need consent are sent with it alone, and can be ended by one click', async () => {
    expect(await remind('a')).toBe(true);
    expect(await states()).toEqual([]);
    await consent(true);
    await remind('b');
    await worker().runOnce();
    const { headers = {}, text = '' } = server.received[0] ?? {};
    const url = unsubscribeUrl(books.context.links, books.memberId);
    expect(headers).toMatchObject({ 'list-unsubscribe': `<${url}>`, 'list-unsubscribe-post': 'List-Unsubscribe=One-Click' });
    expect(text).toContain(url);
    await remind('c');
    await consent(false, '2026-01-02T00:00:01.000Z');
    await worker().runOnce();
    expect((await states())[0]).toEqual(['dropped', 1, 'without consent']);
    expect(server.received).toHaveLength(1);
  });

  it('wait when the server or the shop cannot, die when the address is refused, and live again by a replay', async () => {
    server.answers.push(451, 550);
    await reach('a');
    await worker().runOnce();
    expect(await states()).toEqual([['pending', 1, 'the mail server answered 451 (EENVELOPE)']]);
    books.clock.advance(6_000);
    await worker().runOnce();
    expect(await states()).toEqual([['dead', 2, 'the mail server answered 550 (EENVELOPE)']]);
    expect(await queueCounts(books.context.db, 'mail_delivery')).toEqual({ pending: 0, dead: 1 });
    expect(await replayMails(books.context.db, PROGRAMME_ID, null, books.clock.now())).toBe(1);
    contact = () => {
      throw new ShopApiError('the shop is down', true);
    };
    await worker().runOnce();
    expect(await states()).toEqual([['pending', 1, 'the shop is down']]);
    contact = () => ANN;
    books.clock.advance(6_000);
    await worker().runOnce();
    expect(await states()).toEqual([['done', 2, null]]);
    books.clock.advance(1);
    expect(await purgeQueued(books.context.db, 'mail_delivery', books.clock.now(), 10)).toBe(1);
  });

  it('leave a server alone that is down', async () => {
    for (const key of ['a', 'b', 'c', 'd', 'e']) await reach(key);
    const gone = await startMailServer();
    await gone.close();
    const sending = worker(gone.url);
    for (let look = 0; look < 6; look += 1) await sending.runOnce();
    expect((await states()).map(([, attempts]) => attempts).sort()).toEqual([0, 0, 1, 1, 1]);
    expect(server.received).toEqual([]);
  });

  it('are as many as the server takes', async () => {
    for (const key of ['a', 'b', 'c', 'd', 'e']) await reach(key);
    const sending = worker(server.url, 1);
    await sending.runOnce();
    expect(server.received).toHaveLength(2);
    books.clock.advance(1_000);
    await sending.runOnce();
    expect(server.received).toHaveLength(3);
  });

  it('are not sent by two workers at once', async () => {
    for (let key = 0; key < 15; key += 1) await reach(String(key));
    await Promise.all([worker().runOnce(), worker().runOnce(), worker().runOnce()]);
    const ids = server.received.map(({ headers }) => headers['message-id']);
    expect(ids).toHaveLength(15);
    expect(new Set(ids).size).toBe(15);
  });

  it.each([
    ['no shop knows the customer', () => null],
    ['the address is none', () => ({ ...ANN, email: 'ann@example.com, all@example.com' })],
    ['the address is none', () => ({ ...ANN, email: 'ann@example.com\r\nRCPT TO:<all@example.com>' })],
  ])('are dropped where %s', async (why, given) => {
    contact = given;
    await reach('a');
    await worker().runOnce();
    expect(await states()).toEqual([['dropped', 1, why]]);
    expect(server.received).toEqual([]);
  });

  it('are no news after a week', async () => {
    await reach('a');
    books.clock.advance(7 * DAY_MS);
    await worker().runOnce();
    expect(await states()).toEqual([['dropped', 1, 'it was no news any more']]);
  });

  it('go to an address that is no customer’s, which is forgotten with them', async () => {
    const mailId = books.context.ids.next();
    const sealedAddress = sealer.seal('new@example.com', mailAddressContext(mailId));
    const figures = { url: 'https://shop.example/confirm?a=1&b=2' };
    const lead = {
      mailId,
      programmeId: PROGRAMME_ID,
      kind: 'lead_confirmation_requested',
      figures,
      language: null,
      sealedAddress,
    } as const;
    await inTransaction(books.context.db, (trx) => enqueueMailTo(trx, books.context, lead));
    await worker().runOnce();
    expect(server.received[0]).toMatchObject({ to: ['new@example.com'] });
    expect(server.received[0]?.html).toContain('<a href="https://shop.example/confirm?a=1&#38;b=2">');
    expect((await mails())[0]).toMatchObject({ status: 'done', sealed_address: null });
  });
});
