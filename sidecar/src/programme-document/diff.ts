/** What one version of a programme says otherwise than another. */
export interface Difference {
  /** As in errors: `tiers.levels[gold].perks.multiplier`; entries of lists go by their code where they have one. */
  readonly field: string;
  /** Absent = the field is new. */
  readonly before?: unknown;
  /** Absent = the field is gone. */
  readonly after?: unknown;
}

type Keyed = ReadonlyMap<string, unknown>;

/** In the order of the fields' names. A list of entries with codes is compared by code, and its order counts as a field of its own. */
export function diffDocuments(before: unknown, after: unknown, field = ''): Difference[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const [keyedBefore, keyedAfter] = [keyed(before), keyed(after)];
  if (keyedBefore === null || keyedAfter === null) return [difference(field, before, after)];
  const isList = Array.isArray(before) && Array.isArray(after);
  if (isList !== (Array.isArray(before) || Array.isArray(after))) return [difference(field, before, after)];
  const names = [...new Set([...keyedBefore.keys(), ...keyedAfter.keys()])].sort();
  const nested = names.flatMap((name) => {
    const path = isList ? `${field}[${name}]` : field === '' ? name : `${field}.${name}`;
    if (!keyedBefore.has(name)) return [{ field: path, after: keyedAfter.get(name) }];
    if (!keyedAfter.has(name)) return [{ field: path, before: keyedBefore.get(name) }];
    return diffDocuments(keyedBefore.get(name), keyedAfter.get(name), path);
  });
  return isList ? [...reordered(field, keyedBefore, keyedAfter), ...nested] : nested;
}

function difference(field: string, before: unknown, after: unknown): Difference {
  return { field, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}

/** Fields of an object, or entries of a list that all have codes of their own; null for what is compared as one value. */
function keyed(value: unknown): Keyed | null {
  if (typeof value !== 'object' || value === null) return null;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  const entries = value.map((entry: unknown): [string, unknown] => [codeOf(entry), entry]);
  const byCode = new Map(entries);
  return byCode.size === value.length && !byCode.has('') ? byCode : null;
}

function codeOf(entry: unknown): string {
  const code = (Object(entry) as { code?: unknown }).code;
  return typeof code === 'string' ? code : '';
}

function reordered(field: string, before: Keyed, after: Keyed): Difference[] {
  const shared = (one: Keyed, other: Keyed): string[] => [...one.keys()].filter((code) => other.has(code));
  const [was, is] = [shared(before, after), shared(after, before)];
  return was.join() === is.join() ? [] : [{ field: `${field}.order`, before: was, after: is }];
}
