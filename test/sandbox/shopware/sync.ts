import { ApiError, apiError, missingPrivileges } from './api-error';
import { definitionOf, DEFINITIONS, WRITABLE, type EntityDefinition, type FieldDefinition } from './definitions';
import { compileFilter, allOf } from './filter';
import { blankError, fieldValue, unknownField, unknownReference, writeError } from './field-value';
import { checkCondition } from './rule-condition';
import type { ShopIds } from './shop-ids';
import type { Row, TableStore } from './table-store';

export interface WrittenRow {
  readonly entity: string;
  readonly operation: 'insert' | 'update' | 'delete';
  readonly primaryKey: string;
  readonly fields: readonly string[];
}

export interface SyncAnswer {
  readonly data: Readonly<Record<string, unknown>> | [];
  readonly notFound: Readonly<Record<string, unknown>> | [];
  readonly deleted: Readonly<Record<string, unknown>> | [];
}

type Allowed = (privilege: string) => boolean;

/** `POST /api/_action/sync`: all operations or none. */
export class SyncWriter {
  private written: WrittenRow[] = [];
  private notFound: Record<string, unknown[]> = {};
  /** Link -> where it was written; followed up after the last operation, as the database's constraints are. */
  private readonly references: { entity: string; id: string; pointer: string }[] = [];

  private constructor(
    private readonly store: TableStore,
    private readonly ids: ShopIds,
    private readonly mayDo: Allowed,
  ) {}

  /** @throws ApiError 400, 403; then nothing has been written */
  static run(
    store: TableStore,
    ids: ShopIds,
    mayDo: Allowed,
    body: unknown,
  ): { answer: SyncAnswer; written: readonly WrittenRow[] } {
    const writer = new SyncWriter(store, ids, mayDo);
    store.atomically(() => {
      const operations = readOperations(body);
      for (const { operation } of operations) writer.refuseUsed(operation);
      for (const { operation, key } of operations) writer.apply(operation, `/${key}`);
      writer.checkReferences();
    });
    return { answer: writer.answer(), written: writer.written };
  }

  private apply(operation: Row, pointer: string): void {
    const unknown = Object.keys(operation).find((key) => !['key', 'entity', 'action', 'payload', 'criteria'].includes(key));
    if (unknown !== undefined) throw invalidOperation(`Unknown key "${unknown}" in a sync operation.`, pointer);
    const name = String(operation.entity);
    if (!DEFINITIONS.has(name))
      throw apiError(400, 'FRAMEWORK__DEFINITION_NOT_FOUND', `Definition for entity "${name}" does not exist.`, pointer);
    if (!WRITABLE.has(name)) throw missingPrivileges([`${name}:update`]);
    if (operation.action !== 'upsert' && operation.action !== 'delete') {
      throw invalidOperation(`Argument "action" must be upsert or delete, not "${String(operation.action)}".`, pointer);
    }
    const definition = definitionOf(name);
    const rows = this.payloadOf(definition, operation, pointer);
    for (const [index, row] of rows.entries()) {
      if (operation.action === 'upsert') this.upsert(definition, row, `${pointer}/${index}`);
      else this.remove(definition, row, `${pointer}/${index}`);
    }
  }

  private payloadOf(definition: EntityDefinition, operation: Row, pointer: string): Row[] {
    if (operation.action === 'delete' && Array.isArray(operation.criteria)) {
      const filters = operation.criteria.map((one, index) =>
        compileFilter(this.store, definition.name, one, `${pointer}/criteria/${index}`),
      );
      return [...this.store.table(definition.name).rows.values()].filter(allOf(filters).matches);
    }
    const { payload } = operation;
    const isList = Array.isArray(payload) && payload.length > 0;
    if (!isList || payload.some((row) => typeof row !== 'object' || row === null || Array.isArray(row))) {
      throw invalidOperation('Argument "payload" must be a list of objects and not empty.', pointer);
    }
    return payload as Row[];
  }

