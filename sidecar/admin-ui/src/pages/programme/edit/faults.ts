import { isWithin } from './document-path';

/** One thing that is wrong with the document, as the API says it, in the language of the pages. */
export interface Fault {
  readonly field: string;
  readonly message: string;
}

/** Of a field itself. */
export function faultsAt(faults: readonly Fault[], path: string): Fault[] {
  return faults.filter(({ field }) => field === path);
}

/** Of a field and of everything in it. */
export function faultsWithin(faults: readonly Fault[], path: string): Fault[] {
  return faults.filter(({ field }) => isWithin(field, path));
}

/**
 * Which of the fields on a page shows a fault: the one that is named, else the closest around it, else the first one in it;
 * null when the page has none of them.
 */
export function nearestField(path: string, shown: readonly string[]): string | null {
  const around = shown.filter((field) => isWithin(path, field)).sort((a, b) => b.length - a.length);
  return around[0] ?? shown.find((field) => isWithin(field, path)) ?? null;
}
