import { computed, watch, type Ref, type WatchSource } from 'vue';
import { useLoad, type Loaded } from './use-load';

export interface Page<Row, Cursor> {
  readonly rows: readonly Row[];
  /** Null = the last page. */
  readonly next: Cursor | null;
}

export interface Pages<Row> extends Omit<Loaded<unknown>, 'data'> {
  /** Null until the first page is here. */
  readonly rows: Readonly<Ref<readonly Row[] | null>>;
  readonly hasMore: Readonly<Ref<boolean>>;
  readonly more: () => Promise<void>;
}

/** Rows page by page, each below the ones before; a change of a source begins anew. */
export function usePages<Row, Cursor>(
  load: (after: Cursor | null) => Promise<Page<Row, Cursor>>,
  sources: WatchSource[] = [],
): Pages<Row> {
  let after: Cursor | null = null;
  let before: readonly Row[] = [];
  const { data, fault, isLoading, reload } = useLoad<Page<Row, Cursor>>(async () => {
    const from = after;
    const page = await load(from);
    return { rows: from === null ? page.rows : [...before, ...page.rows], next: page.next };
  });
  const ask = (from: Cursor | null): Promise<void> => {
    after = from;
    before = data.value?.rows ?? [];
    return reload();
  };
  if (sources.length > 0) watch(sources, () => void ask(null));
  return {
    rows: computed(() => data.value?.rows ?? null),
    hasMore: computed(() => data.value !== null && data.value.next !== null),
    fault,
    isLoading,
    reload: () => ask(null),
    more: () => ask(data.value?.next ?? null),
  };
}
