/** What one action set off between the shop and the sidecar, in order. */

export type StepKind = 'shop' | 'question' | 'webhook' | 'read' | 'write' | 'job';

export interface Step {
  readonly kind: StepKind;
  readonly title: string;
  /** Further lines. */
  readonly details: readonly string[];
  /** What is other than before, by what it is of. */
  readonly changes?: readonly Changes[];
}

export interface Changes {
  /** E.g. a customer's name. */
  readonly of: string;
  readonly lines: readonly string[];
}

/** Things that a shop holds, by whose they are and what they are. */
export type Written = ReadonlyMap<string, ReadonlyMap<string, string>>;

export interface Happening {
  readonly title: string;
  readonly steps: readonly Step[];
}

const MAX_SHOWN = 36;

/** Figures as they were and are; long content by name alone. */
export function changesOf(before: Written, after: Written): Changes[] {
  return [...new Set([...after.keys(), ...before.keys()])].flatMap((of) => {
    const lines = linesOf(before.get(of) ?? new Map(), after.get(of) ?? new Map());
    return lines.length === 0 ? [] : [{ of, lines }];
  });
}

function linesOf(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [...new Set([...after.keys(), ...before.keys()])].flatMap((name) => {
    const [was, is] = [before.get(name), after.get(name)];
    if (was === is) return [];
    if (is === undefined) return [`${name} taken away`];
    if (is === '') return [`${name} put there`];
    const isLong = is.length > MAX_SHOWN || (was?.length ?? 0) > MAX_SHOWN;
    return [isLong ? `${name} written anew` : `${name} ${was === undefined || was === '' ? '–' : was} → ${is}`];
  });
}

/** The same once, with how often. */
export function counted(lines: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return [...counts].map(([line, count]) => (count === 1 ? line : `${line} (${count} times)`));
}
