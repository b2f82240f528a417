import { apiError } from './api-error';
import { definitionOf, type AssociationDefinition, type FieldDefinition } from './definitions';
import type { Row, TableStore } from './table-store';

/** A dotted field as criteria name it, e.g. `transactions.stateMachineState.technicalName`. */
export interface FieldPath {
  readonly field: FieldDefinition;
  /** All values of the field: several when a to-many link lies on the way, none when a link leads nowhere. */
  readonly values: (row: Row) => unknown[];
  /** Entities on the way whose reading needs a privilege. */
  readonly entities: readonly string[];
  /** True when whatever changes this instant also touches the root row, not later than the instant says. */
  readonly boundsTouch: boolean;
}

const STAMPED = new Set(['createdAt', 'updatedAt', 'orderDateTime']);
const OPEN_KINDS = new Set(['json', 'customFields', 'price']);

/** @throws ApiError 400 for a field that does not exist */
export function resolveField(store: TableStore, entity: string, dotted: string): FieldPath {
  const parts = dotted.split('.');
  if (parts[0] === entity && parts.length > 1) parts.shift();
  const path = step(store, entity, parts);
  if (!path) {
    throw apiError(400, 'FRAMEWORK__UNMAPPED_FIELD', `Field "${dotted}" in entity "${entity}" was not found.`);
  }
  return path;
}

function step(store: TableStore, entity: string, parts: readonly string[]): FieldPath | null {
  const [name = '', ...rest] = parts;
  const { fields, associations } = definitionOf(entity);
  const field = fields[name];
  if (field) {
    if (rest.length === 0) {
      const values = (row: Row): unknown[] => [readField(store, entity, row, name)];
      return { field, values, entities: [entity], boundsTouch: STAMPED.has(name) };
    }
    if (!OPEN_KINDS.has(field.kind)) return null;
    const values = (row: Row): unknown[] => [dig(row[name], rest)];
    return { field, values, entities: [entity], boundsTouch: false };
  }
  const association = associations[name];
  const next = association ? step(store, association.entity, rest) : null;
  if (!association || !next) return null;
  return {
    field: next.field,
    values: (row) => linkedRows(store, row, association).flatMap((linked) => next.values(linked)),
    entities: [entity, ...next.entities],
    boundsTouch: next.boundsTouch && association.link !== 'one' && association.link !== 'mapped' && association.owned === true,
  };
}

export function readField(store: TableStore, entity: string, row: Row, name: string): unknown {
  if (entity !== 'customer' || name !== 'tagIds') return row[name];
  const ids = store.table('customer_tag').linked('customerId', row.id);
  return ids.length === 0 ? null : ids.map((mapping) => mapping.tagId);
}

export function linkedRows(store: TableStore, row: Row, association: AssociationDefinition): Row[] {
  switch (association.link) {
    case 'one': {
      const linked = store.find(association.entity, String(row[association.localField]));
      return linked ? [linked] : [];
    }
    case 'many':
    case 'inverse':
      return store.table(association.entity).linked(association.foreignField, row.id);
    case 'mapped': {
      const mappings = store.table(association.mapping).linked(association.near, row.id);
      return store.table(association.entity).pick(mappings.map((mapping) => String(mapping[association.far])));
    }
  }
}

function dig(value: unknown, parts: readonly string[]): unknown {
  let current = value;
  for (const part of parts) {
    if (typeof current !== 'object' || current === null) return null;
    current = (current as Row)[part];
  }
  return current ?? null;
}
