import { verifyBooks } from '../../sidecar/src/ledger/verify';
import { cancelImport } from '../../sidecar/src/imports/cancel';
import { receiveImport } from '../../sidecar/src/imports/receive';
import { runImports } from '../../sidecar/src/imports/run-imports';
import { eraseMember } from '../../sidecar/src/operations/erase-member';
import { putPriceList } from '../../sidecar/src/operations/put-price-list';
import { coreTables, areaTables } from '../../sidecar/src/storage/schema';
import type { Storage } from '../../sidecar/src/storage/dialect';
import { memberLines, pointLines, priceTableLines } from '../../sidecar/src/exports/tables';
import { findProfile } from '../../sidecar/src/stores/profile-store';
import { findLanguage } from '../../sidecar/src/stores/language-store';
import { MAX_OPEN_RUNS, purgeRuns } from '../../sidecar/src/stores/import-store';
import { openBooks } from '../support/books';
import { bytesOf, hashEmail, importDesk, seen } from '../support/import-files';
import { PROGRAMME_ID } from '../support/programme';
import { describeEachStorage } from '../support/storages';

const EARNING = {
  currencies: { EUR: { earn: { points: 1, per: 1 }, pointValue: { points: 100, value: 1 } } },
  timeZone: 'Europe/Berlin',
};
const SALES = [
  'number;placedAt;currency;customerId;email;productNumber;quantity;gross;net',
  'T-1;2026-03-01 10:00;EUR;c1;;LAMP;2;20,00;16,81',
  'T-1;2026-03-01 10:00;EUR;c1;;DESK;1;100,00;84,03',
  'T-2;2026-03-01;EUR;;guest@example.com;LAMP;1;10.00;8.40',
  '',
].join('\r\n');

/** Everything but what imports keep of themselves. */
async function dump({ db }: Pick<Storage, 'db'>): Promise<string> {
  const names = [...coreTables, ...areaTables].map(({ name }) => name).filter((name) => !name.startsWith('import_'));
  const tables = [];
  for (const name of names) {
    const rows = await db.selectFrom(name).selectAll().execute();
    tables.push([name, rows.map((row) => JSON.stringify(row)).sort()]);
  }
  return JSON.stringify(tables);
}

async function textOf(lines: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const line of lines) text += line;
  return text;
}

