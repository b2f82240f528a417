import { ApiError, errorEntry, type ApiErrorEntry } from './api-error';
import type { FieldDefinition } from './definitions';
import type { Row, TableStore } from './table-store';
import { readShopTime } from './times';

const BLANK = 'c1051bb4-d103-4f74-8988-acbcafc7fdc3';
const WRONG_TYPE = 'ba785a8c-82cb-4283-967c-3cf342181b40';

export function writeError(code: string, detail: string, pointer: string): ApiErrorEntry {
  return errorEntry(400, code, detail, `/write_data${pointer}`);
}

export function blankError(pointer: string): ApiErrorEntry {
  return writeError(BLANK, 'This value should not be blank.', pointer);
}

/**
 * The value as stored, merged with what is there in the case of custom fields.
 * @throws ApiError 400 when the value does not fit the field
 */
export function fieldValue(store: TableStore, field: FieldDefinition, raw: unknown, before: unknown, pointer: string): unknown {
  if (raw === null) {
    if (field.required) throw new ApiError(400, [blankError(pointer)]);
    return null;
  }
  switch (field.kind) {
    case 'id':
      if (typeof raw === 'string' && /^[0-9a-f]{32}$/.test(raw)) return raw;
      throw new ApiError(400, [
        writeError('FRAMEWORK__INVALID_UUID', `Value is not a valid UUID: ${JSON.stringify(raw)}`, pointer),
      ]);
    case 'string':
      if (field.required && raw === '') throw new ApiError(400, [blankError(pointer)]);
      return must(typeof raw === 'string', raw, 'string', pointer);
    case 'int':
      return must(Number.isInteger(raw), raw, 'int', pointer);
    case 'float':
      return must(typeof raw === 'number', raw, 'float', pointer);
    case 'bool':
      return must(typeof raw === 'boolean', raw, 'bool', pointer);
    case 'date': {
      const time = readShopTime(raw);
      return must(time !== null, time, 'date', pointer);
    }
    case 'json':
      return must(typeof raw === 'object', raw, 'array', pointer);
    case 'customFields':
      must(typeof raw === 'object' && (!Array.isArray(raw) || raw.length === 0), raw, 'array', pointer);
      return { ...(before as Row | null), ...(raw as Row) };
    case 'price':
      return priceValue(store, raw, pointer);
  }
}

function must(fits: boolean, value: unknown, type: string, pointer: string): unknown {
  if (fits) return value;
  throw new ApiError(400, [writeError(WRONG_TYPE, `This value should be of type ${type}.`, pointer)]);
}

function priceValue(store: TableStore, raw: unknown, pointer: string): unknown {
  must(Array.isArray(raw) && raw.length > 0, raw, 'array', pointer);
  const prices = raw as Row[];
  const allowed = new Set(['currencyId', 'gross', 'net', 'linked', 'listPrice', 'regulationPrice', 'percentage']);
  for (const [index, price] of prices.entries()) {
    const at = `${pointer}/${index}`;
    for (const name of ['gross', 'net']) must(typeof price[name] === 'number', price[name], 'numeric', `${at}/${name}`);
    must(typeof price.linked === 'boolean', price.linked, 'bool', `${at}/linked`);
    const unknown = Object.keys(price).find((name) => !allowed.has(name));
    if (unknown !== undefined) throw new ApiError(400, [unknownField(unknown, at)]);
    if (!store.find('currency', String(price.currencyId)))
      throw new ApiError(400, [unknownReference('currency', price.currencyId, at)]);
  }
  const hasDefault = prices.some((price) => store.get('currency', String(price.currencyId)).isSystemDefault === true);
  if (!hasDefault) {
    throw new ApiError(400, [writeError('FRAMEWORK__PRICE_MISSING_DEFAULT', 'No price for default currency defined', pointer)]);
  }
  return prices;
}

export function unknownField(name: string, pointer: string): ApiErrorEntry {
  return writeError('FRAMEWORK__UNKNOWN_FIELD', `There is no field "${name}".`, `${pointer}/${name}`);
}

export function unknownReference(entity: string, value: unknown, pointer: string): ApiErrorEntry {
  const detail = `The referenced ${entity} "${String(value)}" does not exist.`;
  return writeError('FRAMEWORK__FOREIGN_KEY_CONSTRAINT_VIOLATION', detail, pointer);
}
