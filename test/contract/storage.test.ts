/** What the code relies on in both databases, proved on each of them. */
import { execFile } from 'node:child_process';
import { copyFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { isDuplicateKey, isRetryable, openStorage, type Storage } from '../../sidecar/src/storage/dialect';
import type { NewRow } from '../../sidecar/src/storage/tables';
import { inTransaction, insertOnce, StateMoved, toInteger, type Db } from '../../sidecar/src/storage/transaction';
import { describeEachStorage, migratedDatabase } from '../support/storages';

const AT = '2026-03-01T00:00:00.000Z';

function programme(id: string, name = id): NewRow<'programme'> {
  return { programme_id: id, name, created_at: AT };
}

function account(memberId: string, available: number): NewRow<'member_account'> {
  return {
    member_id: memberId,
    programme_id: 'p',
    pending: 0,
    available,
    held: 0,
    debt: 0,
    entry_count: 0,
    head_hash: '',
    version: 0,
  };
}

async function available(db: Db, memberId: string): Promise<number | undefined> {
  const row = await db.selectFrom('member_account').select('available').where('member_id', '=', memberId).executeTakeFirst();
  return row?.available;
}

async function nameOf(db: Db, programmeId: string): Promise<string | undefined> {
  const row = await db.selectFrom('programme').select('name').where('programme_id', '=', programmeId).executeTakeFirst();
  return row?.name;
}

async function rename(db: Db, programmeId: string, name: string): Promise<void> {
  await db.updateTable('programme').set({ name }).where('programme_id', '=', programmeId).execute();
}

async function failureOf(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('expected a failure');
}

describeEachStorage('storage', (open) => {
  it('inserts once, by primary key and by unique key, also inside a transaction that goes on', async () => {
    const { db } = await open();
    expect(await insertOnce(db, 'programme', programme('p1'))).toBe(true);
    expect(await insertOnce(db, 'programme', programme('p1', 'other'))).toBe(false);
    expect(await nameOf(db, 'p1')).toBe('p1');
    await inTransaction(db, async (trx) => {
      const code = { programme_id: 'p1', code: 'A', member_id: 'm1', created_at: AT };
      expect(await insertOnce(trx, 'referral_code', code)).toBe(true);
      expect(await insertOnce(trx, 'referral_code', { ...code, code: 'B' })).toBe(false);
      await trx.insertInto('programme').values(programme('p2')).execute();
    });
    expect(await nameOf(db, 'p2')).toBe('p2');
  });

  it('tells a duplicate key from other violations', async () => {
    const { db } = await open();
    await db.insertInto('programme').values(programme('p1')).execute();
    const duplicate = await failureOf(() => db.insertInto('programme').values(programme('p1')).execute());
    expect([isDuplicateKey(duplicate), isRetryable(duplicate)]).toEqual([true, false]);
    const missing = await failureOf(() => sql`insert into programme (programme_id, name) values ('p9', null)`.execute(db));
    expect([isDuplicateKey(missing), isRetryable(missing)]).toEqual([false, false]);
    await expect(insertOnce(db, 'member_account', account('m', -1))).rejects.toThrow();
  });

  it('counts matched rows of an update, whether or not the value changes', async () => {
    const { db } = await open();
    await db.insertInto('programme').values(programme('p1')).execute();
    const update = (id: string, name: string) =>
      db.updateTable('programme').set({ name }).where('programme_id', '=', id).executeTakeFirst();
    expect((await update('p1', 'new')).numUpdatedRows).toBe(1n);
    expect((await update('p1', 'new')).numUpdatedRows).toBe(1n);
    expect((await update('nobody', 'new')).numUpdatedRows).toBe(0n);
    expect((await db.deleteFrom('programme').where('programme_id', '=', 'p1').executeTakeFirst()).numDeletedRows).toBe(1n);
  });

  it('lets requests be read while one transaction follows the other', async () => {
    const { db } = await open();
    let turns = 0;
    let isBusy = true;
    const turn = (): void => {
      turns += 1;
      if (isBusy) setImmediate(turn);
    };
    setImmediate(turn);
    for (let name = 0; name < 80; name += 1) await inTransaction(db, (trx) => rename(trx, 'p1', String(name)));
    isBusy = false;
    expect(turns).toBeGreaterThanOrEqual(10);
  });

  it('enforces check constraints', async () => {
    const { db } = await open();
    await db.insertInto('member_account').values(account('m', 5)).execute();
    await expect(
      db
        .updateTable('member_account')
        .set((eb) => ({ available: eb('available', '-', 6) }))
        .execute(),
    ).rejects.toThrow(/constraint/i);
    expect(await available(db, 'm')).toBe(5);
  });

  it('lets exactly as many conditional debits through as the balance covers', async () => {
    const { db } = await open();
    await db.insertInto('member_account').values(account('m', 100)).execute();
    const debit = () =>
      inTransaction(db, (trx) =>
        trx
          .updateTable('member_account')
          .set((eb) => ({ available: eb('available', '-', 10) }))
          .where('member_id', '=', 'm')
          .where('available', '>=', 10)
          .executeTakeFirst(),
      );
    const results = await Promise.all(Array.from({ length: 30 }, debit));
    expect(results.filter((result) => result.numUpdatedRows === 1n)).toHaveLength(10);
    expect(await available(db, 'm')).toBe(0);
  });

  it('keeps integers up to 2^53 - 1 exact and refuses sums beyond', async () => {
    const { db } = await open();
    await db
      .insertInto('member_account')
      .values([account('m1', Number.MAX_SAFE_INTEGER), account('m2', 0)])
      .execute();
    const sum = async (): Promise<unknown> =>
      (
        await db
          .selectFrom('member_account')
          .select((eb) => eb.fn.sum('available').as('total'))
          .executeTakeFirstOrThrow()
      ).total;
    expect(await available(db, 'm1')).toBe(Number.MAX_SAFE_INTEGER);
    expect(toInteger(await sum())).toBe(Number.MAX_SAFE_INTEGER);
    await db.updateTable('member_account').set({ available: 2 }).where('member_id', '=', 'm2').execute();
    const beyond = await sum();
    expect(() => toInteger(beyond)).toThrow('not a safe integer');
  });

  it('reads counts and sums over nothing as 0', async () => {
    const { db } = await open();
    const row = await db
      .selectFrom('member_account')
      .select((eb) => [eb.fn.countAll().as('count'), eb.fn.sum('available').as('sum')])
      .executeTakeFirstOrThrow();
    expect([toInteger(row.count), toInteger(row.sum)]).toEqual([0, 0]);
  });

  it('stores texts of any script, and bodies above 64 kB, unchanged', async () => {
    const { db } = await open();
    const name = 'Größe 🥇 Δ ก';
    await db.insertInto('programme').values(programme('p1', name)).execute();
    expect(await nameOf(db, 'p1')).toBe(name);
    const body = JSON.stringify({ text: 'ü'.repeat(100_000) });
    await db
      .insertInto('decision')
      .values({
        decision_id: 'd',
        programme_id: 'p1',
        member_id: null,
        kind: 'k',
        subject: 's',
        programme_version_id: null,
        decided_at: AT,
        inputs: body,
        outcome: '{}',
        reasons: '[]',
      })
      .execute();
    expect((await db.selectFrom('decision').select('inputs').executeTakeFirstOrThrow()).inputs).toBe(body);
  });

  it('undoes everything when the work throws, and goes on working', async () => {
    const { db } = await open();
    await expect(
      inTransaction(db, async (trx) => {
        await trx.insertInto('programme').values(programme('p1')).execute();
        throw new Error('stop');
      }),
    ).rejects.toThrow('stop');
    expect(await nameOf(db, 'p1')).toBeUndefined();
    await db.insertInto('programme').values(programme('p1')).execute();
    expect(await nameOf(db, 'p1')).toBe('p1');
  });

  it('makes a transaction within a transaction a part of it, which ends and runs again with the whole', async () => {
    const { db } = await open();
    let runs = 0;
    await inTransaction(db, async (trx) => {
      runs += 1;
      await inTransaction(trx, (inner) => insertOnce(inner, 'programme', programme(`run-${runs}`)));
      if (runs === 1) await inTransaction(trx, () => Promise.reject(new StateMoved()));
    });
    expect(runs).toBe(2);
    await expect(
      inTransaction(db, async (trx) => {
        await inTransaction(trx, (inner) => insertOnce(inner, 'programme', programme('undone')));
        throw new Error('after all, no');
      }),
    ).rejects.toThrow('after all, no');
    const rows = await db.selectFrom('programme').select('programme_id').execute();
    expect(rows.map((row) => row.programme_id)).toEqual(['run-2']);
  });

  it('does not run work again that failed for a reason of its own', async () => {
    const { db } = await open();
    let runs = 0;
    await failureOf(() =>
      inTransaction(db, async (trx) => {
        runs += 1;
        await trx.insertInto('programme').values(programme('p1')).execute();
        await trx.insertInto('programme').values(programme('p1')).execute();
      }),
    );
    expect(runs).toBe(1);
    expect(await nameOf(db, 'p1')).toBeUndefined();
  });
});

/** Lets callers wait until `parties` of them have arrived. */
function barrier(parties: number): () => Promise<void> {
  let arrived = 0;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return () => {
    arrived += 1;
    if (arrived === parties) open();
    return opened;
  };
}

describe('MariaDB', () => {
  let storage: Storage;
  let drop: () => Promise<void>;
  beforeEach(async () => {
    const database = await migratedDatabase('mysql');
    storage = openStorage({ url: database.url });
    drop = () => database.drop();
    await storage.db
      .insertInto('programme')
      .values([programme('a'), programme('b')])
      .execute();
  });
  afterEach(async () => {
    await storage.close();
    await drop();
  });

  it('runs in READ COMMITTED: a transaction sees what others committed meanwhile', async () => {
    const { db } = storage;
    const level = await sql<{ level: string }>`select @@tx_isolation as level`.execute(db);
    expect(level.rows).toEqual([{ level: 'READ-COMMITTED' }]);
    await inTransaction(db, async (trx) => {
      expect(await nameOf(trx, 'a')).toBe('a');
      await rename(db, 'a', 'renamed outside');
      expect(await nameOf(trx, 'a')).toBe('renamed outside');
    });
  });

  it('commits durably at every transaction', async () => {
    const setting = await sql<{ flush: number }>`select @@innodb_flush_log_at_trx_commit as flush`.execute(storage.db);
    expect(Number(setting.rows[0]?.flush)).toBe(1);
  });

  it('runs the loser of a deadlock again, so that both works take effect', async () => {
    const bothHoldOne = barrier(2);
    const tries: string[] = [];
    const renameInOrder = (first: string, second: string): Promise<void> => {
      let again = false;
      return inTransaction(storage.db, async (trx) => {
        tries.push(first);
        await rename(trx, first, `first by ${first}`);
        if (!again) {
          again = true;
          await bothHoldOne();
        }
        await rename(trx, second, `second by ${first}`);
      });
    };
    await Promise.all([renameInOrder('a', 'b'), renameInOrder('b', 'a')]);
    expect(tries).toHaveLength(3);
    // The loser ran last, as a whole.
    const loser = tries[2] ?? '';
    expect(await nameOf(storage.db, loser)).toBe(`first by ${loser}`);
    expect(await nameOf(storage.db, loser === 'a' ? 'b' : 'a')).toBe(`second by ${loser}`);
  });
});

describe('SQLite', () => {
  it('loses no update between two processes on one file', async () => {
    const database = await migratedDatabase('sqlite');
    const storage = openStorage({ url: database.url });
    try {
      await storage.db.insertInto('member_account').values(account('m', 0)).execute();
      const countUp = () =>
        promisify(execFile)(process.execPath, [
          '--import',
          'tsx',
          require.resolve('../support/count-up.ts'),
          database.url,
          '200',
        ]);
      await Promise.all([countUp(), countUp()]);
      const row = await storage.db.selectFrom('member_account').select('version').executeTakeFirstOrThrow();
      expect(row.version).toBe(400);
    } finally {
      await storage.close();
      await database.drop();
    }
  });

  it('has everything in the one file once it is closed', async () => {
    const database = await migratedDatabase('sqlite');
    const storage = openStorage({ url: database.url });
    await storage.db.insertInto('programme').values(programme('a')).execute();
    await storage.close();
    const copy = `${database.url}.copy`;
    await copyFile(database.url.slice('sqlite:'.length), copy.slice('sqlite:'.length));
    const copied = openStorage({ url: copy });
    expect(await nameOf(copied.db, 'a')).toBe('a');
    await copied.close();
    await database.drop();
  });

  it('keeps what was committed when the process ends without closing', async () => {
    const database = await migratedDatabase('sqlite');
    const crashed = openStorage({ url: database.url });
    await crashed.db.insertInto('programme').values(programme('a')).execute();
    const next = openStorage({ url: database.url });
    expect(await nameOf(next.db, 'a')).toBe('a');
    const settings = await sql<{ synchronous: number }>`pragma synchronous`.execute(next.db);
    expect(settings.rows[0]?.synchronous).toBe(2);
    await next.close();
    await crashed.close();
    await database.drop();
  });
});
