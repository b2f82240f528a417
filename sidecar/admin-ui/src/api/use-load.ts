import { onScopeDispose, ref, shallowRef, watch, type Ref, type WatchSource } from 'vue';
import { ApiFault } from './fault';

export interface Loaded<Data> {
  readonly data: Readonly<Ref<Data | null>>;
  readonly fault: Readonly<Ref<ApiFault | null>>;
  readonly isLoading: Readonly<Ref<boolean>>;
  readonly reload: () => Promise<void>;
}

/**
 * Loads now and whenever a source changes. What was shown stays until the next is here; the answer to an older question is
 * thrown away.
 */
export function useLoad<Data>(load: () => Promise<Data>, sources: WatchSource[] = []): Loaded<Data> {
  const data = shallowRef<Data | null>(null);
  const fault = shallowRef<ApiFault | null>(null);
  const isLoading = ref(false);
  let asked = 0;
  const reload = async (): Promise<void> => {
    const mine = ++asked;
    isLoading.value = true;
    try {
      const loaded = await load();
      if (mine !== asked) return;
      data.value = loaded;
      fault.value = null;
    } catch (error) {
      if (mine !== asked) return;
      if (!(error instanceof ApiFault)) throw error;
      fault.value = error;
    } finally {
      if (mine === asked) isLoading.value = false;
    }
  };
  onScopeDispose(() => {
    asked += 1;
  });
  if (sources.length > 0) watch(sources, () => void reload());
  void reload();
  return { data, fault, isLoading, reload };
}
