/** Run as a process by storage.test.ts: reads a number, writes it plus one, `times` times, each in a transaction. */
import { openStorage } from '../../sidecar/src/storage/dialect';
import { inTransaction } from '../../sidecar/src/storage/transaction';

async function main(): Promise<void> {
  const [url = '', times = '0'] = process.argv.slice(2);
  const storage = openStorage({ url });
  for (let step = 0; step < Number(times); step += 1) {
    await inTransaction(storage.db, async (trx) => {
      const { version } = await trx.selectFrom('member_account').select('version').executeTakeFirstOrThrow();
      await trx
        .updateTable('member_account')
        .set({ version: version + 1 })
        .execute();
    });
  }
  await storage.close();
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
