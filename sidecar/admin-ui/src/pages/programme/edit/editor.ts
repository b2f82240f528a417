import { computed, inject, provide, shallowRef, type InjectionKey } from 'vue';
import { codesOf } from './codes';
import { isGroup, isWithin, listAt, textOf, valueAt, withValue, type Json } from './document-path';
import { useCheck } from './use-check';

const MAX_UNDO = 100;

/** A document while it is edited: its changes, the way back, and what is wrong with it. */
export function createEditor(programmeId: string) {
  const document = shallowRef<Json>({});
  /** As it was loaded. */
  const base = shallowRef<Json>({});
  const { faults, checkFault, isChecking, check } = useCheck(programmeId, document);
  /** The text of the whole as long as it cannot be read; forms show the document from before it. */
  const unreadable = shallowRef<string | null>(null);
  const past = shallowRef<readonly { readonly step: string; readonly document: Json }[]>([]);

  function replace(next: Json, step: string): void {
    // What is typed into one field is one step.
    const last = past.value.at(-1);
    if (last?.step !== step) past.value = [...past.value.slice(1 - MAX_UNDO), { step, document: document.value }];
    document.value = next;
  }

  return {
    programmeId,
    document,
    base,
    faults,
    checkFault,
    isChecking,
    unreadable,
    check,
    isChanged: computed(() => unreadable.value !== null || JSON.stringify(document.value) !== JSON.stringify(base.value)),
    canUndo: computed(() => past.value.length > 0),
    open(loaded: Json): void {
      past.value = [];
      unreadable.value = null;
      base.value = loaded;
      document.value = loaded;
      faults.value = [];
    },
    get: (path: string): Json | undefined => valueAt(document.value, path),
    list: (path: string): readonly Json[] => listAt(document.value, path),
    /** @param step what is changed under one name is undone at once */
    set(path: string, value: Json | undefined, step = path): void {
      replace(withValue(document.value, path, value), step);
    },
    /** A list as a whole: what is wrong with its entries is found out anew, since their places may be others. */
    setList(path: string, value: readonly Json[]): void {
      faults.value = faults.value.filter(({ field }) => !isWithin(field, path));
      replace(withValue(document.value, path, value), `${path} ${past.value.length}`);
    },
    setDocument(next: Json): void {
      replace(next, '');
    },
    undo(): void {
      const last = past.value.at(-1);
      if (!last) return;
      past.value = past.value.slice(0, -1);
      unreadable.value = null;
      faults.value = [];
      document.value = last.document;
    },
    /** Codes of a list when it was loaded: they stand in books and must stay. */
    isOld: (listPath: string, code: string): boolean => codesOf(listAt(base.value, listPath)).includes(code),
    currencies: computed(() => namesOf(valueAt(document.value, 'currencies'))),
    baseCurrency: computed(() => textOf(valueAt(document.value, 'baseCurrency'))),
    tiers: computed(() => optionsOf(listAt(document.value, 'tiers.levels'))),
    segments: computed(() => optionsOf(listAt(document.value, 'segments'))),
    channels: computed(() => optionsOf(listAt(document.value, 'channels'))),
    activities: computed(() => optionsOf(listAt(document.value, 'activities'))),
    memberships: computed(() => optionsOf(listAt(document.value, 'memberships'))),
  };
}

export interface Option {
  readonly code: string;
  readonly title: string;
}

export type Editor = ReturnType<typeof createEditor>;

const key: InjectionKey<Editor> = Symbol('editor');

export function provideEditor(editor: Editor): Editor {
  provide(key, editor);
  return editor;
}

/** Of the page around. @throws Error outside of one */
export function useEditor(): Editor {
  const editor = inject(key);
  if (!editor) throw new Error('a field is shown outside of the editor');
  return editor;
}

function namesOf(value: Json | undefined): string[] {
  return isGroup(value) ? Object.keys(value) : [];
}

function optionsOf(rules: readonly Json[]): Option[] {
  return rules.flatMap((rule) => {
    if (!isGroup(rule) || typeof rule['code'] !== 'string') return [];
    return [{ code: rule['code'], title: textOf(rule['name']) || rule['code'] }];
  });
}
