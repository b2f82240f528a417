import { z } from 'zod';
import { memberLines, pointLines } from '../../exports/tables';
import type { Db } from '../../storage/transaction';
import { csvExport } from '../csv-export';
import type { Endpoint } from '../endpoint';
import { storedKey } from '../parse-body';
import { neededProgramme } from '../principal';

const TABLES = {
  members: {
    summary: 'All members as a table for other programs: balances, tier, language, birthday and accounts in shops.',
    lines: memberLines,
  },
  points: { summary: 'Every change of points of every member as a table for other programs, oldest first.', lines: pointLines },
} as const;

/** Whole tables, sent as they are read. */
export function exportEndpoints(db: Db): Endpoint[] {
  return Object.entries(TABLES).map(([name, { summary, lines }]) =>
    csvExport(
      {
        path: `/v1/exports/${name}`,
        scope: 'members:read',
        tag: 'Exports',
        summary,
        query: z.object({ programmeId: storedKey.optional() }),
      },
      ({ query, principal }) => lines(db, neededProgramme(principal, query.programmeId)),
    ),
  );
}