  private upsert(definition: EntityDefinition, payload: Row, pointer: string): string {
    const keys = Object.fromEntries(definition.primaryKey.map((name) => [name, payload[name] ?? this.freshKey(name, pointer)]));
    const table = this.store.table(definition.name);
    const before = table.rows.get(table.keyOf(keys));
    const values = this.values(definition, { ...payload, ...keys }, before, pointer);
    // Rights come after fields, as in Shopware: an unknown customer is an incomplete new one (400), not a forbidden one.
    this.require(`${definition.name}:${before ? 'update' : 'create'}`);
    const row = before
      ? this.store.update(definition.name, table.keyOf(keys), values)
      : this.store.insert(definition.name, values);
    this.checkRow(definition, row, pointer);
    const primaryKey = table.keyOf(row);
    const fields = [...Object.keys(values), before ? 'updatedAt' : 'createdAt'];
    this.written.push({ entity: definition.name, operation: before ? 'update' : 'insert', primaryKey, fields });
    this.writeLinks(definition, payload, primaryKey, pointer);
    return primaryKey;
  }

  private freshKey(name: string, pointer: string): string {
    if (name === 'id') return this.ids.next();
    throw new ApiError(400, [blankError(`${pointer}/${name}`)]);
  }

  /** Checked values of the row's own fields. */
  private values(definition: EntityDefinition, payload: Row, before: Row | undefined, pointer: string): Row {
    const values: Row = {};
    for (const [name, raw] of Object.entries(payload)) {
      const field = definition.fields[name];
      if (!field) {
        if (definition.associations[name]) continue;
        throw new ApiError(400, [unknownField(name, pointer)]);
      }
      if (field.readOnly) {
        throw new ApiError(400, [
          writeError('FRAMEWORK__WRITE_PROTECTED', `The field "${name}" is write-protected.`, `${pointer}/${name}`),
        ]);
      }
      values[name] = fieldValue(this.store, field, raw, before?.[name], `${pointer}/${name}`);
      this.noteReference(field, values[name], `${pointer}/${name}`);
      this.checkUnique(definition, name, field, values, before, `${pointer}/${name}`);
    }
    const missing = before
      ? []
      : Object.keys(definition.fields).filter((name) => definition.fields[name]?.required && values[name] === undefined);
    if (missing.length > 0)
      throw new ApiError(
        400,
        missing.map((name) => blankError(`${pointer}/${name}`)),
      );
    return values;
  }

  private noteReference(field: FieldDefinition, value: unknown, pointer: string): void {
    if (field.references !== undefined && typeof value === 'string') {
      this.references.push({ entity: field.references, id: value, pointer });
    }
  }

  private checkUnique(
    definition: EntityDefinition,
    name: string,
    field: FieldDefinition,
    values: Row,
    before: Row | undefined,
    pointer: string,
  ): void {
    if (!field.unique || values[name] === null) return;
    const others = this.store.table(definition.name).linked(name, values[name]);
    if (others.some((other) => other.id !== (before?.id ?? values.id))) {
      const detail = `Duplicate entry ${JSON.stringify(values[name])} for ${definition.name}.${name}.`;
      throw new ApiError(400, [writeError('FRAMEWORK__DUPLICATE_ENTRY', detail, pointer)]);
    }
  }

  /** Rules beyond single fields. */
  private checkRow(definition: EntityDefinition, row: Row, pointer: string): void {
    if (definition.name === 'rule_condition') checkCondition(row, pointer);
    if (definition.name !== 'promotion') return;
    const needsCode = row.useCodes === true && row.useIndividualCodes === false;
    if (needsCode && (typeof row.code !== 'string' || row.code.trim() === ''))
      throw new ApiError(400, [blankError(`${pointer}/code`)]);
    if (typeof row.validFrom === 'string' && typeof row.validUntil === 'string' && row.validUntil < row.validFrom) {
      const detail = 'Expiration Date of Promotion must be after Start of Promotion';
      throw new ApiError(400, [writeError('PROMOTION_VALID_UNTIL_VIOLATION', detail, `${pointer}/validUntil`)]);
    }
  }

  /** Rows written within the row: children, and entities linked through a mapping. */
  private writeLinks(definition: EntityDefinition, payload: Row, primaryKey: string, pointer: string): void {
    for (const [name, link] of Object.entries(definition.associations)) {
      if (payload[name] === undefined) continue;
      const at = `${pointer}/${name}`;
      if (link.link === 'one' || link.link === 'inverse' || !Array.isArray(payload[name]))
        throw new ApiError(400, [unknownField(name, pointer)]);
      if (!WRITABLE.has(link.entity)) throw missingPrivileges([`${link.entity}:update`]);
      const target = definitionOf(link.entity);
      for (const [index, raw] of (payload[name] as Row[]).entries()) {
        if (link.link === 'mapped') {
          // With nothing but its id the linked row is only linked, not written.
          const only = Object.keys(raw).length === 1 && typeof raw.id === 'string' && this.store.find(link.entity, raw.id);
          const far = only ? raw.id : this.upsert(target, raw, `${at}/${index}`);
          this.upsert(definitionOf(link.mapping), { [link.near]: primaryKey, [link.far]: far }, `${at}/${index}`);
        } else {
          // A nested condition belongs to its parent's rule.
          const rule =
            definition.name === 'rule_condition' ? { ruleId: this.store.get('rule_condition', primaryKey).ruleId } : {};
          this.upsert(target, { ...raw, ...rule, [link.foreignField]: primaryKey }, `${at}/${index}`);
        }
      }
    }
  }

