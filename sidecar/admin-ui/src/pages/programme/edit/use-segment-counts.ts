import { onScopeDispose, ref, shallowRef, watch } from 'vue';
import { answer, api } from '../../../api/client';
import { ApiFault } from '../../../api/fault';
import { useEditor } from './editor';

/** After the last change: counting looks at every member. */
const COUNT_AFTER_MS = 1000;

export interface SegmentCounts {
  readonly members: number;
  readonly of: ReadonlyMap<string, number>;
}

/** How many members each segment would have now, counted anew while it is edited; only a document without faults can be. */
export function useSegmentCounts() {
  const { document, faults, isChecking, programmeId, list } = useEditor();
  const counts = shallowRef<SegmentCounts | null>(null);
  const fault = shallowRef<ApiFault | null>(null);
  const isCounting = ref(false);
  let asked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function count(): Promise<void> {
    const mine = ++asked;
    isCounting.value = true;
    try {
      const params = { path: { programmeId } };
      const body = { document: document.value };
      const { members, segments } = await answer(api.POST('/admin/programmes/{programmeId}/segments/preview', { params, body }));
      if (mine !== asked) return;
      counts.value = { members, of: new Map(segments.map(({ code, members: belonging }) => [code, belonging])) };
      fault.value = null;
    } catch (error) {
      if (!(error instanceof ApiFault)) throw error;
      if (mine === asked) fault.value = error;
    } finally {
      if (mine === asked) isCounting.value = false;
    }
  }

  watch(
    [document, faults, isChecking],
    () => {
      clearTimeout(timer);
      asked += 1;
      isCounting.value = false;
      if (isChecking.value) return;
      if (faults.value.length > 0 || list('segments').length === 0) counts.value = null;
      else timer = setTimeout(() => void count(), COUNT_AFTER_MS);
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    clearTimeout(timer);
    asked += 1;
  });
  return { counts, fault, isCounting };
}
