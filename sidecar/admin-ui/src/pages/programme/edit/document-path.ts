/**
 * Reading and changing a programme's document by the paths that its faults name, like `tiers.levels[1].threshold`. What is
 * not on the path stays the very same, so that nothing is lost that a form does not know.
 */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export function partsOf(path: string): (string | number)[] {
  return [...path.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, name = '']) => (index === undefined ? name : Number(index)));
}

export function valueAt(document: Json | undefined, path: string): Json | undefined {
  return partsOf(path).reduce<Json | undefined>((value, part) => childOf(value, part), document);
}

/** As a list; what is none is an empty one. */
export function listAt(document: Json | undefined, path: string): readonly Json[] {
  const value = valueAt(document, path);
  return isList(value) ? value : [];
}

/** With another value there; undefined takes the field away. Groups that are missing on the way come into being. */
export function withValue(document: Json, path: string, value: Json | undefined): Json {
  return changed(document, partsOf(path), value) ?? null;
}

/** Whether a path is the other one or leads through it. */
export function isWithin(path: string, ancestor: string): boolean {
  return path === ancestor || path.startsWith(`${ancestor}.`) || path.startsWith(`${ancestor}[`);
}

export function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

export function isGroup(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function childOf(value: Json | undefined, part: string | number): Json | undefined {
  if (typeof part === 'number') return isList(value) ? value[part] : undefined;
  return isGroup(value) && Object.hasOwn(value, part) ? value[part] : undefined;
}

function changed(from: Json | undefined, [part, ...rest]: (string | number)[], value: Json | undefined): Json | undefined {
  if (part === undefined) return value;
  const child = changed(childOf(from, part), rest, value);
  if (typeof part === 'number') {
    const list = isList(from) ? from : [];
    if (child === undefined) return list.filter((_, index) => index !== part);
    return part < list.length ? list.map((entry, index) => (index === part ? child : entry)) : [...list, child];
  }
  const group = isGroup(from) ? from : {};
  if (child !== undefined) return { ...group, [part]: child };
  return Object.fromEntries(Object.entries(group).filter(([name]) => name !== part));
}
