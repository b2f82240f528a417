import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { ManualClock } from '../../sidecar/src/clock';
import { openStorage, type Storage } from '../../sidecar/src/storage/dialect';
import { migrate, migrations } from '../../sidecar/src/storage/migrate';
import { tableSchemas } from '../../sidecar/src/storage/schema';
import { schemaSnapshot, schemaSnapshotFile } from '../support/schema-snapshot';
import { describeEachStorage, dialects, freshDatabase } from '../support/storages';

const clock = new ManualClock(Date.parse('2026-03-01T00:00:00.000Z'));

describe.each(dialects)('migrations for %s', (dialect) => {
  it('have unique names and one statement each', () => {
    const steps = migrations(dialect);
    expect(steps.length).toBeGreaterThanOrEqual(tableSchemas.length);
    expect(new Set(steps.map((step) => step.name)).size).toBe(steps.length);
    for (const step of steps) expect(step.statement(dialect) ?? '').not.toContain(';');
  });

  it('are what the committed snapshot shows (npm run schema:snapshot writes it)', () => {
    expect(schemaSnapshot(dialect)).toBe(readFileSync(schemaSnapshotFile(dialect), 'utf8'));
  });

  it('give the same schema when several sidecars start at once on an empty database', async () => {
    const database = await freshDatabase(dialect);
    const sidecars: Storage[] = [1, 2, 3, 4].map(() => openStorage({ url: database.url }));
    try {
      const applied = await Promise.all(sidecars.map((storage) => migrate(storage, clock)));
      const names = migrations(dialect).map((step) => step.name);
      expect([...new Set(applied.flat())].sort()).toEqual([...names].sort());
      for (const storage of sidecars) expect(await migrate(storage, clock)).toEqual([]);
    } finally {
      for (const storage of sidecars) await storage.close();
      await database.drop();
    }
  });
});

describeEachStorage('a migrated database', (open) => {
  it('is left alone by a second run', async () => {
    const storage = await open();
    const before = await storage.db.selectFrom('schema_migration').selectAll().orderBy('name').execute();
    expect(await migrate(storage, clock)).toEqual([]);
    expect(await storage.db.selectFrom('schema_migration').selectAll().orderBy('name').execute()).toEqual(before);
  });

  it('finishes a run that was killed between a statement and its record', async () => {
    const storage = await open();
    const last = migrations(storage.dialect).at(-1)?.name ?? '';
    await storage.db.deleteFrom('schema_migration').where('name', '=', last).execute();
    expect(await migrate(storage, clock)).toEqual([last]);
  });

  it('has the declared columns and no other', async () => {
    const storage = await open();
    const found = await storage.db.introspection.getTables();
    const columnsOf = new Map(
      found.map((table) => [table.name, Object.fromEntries(table.columns.map((column) => [column.name, column.isNullable]))]),
    );
    expect([...columnsOf.keys()].sort()).toEqual([...tableSchemas.map((schema) => schema.name), 'schema_migration'].sort());
    for (const schema of tableSchemas) {
      const declared = Object.entries(schema.columns as Record<string, string>).map(([name, type]) => [name, type.endsWith('?')]);
      expect({ table: schema.name, columns: columnsOf.get(schema.name) }).toEqual({
        table: schema.name,
        columns: Object.fromEntries(declared) as Record<string, boolean>,
      });
    }
  });

  it('compares keys byte by byte, so that ids differing in case or by a space stay apart', async () => {
    const { db } = await open();
    for (const code of ['r1', 'R1']) {
      await db
        .insertInto('referral_code')
        .values({ programme_id: 'p', code, member_id: `m-${code}`, created_at: clock.now() })
        .execute();
    }
    const rows = await db.selectFrom('referral_code').select('member_id').where('code', '=', 'R1').execute();
    expect(rows).toEqual([{ member_id: 'm-R1' }]);
    const sorted = await sql<{ code: string }>`select code from referral_code order by code`.execute(db);
    expect(sorted.rows.map((row) => row.code)).toEqual(['R1', 'r1']);
  });
});
