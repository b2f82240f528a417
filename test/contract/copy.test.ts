import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { verifyBooks } from '../../sidecar/src/ledger/verify';
import { copyStorage, countRows } from '../../sidecar/src/storage/copy-storage';
import { openStorage, type DialectName, type Storage, type StorageOptions } from '../../sidecar/src/storage/dialect';
import { tableSchemas } from '../../sidecar/src/storage/schema';
import { openBooks } from '../support/books';
import { projectRoot } from '../support/source';
import { dialects, migratedDatabase, type FreshDatabase } from '../support/storages';

/** Texts of any script, quotes, and a member with orders. */
async function fill(storage: Storage): Promise<void> {
  const books = await openBooks(storage, '2026-03-01T00:00:00.000Z', {
    name: 'Kaffee-Klub „Ø“ Клуб 🎉 \'";\\',
    currencies: { EUR: { earn: { points: 1, per: 1 }, pointValue: { points: 100, value: 1 } } },
  });
  for (let order = 1; order <= 30; order += 1) await books.buy(`o${order}`, '2026-03-02T10:00:00.000Z', order);
  await books.spend(25);
}

/** Every row of every table as text that compares, whatever the database answers integers with. */
async function content({ db }: Storage): Promise<Record<string, string[]>> {
  const tables: Record<string, string[]> = {};
  for (const { name } of tableSchemas) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(db);
    tables[name] = rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort();
  }
  return tables;
}

const pairs = dialects.flatMap((from) => dialects.map((to): [DialectName, DialectName] => [from, to]));

describe.each(pairs)('books moved from %s to %s', (from, to) => {
  const opened: { storage: Storage; database: FreshDatabase }[] = [];
  const open = async (dialect: DialectName, options: Partial<StorageOptions> = {}): Promise<Storage> => {
    const database = await migratedDatabase(dialect);
    const storage = openStorage({ url: database.url, ...options });
    opened.push({ storage, database });
    return storage;
  };
  afterEach(async () => {
    for (const { storage, database } of opened.splice(0)) {
      await storage.close();
      await database.drop();
    }
  });

  it('are the same, row by row, and exact', async () => {
    const [source, target] = [await open(from), await open(to)];
    await fill(source);
    const told: number[] = [];
    const result = await copyStorage(source, target, (rows) => told.push(rows));
    const rows = await countRows(source);
    expect(rows).toBeGreaterThan(200);
    expect(result).toEqual({ ok: true, rows });
    expect(told.at(-1)).toBe(rows);
    expect(await content(target)).toEqual(await content(source));
    expect(await verifyBooks(target.db, () => undefined)).toMatchObject({ ok: true, figures: { members: 1 } });
  });

  it('are not mixed with others', async () => {
    const [source, target] = [await open(from), await open(to)];
    await fill(source);
    await fill(target);
    const before = await content(target);
    expect(await copyStorage(source, target, () => undefined)).toEqual({ ok: false, occupied: 'programme' });
    expect(await content(target)).toEqual(before);
  });

  it('leave nothing behind when copying breaks off', async () => {
    const [source, target] = [await open(from), await open(to)];
    await fill(source);
    const broken = copyStorage(source, target, (rows) => {
      if (rows > 100) throw new Error('the disk is full');
    });
    await expect(broken).rejects.toThrow('the disk is full');
    expect(await countRows(target)).toBe(0);
    expect(await copyStorage(source, target, () => undefined)).toMatchObject({ ok: true });
  });
});

describe('npm run copy', () => {
  const copy = (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
    promisify(execFile)(process.execPath, ['--import', 'tsx', 'sidecar/src/cli/copy.ts', ...args], { cwd: projectRoot }).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      (error: { code: number; stdout: string; stderr: string }) => error,
    );

  it('moves a file to a server once, and says what is wrong', async () => {
    const [file, server] = [await migratedDatabase('sqlite'), await migratedDatabase('mysql')];
    try {
      const storage = openStorage({ url: file.url });
      await fill(storage);
      await storage.close();
      const first = await copy('--from', file.url, '--to', server.url);
      expect(first).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^Copied \d{3} rows; the books .* are exact/) as string,
      });
      const second = await copy('--from', file.url, '--to', server.url);
      expect(second).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('table programme of the new database has rows') as string,
      });
      expect(await copy('--from', file.url, '--to', file.url)).toMatchObject({ code: 1, stdout: '' });
      expect(await copy('--from', file.url, '--to', 'postgres://host/db')).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('DATABASE_URL') as string,
      });
    } finally {
      await file.drop();
      await server.drop();
    }
  });
});
