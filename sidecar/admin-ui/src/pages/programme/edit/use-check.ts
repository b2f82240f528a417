import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue';
import { answer, api } from '../../../api/client';
import { ApiFault } from '../../../api/fault';
import { inWords } from '../../../i18n/texts';
import type { Json } from './document-path';
import type { Fault } from './faults';

/** After the last change, so that nobody is told of a number that is half typed. */
const CHECK_AFTER_MS = 500;

/** What is wrong with a document, asked anew a moment after each change; the answer to an older question is thrown away. */
export function useCheck(programmeId: string, document: Readonly<Ref<Json>>) {
  const faults = shallowRef<readonly Fault[]>([]);
  /** Why the check failed, when it did. */
  const checkFault = shallowRef<ApiFault | null>(null);
  const isChecking = ref(false);
  let asked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function check(): Promise<void> {
    clearTimeout(timer);
    const mine = ++asked;
    isChecking.value = true;
    try {
      const params = { path: { programmeId } };
      const body = { document: document.value };
      const { errors } = await answer(api.POST('/admin/programmes/{programmeId}/documents/check', { params, body }));
      if (mine !== asked) return;
      faults.value = errors.map(({ field, message }) => ({ field, message: inWords(message) }));
      checkFault.value = null;
    } catch (error) {
      if (!(error instanceof ApiFault)) throw error;
      if (mine === asked) checkFault.value = error;
    } finally {
      if (mine === asked) isChecking.value = false;
    }
  }

  watch(document, () => {
    clearTimeout(timer);
    asked += 1;
    isChecking.value = true;
    timer = setTimeout(() => void check(), CHECK_AFTER_MS);
  });
  onScopeDispose(() => {
    clearTimeout(timer);
    asked += 1;
  });
  return { faults, checkFault, isChecking, check };
}
