import { apiError } from './api-error';
import { resolveField, type FieldPath } from './field-path';
import type { Row, TableStore } from './table-store';
import { readShopTime } from './times';

export interface CompiledFilter {
  readonly matches: (row: Row) => boolean;
  readonly entities: readonly string[];
  /** No row touched before this time can match; null = any may. */
  readonly touchedSince: string | null;
  /** Only rows with one of these values in this own field can match; null = any may. */
  readonly among: { readonly field: string; readonly values: readonly unknown[] } | null;
}

type Comparable = string | number | boolean | null;

const KEYS: Readonly<Record<string, readonly string[]>> = {
  equals: ['type', 'field', 'value'],
  equalsAny: ['type', 'field', 'value'],
  prefix: ['type', 'field', 'value'],
  contains: ['type', 'field', 'value'],
  range: ['type', 'field', 'parameters'],
  multi: ['type', 'operator', 'queries'],
  not: ['type', 'operator', 'queries'],
};

/** @throws ApiError 400 for an unknown type, key, field or a value that cannot be compared */
export function compileFilter(store: TableStore, entity: string, input: unknown, pointer: string): CompiledFilter {
  const query = asObject(input, pointer);
  const type = String(query.type);
  const allowed = KEYS[type];
  if (!allowed) throw invalid(`The filter type "${type}" is not supported.`, `${pointer}/type`);
  const unknown = Object.keys(query).find((key) => !allowed.includes(key));
  if (unknown !== undefined) throw invalid(`Unknown key "${unknown}" in a ${type} filter.`, `${pointer}/${unknown}`);
  if (type === 'multi' || type === 'not') return compileGroup(store, entity, query, pointer, type === 'not');
  if (typeof query.field !== 'string') throw invalid('Parameter "field" is missing.', `${pointer}/field`);
  const path = resolveField(store, entity, query.field);
  if (path.field.kind === 'id' && type !== 'equals' && type !== 'equalsAny') {
    // Shopware would compare the id's bytes with this text and silently find nothing.
    throw invalid(`The id "${query.field}" cannot be compared by "${type}".`, `${pointer}/type`);
  }
  if (type === 'range') return compileRange(path, query.parameters, pointer);
  const test = valueTest(type, path, query.value, pointer);
  // A link that leads nowhere gives null, as a left join does.
  const matches = (row: Row): boolean => {
    const values = path.values(row);
    return values.length === 0 ? test(null) : values.some(test);
  };
  const isExact = type === 'equals' || (type === 'equalsAny' && Array.isArray(query.value));
  const hasIndex = isExact && store.table(entity).hasIndex(query.field);
  const among = hasIndex ? { field: query.field, values: [query.value].flat() } : null;
  return { matches, entities: path.entities, touchedSince: null, among };
}

export function allOf(filters: readonly CompiledFilter[]): CompiledFilter {
  const bounds = filters.flatMap((filter) => filter.touchedSince ?? []);
  return {
    matches: (row) => filters.every((filter) => filter.matches(row)),
    entities: filters.flatMap((filter) => filter.entities),
    touchedSince: bounds.sort().at(-1) ?? null,
    among: filters.find(({ among }) => among !== null)?.among ?? null,
  };
}

function compileGroup(store: TableStore, entity: string, query: Row, pointer: string, negate: boolean): CompiledFilter {
  const operator = typeof query.operator === 'string' ? query.operator.toLowerCase() : 'and';
  if (operator !== 'and' && operator !== 'or') throw invalid('The operator must be "and" or "or".', `${pointer}/operator`);
  if (!Array.isArray(query.queries) || query.queries.length === 0) {
    throw invalid('Parameter "queries" is missing.', `${pointer}/queries`);
  }
  const filters = query.queries.map((one, index) => compileFilter(store, entity, one, `${pointer}/queries/${index}`));
  const both = operator === 'and' ? allOf(filters) : anyOf(filters);
  return negate ? { ...both, matches: (row) => !both.matches(row), touchedSince: null, among: null } : both;
}

