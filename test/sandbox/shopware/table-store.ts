import { definitionOf, DEFINITIONS, type EntityDefinition } from './definitions';

export type Row = Record<string, unknown>;

interface Undo {
  readonly table: Table;
  readonly key: string;
  readonly before: Row | undefined;
}

/** Rows of one entity, found by key, by a linking field, or by when they were last touched. */
export class Table {
  readonly rows = new Map<string, Row>();
  private counter = 0;
  private readonly byField = new Map<string, Map<unknown, Set<string>>>();
  /** Every touch in order of time: the clock never runs back. */
  private readonly touches: { readonly at: string; readonly key: string }[] = [];

  constructor(
    readonly definition: EntityDefinition,
    linkingFields: ReadonlySet<string>,
  ) {
    for (const field of linkingFields) this.byField.set(field, new Map());
  }

  /** Never given twice, not even after a failed write. */
  nextNumber(): number {
    this.counter += 1;
    return this.counter;
  }

  /** True when `linked` finds rows by this field. */
  hasIndex(field: string): boolean {
    return this.byField.has(field);
  }

  keyOf(row: Row): string {
    return this.definition.primaryKey.map((field) => String(row[field])).join(':');
  }

  put(row: Row): void {
    const key = this.keyOf(row);
    const before = this.rows.get(key);
    this.rows.set(key, row);
    this.reindex(key, before, row);
  }

  remove(key: string): void {
    const before = this.rows.get(key);
    this.rows.delete(key);
    this.reindex(key, before, undefined);
  }

  linked(field: string, value: unknown): Row[] {
    const index = this.byField.get(field);
    if (!index) throw new Error(`${this.definition.name}.${field} has no index`);
    return this.pick(index.get(value) ?? []);
  }

  /** The rows there are of those keys. */
  pick(keys: Iterable<string>): Row[] {
    const found: Row[] = [];
    for (const key of keys) {
      const row = this.rows.get(key);
      if (row) found.push(row);
    }
    return found;
  }

  touch(key: string, at: string): void {
    this.touches.push({ at, key });
  }

  touchedSince(at: string): Row[] {
    const keys = new Set<string>();
    for (let index = this.touches.length - 1; index >= 0; index -= 1) {
      const touch = this.touches[index];
      if (!touch || touch.at < at) break;
      keys.add(touch.key);
    }
    return this.pick([...keys].reverse());
  }

  private reindex(key: string, before: Row | undefined, after: Row | undefined): void {
    for (const [field, index] of this.byField) {
      if (before && after && before[field] === after[field]) continue;
      if (before) index.get(before[field])?.delete(key);
      if (!after) continue;
      const keys = index.get(after[field]) ?? new Set<string>();
      index.set(after[field], keys.add(key));
    }
  }
}

/** All tables. Rows are never changed in place: a write puts a new object. */
export class TableStore {
  private readonly tables = new Map<string, Table>();
  /** Where a touch goes on to: child entity -> parent entity and the child's field that names it. */
  private readonly owners = new Map<string, { readonly entity: string; readonly field: string }>();
  private undo: Undo[] | null = null;

  constructor(private readonly now: () => string) {
    const linking = linkingFields();
    for (const definition of DEFINITIONS.values()) {
      this.tables.set(definition.name, new Table(definition, linking.get(definition.name) ?? new Set()));
      for (const association of Object.values(definition.associations)) {
        if ((association.link === 'many' || association.link === 'inverse') && association.owned) {
          this.owners.set(association.entity, { entity: definition.name, field: association.foreignField });
        }
      }
    }
  }

  table(entity: string): Table {
    const table = this.tables.get(entity);
    if (!table) throw new Error(`the sandbox has no entity ${entity}`);
    return table;
  }

  find(entity: string, key: string): Row | undefined {
    return this.table(entity).rows.get(key);
  }

  /** @throws Error when there is none: for links the sandbox itself made */
  get(entity: string, key: string): Row {
    const row = this.find(entity, key);
    if (!row) throw new Error(`there is no ${entity} ${key}`);
    return row;
  }

  insert(entity: string, row: Row): Row {
    const full: Row = { createdAt: this.now(), updatedAt: null };
    for (const [name, field] of Object.entries(definitionOf(entity).fields)) {
      if (name === 'createdAt' || name === 'updatedAt') continue;
      full[name] = field.counts ? this.table(entity).nextNumber() : (row[name] ?? field.fallback ?? null);
    }
    return this.write(entity, full);
  }

  update(entity: string, key: string, changes: Row): Row {
    return this.write(entity, { ...this.get(entity, key), ...changes, updatedAt: this.now() });
  }

  /** Like `update`, but unseen: for what Shopware writes past its own data layer. */
  updateQuietly(entity: string, key: string, changes: Row): void {
    this.write(entity, { ...this.get(entity, key), ...changes });
  }

  remove(entity: string, key: string): void {
    const table = this.table(entity);
    const before = table.rows.get(key);
    if (!before) return;
    this.undo?.push({ table, key, before });
    table.remove(key);
    for (const [cascaded, field] of definitionOf(entity).cascades) {
      const target = this.table(cascaded);
      for (const row of target.linked(field, before.id)) this.remove(cascaded, target.keyOf(row));
    }
  }

  /** All of `act` or, when it throws, nothing. */
  atomically<T>(act: () => T): T {
    const undo: Undo[] = [];
    this.undo = undo;
    try {
      return act();
    } catch (error) {
      for (const { table, key, before } of undo.reverse()) {
        if (before) table.put(before);
        else table.remove(key);
      }
      throw error;
    } finally {
      this.undo = null;
    }
  }

  private write(entity: string, row: Row): Row {
    const table = this.table(entity);
    const key = table.keyOf(row);
    this.undo?.push({ table, key, before: table.rows.get(key) });
    table.put(row);
    this.touch(entity, key, row);
    return row;
  }

  private touch(entity: string, key: string, row: Row): void {
    this.table(entity).touch(key, this.now());
    const owner = this.owners.get(entity);
    if (!owner) return;
    const parentKey = String(row[owner.field]);
    const parent = this.find(owner.entity, parentKey);
    if (parent) this.touch(owner.entity, parentKey, parent);
  }
}

/** Fields by which rows are looked up from elsewhere, by entity. */
function linkingFields(): Map<string, Set<string>> {
  const fields = new Map<string, Set<string>>();
  const add = (entity: string, field: string): void => {
    fields.set(entity, (fields.get(entity) ?? new Set()).add(field));
  };
  for (const definition of DEFINITIONS.values()) {
    for (const [entity, field] of [...definition.cascades, ...definition.restricts]) add(entity, field);
    for (const [name, field] of Object.entries(definition.fields)) if (field.unique) add(definition.name, name);
    for (const association of Object.values(definition.associations)) {
      if (association.link === 'many' || association.link === 'inverse') add(association.entity, association.foreignField);
      if (association.link === 'mapped') add(association.mapping, association.near);
    }
  }
  add('product', 'productNumber');
  add('state_machine_history', 'referencedId');
  return fields;
}
