import { onBeforeUnmount, onMounted, shallowRef, watch } from 'vue';
import { nowMs } from '../../../api/me';
import type { Editor } from './editor';
import { keepDraft, readDraft, type DraftPlace, type KeptDraft } from './kept-draft';

/** After the last change. */
const KEEP_AFTER_MS = 300;

/**
 * Keeps what is not saved yet in the browser's tab, so that neither the end of a session nor a reload loses it, and offers
 * it when the same person opens the same version again.
 */
export function useKeptDraft({ document, unreadable, isChanged, setDocument }: Editor, place: () => DraftPlace) {
  const offered = shallowRef<KeptDraft | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Where changes are kept that were not written yet. */
  let due: DraftPlace | null = null;

  function keep(): void {
    clearTimeout(timer);
    if (due === null) return;
    const changes = { at: nowMs(), document: document.value, unreadable: unreadable.value };
    // As long as nobody has decided about them, and has changed nothing, the older changes stay.
    keepDraft(sessionStorage, due, isChanged.value ? changes : offered.value);
    due = null;
  }

  watch([document, unreadable], () => {
    due = place();
    clearTimeout(timer);
    timer = setTimeout(keep, KEEP_AFTER_MS);
  });
  onMounted(() => addEventListener('pagehide', keep));
  onBeforeUnmount(() => {
    keep();
    removeEventListener('pagehide', keep);
  });

  function forget(): void {
    clearTimeout(timer);
    due = null;
    offered.value = null;
    keepDraft(sessionStorage, place(), null);
  }

  return {
    offered,
    /** Once the version is there that the changes are of. */
    offer(): void {
      const kept = readDraft(sessionStorage, place());
      const isSame = kept?.unreadable === null && JSON.stringify(kept.document) === JSON.stringify(document.value);
      offered.value = isSame ? null : kept;
    },
    takeUp(): void {
      const kept = offered.value;
      offered.value = null;
      if (kept === null) return;
      setDocument(kept.document);
      unreadable.value = kept.unreadable;
    },
    /** What was offered is discarded; what was changed since stays. */
    discard(): void {
      offered.value = null;
      due = place();
      keep();
    },
    forget,
  };
}
