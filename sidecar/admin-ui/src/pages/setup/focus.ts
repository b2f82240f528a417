import { nextTick } from 'vue';

/** Whoever sent a form with a fault finds themselves where it is. */
export function focusFirstFault(form: HTMLElement | null): void {
  void nextTick(() => form?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
}
