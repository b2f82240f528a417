import { addToDate, localDate, startOfDate } from '../../../../src/domain/calendar';
import { me, nowMs } from '../../api/me';
import { dateIn } from '../../format/formats';

/** First and last days are days of the programme's clock. */
const zone = (): string => me.value?.programme?.timeZone ?? 'UTC';

interface Validity {
  readonly validFrom: string | null;
  /** Exclusive. */
  readonly validUntil: string | null;
}

/** Days as fields have them; empty = without. */
export interface ValidDays {
  readonly firstDay: string;
  readonly lastDay: string;
}

export function daysOf({ validFrom, validUntil }: Validity): ValidDays {
  return {
    firstDay: validFrom === null ? '' : localDate(validFrom, zone()),
    lastDay: validUntil === null ? '' : localDate(lastInstant(validUntil), zone()),
  };
}

/** @param before what counts as long as its day stays: it may begin or end within a day */
export function validityOf({ firstDay, lastDay }: ValidDays, before: Validity): Validity {
  const shown = daysOf(before);
  return {
    validFrom: firstDay === shown.firstDay ? before.validFrom : firstDay === '' ? null : startOfDate(firstDay, zone()),
    validUntil:
      lastDay === shown.lastDay ? before.validUntil : lastDay === '' ? null : startOfDate(addToDate(lastDay, 1), zone()),
  };
}

export type ListState = 'begins' | 'holds' | 'over';

export function stateOf({ validFrom, validUntil }: Validity): ListState {
  if (validUntil !== null && Date.parse(validUntil) <= nowMs()) return 'over';
  return validFrom !== null && Date.parse(validFrom) > nowMs() ? 'begins' : 'holds';
}

/** As a person writes it; null = without. */
export function shownFrom({ validFrom }: Validity): string | null {
  return validFrom === null ? null : dateIn(validFrom, zone());
}
export function shownUntil({ validUntil }: Validity): string | null {
  return validUntil === null ? null : dateIn(lastInstant(validUntil), zone());
}

function lastInstant(until: string): string {
  return new Date(Date.parse(until) - 1).toISOString();
}
