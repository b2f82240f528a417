import { ref, shallowRef, type Ref } from 'vue';
import { ApiFault } from './fault';

export interface Action {
  readonly isBusy: Readonly<Ref<boolean>>;
  readonly fault: Readonly<Ref<ApiFault | null>>;
  /** True once it went through; the next try takes that back. */
  readonly isDone: Readonly<Ref<boolean>>;
  readonly run: () => Promise<void>;
}

/** Something that staff do, once at a time. */
export function useAction(act: () => Promise<unknown>): Action {
  const isBusy = ref(false);
  const isDone = ref(false);
  const fault = shallowRef<ApiFault | null>(null);
  const run = async (): Promise<void> => {
    if (isBusy.value) return;
    isBusy.value = true;
    isDone.value = false;
    fault.value = null;
    try {
      await act();
      isDone.value = true;
    } catch (error) {
      if (!(error instanceof ApiFault)) throw error;
      fault.value = error;
    } finally {
      isBusy.value = false;
    }
  };
  return { isBusy, fault, isDone, run };
}