function anyOf(filters: readonly CompiledFilter[]): CompiledFilter {
  const bounds = filters.map((filter) => filter.touchedSince);
  const lowest = bounds.includes(null) ? null : (bounds.sort()[0] ?? null);
  return {
    matches: (row) => filters.some((filter) => filter.matches(row)),
    entities: filters.flatMap((filter) => filter.entities),
    touchedSince: lowest,
    among: null,
  };
}

function compileRange(path: FieldPath, input: unknown, pointer: string): CompiledFilter {
  const parameters = Object.entries(asObject(input, `${pointer}/parameters`));
  if (parameters.length === 0) throw invalid('Parameter "parameters" is missing.', `${pointer}/parameters`);
  const tests = parameters.map(([operator, raw]) => {
    const limit = comparable(path, raw, `${pointer}/parameters/${operator}`);
    if (limit === null) throw invalid('A range needs a value.', `${pointer}/parameters/${operator}`);
    return { operator, limit, test: rangeTest(operator, limit, pointer) };
  });
  const lower = tests.find(({ operator }) => operator === 'gte' || operator === 'gt');
  return {
    matches: (row) => path.values(row).some((value) => tests.every(({ test }) => test(value as Comparable))),
    entities: path.entities,
    touchedSince: lower && path.boundsTouch ? String(lower.limit) : null,
    among: null,
  };
}

function rangeTest(operator: string, limit: string | number | boolean, pointer: string): (value: Comparable) => boolean {
  switch (operator) {
    case 'gte':
      return (value) => value !== null && value >= limit;
    case 'gt':
      return (value) => value !== null && value > limit;
    case 'lte':
      return (value) => value !== null && value <= limit;
    case 'lt':
      return (value) => value !== null && value < limit;
    default:
      throw invalid(`Unknown range operator "${operator}".`, `${pointer}/parameters/${operator}`);
  }
}

function valueTest(type: string, path: FieldPath, raw: unknown, pointer: string): (value: unknown) => boolean {
  if (type === 'equalsAny') {
    const list = typeof raw === 'string' ? raw.split('|') : raw;
    if (!Array.isArray(list) || list.length === 0) throw invalid('Parameter "value" is missing.', `${pointer}/value`);
    const wanted = new Set(list.map((one) => comparable(path, one, `${pointer}/value`)));
    return (value) => wanted.has(value as Comparable);
  }
  if (type === 'equals') {
    const wanted = comparable(path, raw, `${pointer}/value`);
    return (value) => (value ?? null) === wanted;
  }
  if (typeof raw !== 'string' || raw === '') throw invalid('Parameter "value" is missing.', `${pointer}/value`);
  const wanted = raw.toLowerCase();
  return (value) => {
    if (typeof value !== 'string') return false;
    return type === 'prefix' ? value.toLowerCase().startsWith(wanted) : value.toLowerCase().includes(wanted);
  };
}

/** The value in the form the rows have. */
function comparable(path: FieldPath, raw: unknown, pointer: string): Comparable {
  if (raw === null) return null;
  if (path.field.kind === 'date') {
    const time = readShopTime(raw);
    if (time === null) throw invalid(`${JSON.stringify(raw)} is no date.`, pointer);
    return time;
  }
  if (path.field.kind === 'bool') return raw === true || raw === 1 || raw === '1' || raw === 'true';
  if (typeof raw !== 'string' && typeof raw !== 'number' && typeof raw !== 'boolean') {
    throw invalid('Parameter "value" must be scalar.', pointer);
  }
  return raw;
}

function asObject(input: unknown, pointer: string): Row {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) throw invalid('An object is expected.', pointer);
  return input as Row;
}

function invalid(detail: string, pointer: string) {
  return apiError(400, 'FRAMEWORK__INVALID_FILTER_QUERY', detail, pointer);
}
