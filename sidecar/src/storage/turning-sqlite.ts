import { setImmediate } from 'node:timers/promises';
import { SqliteDialect, SqliteDriver, type DatabaseConnection, type SqliteDialectConfig } from 'kysely';

/** Each turn costs some microseconds; a transaction takes a millisecond or a few. */
const TRANSACTIONS_BETWEEN_TURNS = 8;

/**
 * Kysely's dialect, whose event loop turns between transactions, and between statements outside of one. SQLite answers at
 * once, so a job over many members would otherwise run from its first statement to its last before any request is read; and
 * libsql, which frees what statements held when the loop turns, would take a kilobyte more with each of them.
 */
export class TurningSqliteDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig;

  constructor(config: SqliteDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): SqliteDriver {
    return new TurningSqliteDriver(this.#config);
  }
}

class TurningSqliteDriver extends SqliteDriver {
  #sinceTurn = 0;

  override async acquireConnection(): Promise<DatabaseConnection> {
    this.#sinceTurn += 1;
    if (this.#sinceTurn >= TRANSACTIONS_BETWEEN_TURNS) {
      this.#sinceTurn = 0;
      await setImmediate();
    }
    return super.acquireConnection();
  }
}