  private remove(definition: EntityDefinition, payload: Row, pointer: string): void {
    this.require(`${definition.name}:delete`);
    const missing = definition.primaryKey.filter((name) => typeof payload[name] !== 'string');
    if (missing.length > 0)
      throw new ApiError(
        400,
        missing.map((name) => blankError(`${pointer}/${name}`)),
      );
    const primaryKey = this.store.table(definition.name).keyOf(payload);
    if (!this.store.find(definition.name, primaryKey)) {
      (this.notFound[definition.name] ??= []).push(shownKey(definition.name, primaryKey));
      return;
    }
    this.store.remove(definition.name, primaryKey);
    this.written.push({ entity: definition.name, operation: 'delete', primaryKey, fields: [] });
  }

  /** Shopware looks for what stands on a row before it deletes anything of a call: what another operation deletes still counts. */
  private refuseUsed({ entity, action, payload }: Row): void {
    const definition = DEFINITIONS.get(String(entity));
    if (action !== 'delete' || !definition || !Array.isArray(payload)) return;
    for (const row of payload as readonly (Row | null)[]) {
      const usages = definition.restricts.flatMap(([user, field]) => {
        const count = this.store.table(user).linked(field, row?.id).length;
        return count === 0 ? [] : [`${user} (${count})`];
      });
      if (usages.length === 0) continue;
      const used = `The entity is currently in use by: ${usages.join(', ')}`;
      const detail = `The delete request for ${definition.name} was denied due to a conflict. ${used}`;
      throw apiError(409, 'FRAMEWORK__DELETE_RESTRICTED', detail);
    }
  }

  private require(privilege: string): void {
    if (!this.mayDo(privilege)) throw missingPrivileges([privilege]);
  }

  private checkReferences(): void {
    for (const { entity, id, pointer } of this.references) {
      if (!this.store.find(entity, id)) throw new ApiError(400, [unknownReference(entity, id, pointer)]);
    }
  }

  private answer(): SyncAnswer {
    const grouped = (operations: readonly string[]): Record<string, unknown> | [] => {
      const groups: Record<string, unknown[]> = {};
      const seen = new Set<string>();
      for (const row of this.written) {
        if (!operations.includes(row.operation)) continue;
        const name = `${row.entity}:${row.primaryKey}`;
        if (!seen.has(name)) (groups[row.entity] ??= []).push(shownKey(row.entity, row.primaryKey));
        seen.add(name);
      }
      return orEmptyList(groups);
    };
    return { data: grouped(['insert', 'update']), notFound: orEmptyList(this.notFound), deleted: grouped(['delete']) };
  }
}

/** A mapping's key is shown by its parts. */
function shownKey(entity: string, primaryKey: string): unknown {
  const names = definitionOf(entity).primaryKey;
  if (names[0] === 'id') return primaryKey;
  const parts = primaryKey.split(':');
  return Object.fromEntries(names.map((name, index) => [name, parts[index]]));
}

/** An empty PHP map is an empty list. */
function orEmptyList(map: Record<string, unknown>): Record<string, unknown> | [] {
  return Object.keys(map).length === 0 ? [] : map;
}

function readOperations(body: unknown): { operation: Row; key: string }[] {
  const isMap = typeof body === 'object' && body !== null;
  const entries = isMap ? Object.entries(body as Record<string, unknown>) : [];
  if (entries.length === 0) throw invalidOperation('The request needs operations.', '');
  return entries.map(([index, operation]) => {
    if (typeof operation !== 'object' || operation === null)
      throw invalidOperation('An operation must be an object.', `/${index}`);
    const { key } = operation as Row;
    return { operation: operation as Row, key: typeof key === 'string' ? key : index };
  });
}

function invalidOperation(detail: string, pointer: string): ApiError {
  return apiError(400, 'FRAMEWORK__INVALID_SYNC_OPERATION', detail, pointer);
}
