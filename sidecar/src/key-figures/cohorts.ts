/** Who came back: members by the month of their first order, and how many of them ordered in each month after. */

/** Members whose first final order is of one month and who ordered in another, that one included. Months are `YYYY-MM`. */
export interface CohortCount {
  readonly firstMonth: string;
  readonly month: string;
  readonly members: number;
}

export interface Cohort {
  readonly month: string;
  /** Members whose first order it was. */
  readonly members: number;
  /** Of those, who ordered in the first, second, … month after, up to the last month asked for. */
  readonly returned: readonly number[];
}

/** Every month from the first to the last has a cohort, also an empty one. Both are included. */
export function cohorts(counts: readonly CohortCount[], first: string, last: string): Cohort[] {
  const known = new Map(counts.map(({ firstMonth, month, members }) => [`${firstMonth} ${month}`, members]));
  const membersOf = (firstMonth: string, month: string): number => known.get(`${firstMonth} ${month}`) ?? 0;
  const months = monthsFromTo(first, last);
  return months.map((month, place) => ({
    month,
    members: membersOf(month, month),
    returned: months.slice(place + 1).map((later) => membersOf(month, later)),
  }));
}

function monthsFromTo(first: string, last: string): string[] {
  const months: string[] = [];
  for (let month = first; month <= last; month = nextMonth(month)) months.push(month);
  return months;
}

function nextMonth(month: string): string {
  const [year = 0, ordinal = 0] = month.split('-').map(Number);
  return ordinal === 12 ? `${year + 1}-01` : `${year}-${String(ordinal + 1).padStart(2, '0')}`;
}
