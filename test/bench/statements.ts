/** Records what a piece of work says to the database, to be said again by raw mysql2 as the floor. */
import type { LogEvent } from 'kysely';

export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

export interface StatementRecorder {
  readonly log: (event: LogEvent) => void;
  /** Statements since the last call. */
  take(): Statement[];
}

export function recordStatements(): StatementRecorder {
  let statements: Statement[] = [];
  return {
    log: (event) => {
      if (event.level === 'query') statements.push({ sql: event.query.sql, parameters: event.query.parameters });
    },
    take: () => {
      const taken = statements;
      statements = [];
      return taken;
    },
  };
}
