const DAY_MS = 86_400_000;

/** A day of the document; an instant with its zone is none. */
export function isDay(written: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(written);
}

export function shiftDay(day: string, by: number): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? day : new Date(at + by * DAY_MS).toISOString().slice(0, 10);
}

/** What a field of a day and one of a time show of a beginning or an end. A whole last day is written as the day after it. */
export interface Moment {
  readonly day: string;
  /** Of the browser's zone; empty = from the day's beginning, or to its end. */
  readonly time: string;
}

export function readMoment(written: string, isEnd: boolean): Moment {
  if (isDay(written)) return { day: isEnd ? shiftDay(written, -1) : written, time: '' };
  const at = new Date(written);
  if (written === '' || Number.isNaN(at.getTime())) return { day: '', time: '' };
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return { day, time: `${two(at.getHours())}:${two(at.getMinutes())}` };
}

/** Undefined = it has no such bound. */
export function writeMoment({ day, time }: Moment, isEnd: boolean): string | undefined {
  if (day === '') return undefined;
  if (time === '') return isEnd ? shiftDay(day, 1) : day;
  const at = new Date(`${day}T${time}`);
  return Number.isNaN(at.getTime()) ? `${day}T${time}` : at.toISOString();
}
