import { cohorts, type Cohort } from '../key-figures/cohorts';
import type { Period } from '../key-figures/period';
import type { Db } from '../storage/transaction';
import { cohortCounts } from '../stores/measure-month-store';
import type { MeasuredProgramme } from './measured-programme';

const monthOf = (day: string): string => day.slice(0, 'YYYY-MM'.length);

/** Cohorts of the months that a period touches, followed up to its last month. */
export async function readCohorts(db: Db, { programmeId }: MeasuredProgramme, { from, to }: Period): Promise<Cohort[]> {
  const [first, last] = [monthOf(from), monthOf(to)];
  return cohorts(await cohortCounts(db, programmeId, first, last), first, last);
}
