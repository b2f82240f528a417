/** `npm run migrate`: brings the schema of DATABASE_URL up to date. */
import { systemClock } from '../clock';
import { loadDatabaseConfig } from '../config';
import { openStorage } from '../storage/dialect';
import { migrate } from '../storage/migrate';
import { runCommand } from './run-command';

async function main(): Promise<number> {
  const storage = openStorage(loadDatabaseConfig(process.env));
  try {
    const applied = await migrate(storage, systemClock);
    process.stdout.write(applied.length === 0 ? 'The schema is up to date.\n' : `Applied ${applied.join(', ')}.\n`);
    return 0;
  } finally {
    await storage.close();
  }
}

runCommand(main);
