/** `npm run import` and `npm run export`, as a merchant starts them. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createSealer } from '../../sidecar/src/security/sealer';
import { openStorage } from '../../sidecar/src/storage/dialect';
import { createPendingShop } from '../../sidecar/src/stores/shop-store';
import { openBooks } from '../support/books';
import { PROGRAMME_ID } from '../support/programme';
import { projectRoot } from '../support/source';
import { migratedDatabase, type FreshDatabase } from '../support/storages';

const KEY = Buffer.alloc(32, 7).toString('base64');
const EARNING = { currencies: { EUR: { earn: { points: 1, per: 1 }, pointValue: { points: 100, value: 1 } } } };
const NOW = '2026-01-02T00:00:00.000Z';

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

describe('the commands', () => {
  let folder: string;
  let database: FreshDatabase;
  const run = (program: 'import' | 'export', ...more: string[]): Promise<Ran> => {
    const env = {
      ...process.env,
      DATABASE_URL: database.url,
      PUBLIC_URL: 'https://loyalty.example',
      IDENTITY_KEY: KEY,
      ENCRYPTION_KEYS: `k1:${KEY}`,
    };
    const command = ['--import', 'tsx', `sidecar/src/cli/${program}.ts`, ...more];
    return promisify(execFile)(process.execPath, command, { cwd: projectRoot, env }).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      (error: Ran) => error,
    );
  };
  const file = async (name: string, content: string): Promise<string> => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loyalty-import-'));
    database = await migratedDatabase('sqlite');
    const storage = openStorage({ url: database.url });
    await openBooks(storage, NOW, EARNING);
    const shop = {
      shopId: 'shop-1',
      platform: 'magento' as const,
      externalShopId: 'a',
      programmeId: PROGRAMME_ID,
      url: 'https://a.example',
    };
    await createPendingShop(storage.db, createSealer([{ id: 'k1', key: Buffer.from(KEY, 'base64') }]), shop, 'secret', NOW);
    await storage.close();
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
    await database.drop();
  });

  it('try a file, import it, and write it out again', async () => {
    const head = 'customerId,points,reason,reference\n';
    const path = await file('points.csv', `${head}c1,500,Opening balance,old-1\nc9,1,Opening balance,old-2\n`);
    const tried = await run('import', '--kind', 'points', '--file', path, '--dry-run');
    expect(tried.code).toBe(1);
    expect(tried.stdout).toContain('Tried; nothing was changed.');
    expect(tried.stderr).toContain('row 3, customerId: is no member of this programme ("c9")\n');
    const right = await file('right.csv', `${head}c1,500,Opening balance,old-1\n`);
    const imported = await run('import', '--kind', 'points', '--file', right);
    expect([imported.code, imported.stdout.replace(/ +/g, ' ')]).toEqual([
      0,
      'Imported.\n rows 1\n created 1\n changed 0\n unchanged 0\n failed 0\n points 500\n',
    ]);
    expect((await run('import', '--kind', 'points', '--file', right)).stdout.replace(/ +/g, ' ')).toContain('unchanged 1\n');
    const out = join(folder, 'members.csv');
    expect((await run('export', '--kind', 'members', '--out', out)).code).toBe(0);
    expect((await readFile(out, 'utf8')).split('\r\n')[1]).toMatch(/,0,500,0,0,,,shop-1\/c1$/);
    const ledger = await run('export', '--kind', 'points');
    expect(ledger.stdout.split('\r\n')[1]).toMatch(/,adjustment,.*,0,500,0,0,/);
  });

  it('say what is wrong with a request or a file', async () => {
    const wrong = await file('wrong.csv', 'customerId,points\n');
    expect(await run('import', '--kind', 'points', '--file', wrong)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('header.reason: is missing\nheader.reference: is missing\n') as string,
    });
    expect(await run('import', '--kind', 'sales', '--file', wrong, '--shop', 'none')).toMatchObject({
      code: 1,
      stderr: '--shop: is no shop of the programme\n',
    });
    expect((await run('import', '--kind', 'wishes', '--file', wrong)).stderr).toContain('sales, members, points, prices');
    expect((await run('import', '--kind', 'points', '--file', join(folder, 'none.csv'))).stderr).toContain('ENOENT');
    expect(await run('export', '--kind', 'prices', '--price-list', 'none')).toMatchObject({
      code: 1,
      stderr: '--price-list: must be the code of a price list of the programme\n',
    });
  });
});
