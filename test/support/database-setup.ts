import { startMariadb, type MariadbServer } from './mariadb';

declare global {
  var testMariadb: MariadbServer | undefined;
}

/** One MariaDB for the whole run; workers inherit its address. */
export default async function setUp(): Promise<void> {
  globalThis.testMariadb = await startMariadb({ inMemory: true });
  process.env['TEST_MARIADB_URL'] = globalThis.testMariadb.url('');
}
