import { entitiesOf, readCriteria, type Criteria } from './criteria';
import { definitionOf } from './definitions';
import { linkedRows, readField } from './field-path';
import type { Row, TableStore } from './table-store';

export const LIVE_VERSION = '0fa91ce3e96a4bc2be4bd9ce752c3425';
const DEFAULT_LIMIT = 500;

export interface SearchAnswer {
  readonly total: number;
  readonly data: readonly Row[];
}

/**
 * One search as the Admin API answers it.
 * @param mayRead called with every entity the search touches, before anything is read
 * @throws ApiError
 */
export function search(
  store: TableStore,
  entity: string,
  body: unknown,
  mayRead: (entities: ReadonlySet<string>) => void,
): SearchAnswer {
  const criteria = readCriteria(store, entity, body);
  mayRead(entitiesOf(entity, criteria));
  const matching = sorted(candidates(store, entity, criteria).filter(criteria.filter.matches), criteria);
  const limit = criteria.limit ?? DEFAULT_LIMIT;
  const start = (criteria.page - 1) * limit;
  const page = matching.slice(start, start + limit);
  const data = page.map((row) => present(store, entity, row, criteria));
  return {
    total: total(criteria, matching.length, start, limit, page.length),
    data: criteria.includes ? data.map((row) => reduced(row, criteria) as Row) : data,
  };
}

/** A row as the API shows it, with the links asked for; links not asked for are null. */
export function present(store: TableStore, entity: string, row: Row, criteria: Pick<Criteria, 'associations'>): Row {
  const definition = definitionOf(entity);
  const shown: Row = {
    extensions: { foreignKeys: { extensions: [], apiAlias: `${entity}_foreign_keys_extension` } },
    _uniqueIdentifier: row.id ?? null,
    versionId: definition.versioned ? LIVE_VERSION : null,
    translated: entity === 'product' ? { name: row.name ?? null } : [],
    ...row,
  };
  if (entity === 'customer') shown.tagIds = readField(store, entity, row, 'tagIds');
  for (const name of Object.keys(definition.associations)) shown[name] = null;
  for (const { name, definition: link, criteria: nested } of criteria.associations) {
    const linked = linkedRows(store, row, link);
    if (link.link === 'one' || link.link === 'inverse') {
      const first = linked[0];
      shown[name] = first ? present(store, link.entity, first, nested) : null;
    } else {
      const matching = sorted(linked.filter(nested.filter.matches), nested);
      const limited =
        nested.limit === null ? matching : matching.slice((nested.page - 1) * nested.limit, nested.page * nested.limit);
      shown[name] = limited.map((one) => present(store, link.entity, one, nested));
    }
  }
  shown.apiAlias = entity;
  return shown;
}

function candidates(store: TableStore, entity: string, criteria: Criteria): Row[] {
  const table = store.table(entity);
  if (criteria.ids) return table.pick(criteria.ids);
  const { touchedSince, among } = criteria.filter;
  if (among) return [...new Set(among.values)].flatMap((value) => table.linked(among.field, value));
  return touchedSince === null ? [...table.rows.values()] : table.touchedSince(touchedSince);
}

function sorted(rows: Row[], criteria: Criteria): Row[] {
  if (criteria.sort.length === 0) return rows;
  const keyed = rows.map((row) => ({
    row,
    keys: criteria.sort.map(({ path, descending }) => extreme(path.values(row), descending)),
  }));
  keyed.sort((left, right) => {
    for (const [index, { descending }] of criteria.sort.entries()) {
      const order = compare(left.keys[index], right.keys[index]);
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  });
  return keyed.map(({ row }) => row);
}

/** Sorting by a to-many field takes its lowest value, or its highest when descending. */
function extreme(values: unknown[], descending: boolean): unknown {
  const known = values.filter((value) => value !== null).sort(compare);
  return (descending ? known.at(-1) : known[0]) ?? null;
}

/** Null first, as SQL has it. */
function compare(left: unknown, right: unknown): number {
  if (left === right) return 0;
  if (left === null || left === undefined) return -1;
  if (right === null || right === undefined) return 1;
  return left < right ? -1 : 1;
}

function total(criteria: Criteria, matching: number, start: number, limit: number, shown: number): number {
  switch (criteria.totalCount) {
    case 'none':
      return shown;
    case 'exact':
      return matching;
    case 'next-pages':
      // Shopware looks five pages ahead and no further.
      return Math.max(0, Math.min(matching - start, limit * 5 + 1));
  }
}

/** Only the named fields of each alias that has a list. */
function reduced(value: unknown, criteria: Criteria): unknown {
  if (Array.isArray(value)) return value.map((one) => reduced(one, criteria));
  if (typeof value !== 'object' || value === null) return value;
  const { apiAlias } = value as Row;
  const names = typeof apiAlias === 'string' ? criteria.includes?.get(apiAlias) : undefined;
  const kept: Row = {};
  for (const name of Object.keys(value)) {
    if (!names || name === 'apiAlias' || names.has(name)) kept[name] = reduced((value as Row)[name], criteria);
  }
  return kept;
}
