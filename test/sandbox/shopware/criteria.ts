import { apiError } from './api-error';
import { definitionOf, type AssociationDefinition } from './definitions';
import { resolveField, type FieldPath } from './field-path';
import { allOf, compileFilter, type CompiledFilter } from './filter';
import type { Row, TableStore } from './table-store';

export type TotalCount = 'none' | 'exact' | 'next-pages';

export interface Criteria {
  readonly ids: readonly string[] | null;
  readonly filter: CompiledFilter;
  readonly sort: readonly { readonly path: FieldPath; readonly descending: boolean }[];
  readonly limit: number | null;
  readonly page: number;
  readonly totalCount: TotalCount;
  readonly associations: readonly RequestedAssociation[];
  readonly includes: ReadonlyMap<string, ReadonlySet<string>> | null;
}

export interface RequestedAssociation {
  readonly name: string;
  readonly definition: AssociationDefinition;
  readonly criteria: Criteria;
}

const MAX_LIMIT = 500;
const KEYS = new Set(['ids', 'filter', 'sort', 'limit', 'page', 'total-count-mode', 'associations', 'includes']);
const TOTAL_COUNTS: ReadonlyMap<unknown, TotalCount> = new Map<unknown, TotalCount>([
  [undefined, 'none'],
  [0, 'none'],
  ['none', 'none'],
  [1, 'exact'],
  ['exact', 'exact'],
  [2, 'next-pages'],
  ['next-pages', 'next-pages'],
]);

/**
 * Reads a search body. Stricter than Shopware where it would silently pass over a misspelt key.
 * @throws ApiError 400
 */
export function readCriteria(store: TableStore, entity: string, input: unknown, pointer = ''): Criteria {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    // An empty PHP map is an empty list.
    if (!Array.isArray(input) || input.length > 0) throw invalid('Criteria must be an object.', pointer);
  }
  const body = input as Row;
  const unknown = Object.keys(body).find((key) => !KEYS.has(key));
  if (unknown !== undefined) throw invalid(`Unknown criteria key "${unknown}".`, `${pointer}/${unknown}`);
  const totalCount = TOTAL_COUNTS.get(body['total-count-mode']);
  if (totalCount === undefined) throw invalid('Unknown total-count-mode.', `${pointer}/total-count-mode`);
  return {
    ids: readIds(body.ids, pointer),
    filter: allOf(
      list(body.filter, `${pointer}/filter`).map((one, index) => compileFilter(store, entity, one, `${pointer}/filter/${index}`)),
    ),
    sort: list(body.sort, `${pointer}/sort`).map((one, index) => readSort(store, entity, one, `${pointer}/sort/${index}`)),
    limit: readLimit(body.limit, pointer),
    page: readPage(body.page, pointer),
    totalCount,
    associations: readAssociations(store, entity, body.associations, pointer),
    includes: readIncludes(body.includes, pointer),
  };
}

/** Every entity the criteria read, for the check of privileges. */
export function entitiesOf(entity: string, criteria: Criteria): Set<string> {
  const entities = new Set([entity, ...criteria.filter.entities, ...criteria.sort.flatMap(({ path }) => path.entities)]);
  for (const association of criteria.associations) {
    for (const nested of entitiesOf(association.definition.entity, association.criteria)) entities.add(nested);
  }
  return entities;
}

function readIds(input: unknown, pointer: string): readonly string[] | null {
  if (input === undefined) return null;
  const ids: unknown[] = typeof input === 'string' ? input.split('|') : list(input, `${pointer}/ids`);
  if (ids.length === 0) throw apiError(400, 'FRAMEWORK__INVALID_CRITERIA_IDS', 'No ids provided in criteria.', `${pointer}/ids`);
  for (const id of ids) {
    if (typeof id !== 'string' || !/^[0-9a-f]{32}$/.test(id)) {
      throw apiError(400, 'FRAMEWORK__INVALID_UUID', `Value is not a valid UUID: ${String(id)}`, `${pointer}/ids`);
    }
  }
  return ids as string[];
}

function readSort(store: TableStore, entity: string, input: unknown, pointer: string) {
  const sort = input as Row | null;
  if (typeof sort !== 'object' || sort === null || typeof sort.field !== 'string') throw invalid('Sort needs a field.', pointer);
  const unknown = Object.keys(sort).find((key) => !['field', 'order', 'naturalSorting'].includes(key));
  if (unknown !== undefined) throw invalid(`Unknown key "${unknown}" in sort.`, pointer);
  const order = typeof sort.order === 'string' ? sort.order.toUpperCase() : 'ASC';
  if (order !== 'ASC' && order !== 'DESC') throw invalid('The order must be ASC or DESC.', pointer);
  return { path: resolveField(store, entity, sort.field), descending: order === 'DESC' };
}

function readLimit(input: unknown, pointer: string): number | null {
  if (input === undefined) return null;
  if (!Number.isInteger(input) || (input as number) < 1) {
    throw apiError(400, 'FRAMEWORK__INVALID_LIMIT_QUERY', 'The limit must be a positive integer.', `${pointer}/limit`);
  }
  if ((input as number) > MAX_LIMIT) {
    const detail = `The limit must be lower than or equal to MAX_LIMIT(=${MAX_LIMIT}). Given: ${JSON.stringify(input)}`;
    throw apiError(400, 'FRAMEWORK__QUERY_LIMIT_EXCEEDED', detail, `${pointer}/limit`);
  }
  return input as number;
}

function readPage(input: unknown, pointer: string): number {
  if (input === undefined) return 1;
  if (Number.isInteger(input) && (input as number) >= 1) return input as number;
  throw apiError(400, 'FRAMEWORK__INVALID_PAGE_QUERY', 'The page must be a positive integer.', `${pointer}/page`);
}

function readAssociations(store: TableStore, entity: string, input: unknown, pointer: string): RequestedAssociation[] {
  if (input === undefined || (Array.isArray(input) && input.length === 0)) return [];
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw invalid('Associations must be an object.', `${pointer}/associations`);
  }
  return Object.entries(input).map(([name, nested]) => {
    const definition = definitionOf(entity).associations[name];
    if (!definition) {
      const detail = `Can not find association by name "${name}" in entity "${entity}".`;
      throw apiError(400, 'FRAMEWORK__ASSOCIATION_NOT_FOUND', detail, `${pointer}/associations/${name}`);
    }
    const criteria = readCriteria(store, definition.entity, nested, `${pointer}/associations/${name}`);
    return { name, definition, criteria };
  });
}

function readIncludes(input: unknown, pointer: string): ReadonlyMap<string, ReadonlySet<string>> | null {
  if (input === undefined) return null;
  if (typeof input !== 'object' || input === null) throw invalid('Includes must be an object.', `${pointer}/includes`);
  return new Map(
    Object.entries(input).map(([alias, names]) => [alias, new Set(list(names, `${pointer}/includes/${alias}`).map(String))]),
  );
}

function list(input: unknown, pointer: string): unknown[] {
  if (input === undefined) return [];
  if (!Array.isArray(input)) throw invalid('A list is expected.', pointer);
  return input as unknown[];
}

function invalid(detail: string, pointer: string) {
  return apiError(400, 'FRAMEWORK__INVALID_CRITERIA', detail, pointer);
}