describeEachStorage('an import', (open) => {
  const scene = async () => {
    const storage = await open();
    const books = await openBooks(storage, '2026-04-01T10:00:00.000Z', EARNING);
    return { storage, books, ...importDesk(books.context) };
  };
  const signal = new AbortController().signal;

  it('of sales earns like the sales of a till, by receipts, and twice is once', async () => {
    const { storage, books, bring, faults } = await scene();
    const run = await bring('sales', SALES);
    expect(await faults(run)).toEqual([]);
    expect(run).toMatchObject({ status: 'done', rows_total: 3, units_total: 2, units_done: 2, units_created: 2, points: 130 });
    expect(await books.available()).toBe(120);
    const again = await bring('sales', SALES);
    expect(again).toMatchObject({ units_done: 2, units_created: 0, units_changed: 0, points: 0, faults: 0 });
    expect(await bring('sales', SALES.replace('100,00;84,03', '50;42'))).toMatchObject({ units_changed: 1, points: -50 });
    expect(await books.available()).toBe(70);
    const { placed_at: placed } = await storage.db
      .selectFrom('order_position')
      .select('placed_at')
      .where('order_id', '=', 'sale:T-2')
      .executeTakeFirstOrThrow();
    // By the clock of the programme.
    expect(placed).toBe('2026-02-28T23:00:00.000Z');
    expect(await verifyBooks(storage.db)).toMatchObject({ ok: true });
  });

  it('of members opens them, with language and birthday, and what is known changes', async () => {
    const { storage, bring, faults } = await scene();
    const file = [
      'customerId,email,joinedAt,language,birthday',
      'c7,Seven@example.com,2020-05-01,de,1980-12-31',
      ',guest@example.com,2021-01-01,,',
      'c1,,2026-01-01,pt,',
    ].join('\n');
    const run = await bring('members', file);
    expect(await faults(run)).toEqual([]);
    expect(run).toMatchObject({ units_done: 3, units_created: 2, units_changed: 1, points: 0 });
    const { db } = storage;
    const seven = await db.selectFrom('member_identity').selectAll().where('customer_id', '=', 'c7').executeTakeFirstOrThrow();
    expect(seven.email_hash).toBe(hashEmail('seven@example.com'));
    expect(await findProfile(db, seven.member_id)).toMatchObject({ birth_month: 12, birth_day: 31 });
    expect(await findLanguage(db, seven.member_id)).toBe('de');
    expect(await bring('members', file)).toMatchObject({ units_created: 0, units_changed: 0, units_done: 3 });
    const table = await textOf(memberLines(db, PROGRAMME_ID));
    expect(table.split('\r\n').length).toBe(5);
    expect(table).toContain('2020-04-30T22:00:00.000Z,,0,0,0,0,de,12-31,shop-1/c7');
  });

  it('of points posts a reference once, and says where it was used otherwise', async () => {
    const { storage, books, bring, faults } = await scene();
    const head = 'customerId,points,reason,reference\n';
    expect(await bring('points', `${head}c1,500,Opening balance,old-1\n`)).toMatchObject({ units_created: 1, points: 500 });
    const run = await bring('points', `${head}c1,500,Opening balance,old-1\nc1,-700,Correction,old-2\nc1,1,Correction,old-3\n`);
    expect(run).toMatchObject({ units_done: 2, units_created: 1, units_failed: 1, points: 1, faults: 1 });
    expect(await faults(run)).toEqual(['3 points: takes more than the 500 points there are']);
    const other = await bring('points', `${head}c1,400,Opening balance,old-1\nc9,4,Opening balance,old-4\n`);
    expect(await faults(other)).toEqual([
      '2 reference: was posted before with other points, or for somebody else',
      '3 customerId: is no member of this programme',
    ]);
    expect(await books.available()).toBe(501);
    expect((await textOf(pointLines(storage.db, PROGRAMME_ID))).split('\r\n')).toHaveLength(4);
    expect(await verifyBooks(storage.db)).toMatchObject({ ok: true });
  });

  it('of prices replaces all of a list or nothing', async () => {
    const { storage, books, bring, faults } = await scene();
    const settings = { name: 'A', currency: 'EUR', basis: 'net' as const, priority: 0, validFrom: null, validUntil: null };
    const staff = { actor: 'test', reason: 'as the test wants' };
    const list = await putPriceList(books.context, { programmeId: PROGRAMME_ID, code: 'a-2026', ...settings, ...staff });
    if (!list.ok) throw new Error(list.code);
    const file = 'Product Number,Quantity From,Price\nLAMP,,79.90\nLAMP,10,75\n';
    const shares = 'productNumber,categoryId,allGoods,quantityFrom,price,percent\nLAMP,,,,79.90,\n,42,,10,,12.5\n,,yes,,,5\n';
    expect(await bring('prices', file)).toMatchObject({ rows_total: 2, units_total: 1, units_changed: 1 });
    const wrong = await bring('prices', `${file}LAMP,10,70\nDESK,0,5\n`);
    expect(wrong).toMatchObject({ units_done: 0, units_failed: 1 });
    expect(await faults(wrong)).toEqual(['5 quantityFrom: must lie between 1 and 100000000']);
    expect(await faults(await bring('prices', `${file}LAMP,10,70\nDESK,1,5.001\n`))).toEqual([
      '4 productNumber: LAMP from 10 has a price already',
      '5 price: has more decimals than EUR, 2',
    ]);
    const table = await textOf(priceTableLines(storage.db, list.value.list.list_id));
    const head = 'productNumber,categoryId,allGoods,quantityFrom,priceMinor,percentBps';
    expect(table).toBe(`${head}\r\nLAMP,,,1,7990,\r\nLAMP,,,10,7500,\r\n`);
    expect(await bring('prices', table)).toMatchObject({ units_done: 1, units_changed: 0 });
    expect(await bring('prices', shares)).toMatchObject({ units_changed: 1 });
    const withShares = await textOf(priceTableLines(storage.db, list.value.list.list_id));
    expect(withShares).toBe(`${head}\r\nLAMP,,,1,7990,\r\n,,yes,1,,500\r\n,42,,10,,1250\r\n`);
    expect(await bring('prices', withShares)).toMatchObject({ units_done: 1, units_changed: 0 });
  });

  it('that is only tried says what it would do, and leaves every byte as it is', async () => {
    const { storage, bring, faults } = await scene();
    const before = await dump(storage);
    const sales = await bring('sales', `${SALES}T-3;2026-03-01;EUR;nobody;;LAMP;1;1;1\r\n`, { isDry: true });
    expect(sales).toMatchObject({ status: 'done', units_done: 2, units_created: 2, units_failed: 1, points: 130 });
    expect(await faults(sales)).toEqual(['5 customerId: is no customer that this shop has told of']);
    const members = await bring('members', 'email,joinedAt\nx@example.com,2026-01-01\n', { isDry: true });
    expect(members).toMatchObject({ units_created: 1 });
    const points = await bring('points', 'customerId,points,reason,reference\nc1,5,Gift,r-1\n', { isDry: true });
    expect(points).toMatchObject({ units_created: 1, points: 5 });
    expect(await dump(storage)).toBe(before);
    expect(await storage.db.selectFrom('import_unit').selectAll().execute()).toEqual([]);
  });

  it('that is only tried sees what its earlier rows would do, whatever they call a person', async () => {
    const { storage, bring, faults } = await scene();
    const known = await storage.db
      .selectFrom('member_identity')
      .select('member_id')
      .where('customer_id', '=', 'c1')
      .executeTakeFirstOrThrow();
    const rows = [`c1,,100,Gift,t-1`, `,${known.member_id},-80,Taken,t-2`, `c1,,-80,Taken,t-3`, `c1,,-20,Taken,t-4`];
    const points = `customerId,memberId,points,reason,reference\n${rows.join('\n')}\n`;
    const members = 'customerId,email,joinedAt\n,new@example.com,2026-01-01\nc9,new@example.com,2026-01-02\n';
    const before = await dump(storage);
    const told: unknown[] = [];
    for (const isDry of [true, false]) {
      const brought = [await bring('points', points, { isDry }), await bring('members', members, { isDry })];
      if (isDry) expect(await dump(storage)).toBe(before);
      told.push(
        await Promise.all(
          brought.map(async (run) => {
            const { units_done: done, units_created: created, units_changed: changed, units_failed: failed } = run;
            return { done, created, changed, failed, points: run.points, faults: await faults(run) };
          }),
        ),
      );
    }
    expect(told[0]).toEqual(told[1]);
    expect(told[0]).toMatchObject([{ failed: 1, faults: ['4 points: takes more than the 20 points there are'] }, { failed: 0 }]);
  });

  it('is applied exactly once by two processes, and goes on where one dies', async () => {
    const { storage, books, deps, wish } = await scene();
    const rows = Array.from({ length: 60 }, (_, index) => `c1,1,Opening balance,ref-${index}`);
    const file = `customerId,points,reason,reference\n${rows.join('\n')}\n`;
    const received = await receiveImport(deps, wish('points'), bytesOf(file));
    if (!received.ok) throw new Error(received.code);
    let looks = 0;
    const dying = {
      get aborted() {
        looks += 1;
        return looks > 20;
      },
    } as AbortSignal;
    await runImports(deps, dying);
    expect(await seen(storage.db, received.value.run)).toMatchObject({ status: 'running', units_done: 20, points: 20 });
    await Promise.all([runImports(deps, signal), runImports(deps, signal)]);
    expect(await seen(storage.db, received.value.run)).toMatchObject({
      status: 'done',
      units_done: 60,
      units_created: 60,
      points: 60,
    });
    expect(await books.available()).toBe(60);
    expect(await verifyBooks(storage.db)).toMatchObject({ ok: true });
  });

  it('whose process dies within a unit leaves nothing of it, and a fault of ours stops no other row', async () => {
    const { storage, books, deps, wish, surprises, faults } = await scene();
    const file = 'customerId,points,reason,reference\nc1,1,Opening balance,a\nc1,2,Opening balance,b\nc1,4,Opening balance,c\n';
    const received = await receiveImport(deps, wish('points'), bytesOf(file));
    if (!received.ok) throw new Error(received.code);
    let calls = 0;
    const ids = {
      ...deps.context.ids,
      // The second unit ends in the middle, each time.
      next: () => {
        calls += 1;
        if ([3, 6, 9].includes(calls)) throw new Error('the disk is gone');
        return books.context.ids.next();
      },
    };
    await runImports({ ...deps, context: { ...deps.context, ids } }, signal);
    const run = await seen(storage.db, received.value.run);
    expect(run.units_done + run.units_failed).toBe(3);
    expect(surprises.length).toBeGreaterThan(0);
    expect(await books.available()).toBe(run.points);
    expect((await faults(run)).length).toBe(run.units_failed);
    expect(await verifyBooks(storage.db)).toMatchObject({ ok: true });
  });

  it('is taken in once by a key, also by two at the same time, and refused for another file', async () => {
    const { storage, deps, wish } = await scene();
    const file = 'customerId,points,reason,reference\nc1,1,Opening balance,a\n';
    const same = wish('points', { idempotencyKey: 'import-same' });
    const both = await Promise.all([1, 2, 3].map(() => receiveImport(deps, same, bytesOf(file))));
    expect(new Set(both.map((one) => one.ok && one.value.run.run_id)).size).toBe(1);
    expect(both.filter((one) => one.ok && !one.value.repeated)).toHaveLength(1);
    expect(await receiveImport(deps, same, bytesOf(file.replace('1', '2')))).toMatchObject({ code: 'idempotency_mismatch' });
    expect(await receiveImport(deps, { ...same, isDry: true }, bytesOf(file))).toMatchObject({ code: 'idempotency_mismatch' });
    expect(await storage.db.selectFrom('import_run').select('run_id').execute()).toHaveLength(1);
  });

  it('has a limited number under way, and gives its place back when it is cancelled', async () => {
    const { storage, books, deps, wish } = await scene();
    const file = 'customerId,points,reason,reference\nc1,1,Opening balance,a\n';
    const runs = [];
    for (let index = 0; index < MAX_OPEN_RUNS; index += 1) runs.push(await receiveImport(deps, wish('points'), bytesOf(file)));
    expect(await receiveImport(deps, wish('points'), bytesOf(file))).toMatchObject({ code: 'too_many_open' });
    for (const run of runs) if (run.ok) await cancelImport(books.context, run.value.run.run_id);
    expect(await storage.db.selectFrom('import_unit').selectAll().execute()).toEqual([]);
    expect(await receiveImport(deps, wish('points'), bytesOf(file))).toMatchObject({ ok: true });
    await runImports(deps, signal);
    expect(await books.available()).toBe(1);
    expect(await purgeRuns(storage.db, '2027-01-01T00:00:00.000Z', 100)).toBe(MAX_OPEN_RUNS + 1);
    expect(await storage.db.selectFrom('import_run').selectAll().execute()).toEqual([]);
  });

  it('that breaks off while it comes in leaves nothing, or is removed later', async () => {
    const { storage, books, deps, wish } = await scene();
    const rows = Array.from({ length: 500 }, (_, index) => `c1,1,Opening balance,ref-${index}`);
    async function* broken(): AsyncGenerator<Buffer> {
      yield* bytesOf(`customerId,points,reason,reference\n${rows.join('\n')}\n`);
      throw new Error('the line is cut');
    }
    await expect(receiveImport(deps, wish('points'), broken())).rejects.toThrow('the line is cut');
    expect(await storage.db.selectFrom('import_run').selectAll().execute()).toEqual([]);
    expect(await storage.db.selectFrom('import_unit').selectAll().execute()).toEqual([]);
    const received = await receiveImport(deps, wish('points'), bytesOf('customerId,points,reason,reference\nc1,1,Gift,r\n'));
    expect(received.ok).toBe(true);
    await storage.db.updateTable('import_run').set({ status: 'receiving' }).execute();
    books.clock.advance(3_600_001);
    expect(await runImports(deps, signal)).toMatchObject({ abandoned: 1, units: 0 });
    expect(await storage.db.selectFrom('import_unit').selectAll().execute()).toEqual([]);
  });

  it('keeps no address, and nothing of a row that was dealt with', async () => {
    const { storage, deps, wish } = await scene();
    const file = 'email,joinedAt,language\nSecret@example.com,2026-01-01,de\nsecret@,2026-01-01,de\n';
    await receiveImport(deps, wish('members'), bytesOf(file));
    const kept = async (): Promise<string> =>
      JSON.stringify([
        await storage.db.selectFrom('import_unit').selectAll().execute(),
        await storage.db.selectFrom('import_fault').selectAll().execute(),
      ]).toLowerCase();
    expect(await kept()).not.toContain('secret@');
    expect(await kept()).toContain(hashEmail('secret@example.com'));
    await runImports(deps, signal);
    expect(await kept()).not.toContain(hashEmail('secret@example.com'));
  });

  it('says nothing of who was erased', async () => {
    const { books, bring, faults } = await scene();
    const staff = { actor: 'test', reason: 'they asked for it' };
    await eraseMember(books.context, { memberId: books.memberId, ...staff, idempotencyKey: 'erase-0001' });
    const run = await bring('members', 'customerId,joinedAt\nc1,2026-01-01\n');
    expect(await faults(run)).toEqual(['2 -: is about somebody who was erased']);
  });
});
