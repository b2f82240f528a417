/** Magento's searchCriteria over rows in memory; unknown fields are refused as the database would. */

export interface SearchAnswer {
  readonly items: readonly Record<string, unknown>[];
  readonly total_count: number;
}

interface Condition {
  field?: string;
  value?: string;
  condition_type?: string;
}

export class UnknownColumn extends Error {}

export function search(
  rows: Iterable<Record<string, unknown>>,
  query: URLSearchParams,
  columns: readonly string[],
): SearchAnswer {
  const groups = new Map<string, Map<string, Condition>>();
  for (const [name, value] of query) {
    const match = /^searchCriteria\[filter_groups\]\[(\d+)\]\[filters\]\[(\d+)\]\[(field|value|condition_type)\]$/.exec(name);
    if (!match) continue;
    const [, group = '', filter = '', key = ''] = match;
    const filters = groups.get(group) ?? new Map<string, Condition>();
    filters.set(filter, { ...filters.get(filter), [key]: value });
    groups.set(group, filters);
  }
  const conditions = [...groups.values()].map((filters) => [...filters.values()]);
  for (const { field } of conditions.flat()) requireColumn(field, columns);
  const matching: Record<string, unknown>[] = [];
  for (const row of rows) if (conditions.every((any) => any.some((condition) => holds(row, condition)))) matching.push(row);
  const sortBy = query.get('searchCriteria[sortOrders][0][field]');
  if (sortBy !== null) {
    requireColumn(sortBy, columns);
    matching.sort((left, right) => compare(column(left, sortBy), column(right, sortBy)));
  }
  const size = Number(query.get('searchCriteria[pageSize]') ?? 20);
  const page = Number(query.get('searchCriteria[currentPage]') ?? 1);
  return { items: matching.slice((page - 1) * size, page * size), total_count: matching.length };
}

function requireColumn(field: string | undefined, columns: readonly string[]): void {
  if (field === undefined || !columns.includes(field)) throw new UnknownColumn(`Column not found: ${field ?? ''}`);
}

/** `entity_id` is called `id` in REST rows of customers and products. */
function column(row: Record<string, unknown>, field: string): string | number {
  const value = row[field] ?? (field === 'entity_id' ? row['id'] : undefined);
  return typeof value === 'number' ? value : typeof value === 'string' ? value : '';
}

function compare(left: string | number, right: string | number): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return String(left) < String(right) ? -1 : 1;
}

function holds(row: Record<string, unknown>, condition: Condition): boolean {
  const actual = column(row, condition.field ?? '');
  const given = typeof actual === 'number' ? Number(condition.value) : (condition.value ?? '');
  switch (condition.condition_type ?? 'eq') {
    case 'eq':
      return actual === given;
    case 'in':
      return (condition.value ?? '').split(',').includes(String(actual));
    case 'gt':
      return actual > given;
    case 'gteq':
      return actual >= given;
    case 'like':
      return pattern(condition.value ?? '').test(String(actual));
    default:
      throw new UnknownColumn(`condition ${condition.condition_type}`);
  }
}

/** SQL's own: `%` is any text, `_` any sign, a backslash takes both as they are; letters in either case are alike. */
function pattern(like: string): RegExp {
  const signs = like.match(/\\.|[^]/g) ?? [];
  const source = signs.map((sign) => {
    if (sign === '%') return '[^]*';
    if (sign === '_') return '[^]';
    return (sign.length > 1 ? sign.slice(1) : sign).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${source.join('')}$`, 'i');
}
