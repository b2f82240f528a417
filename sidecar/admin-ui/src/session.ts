import { computed, ref } from 'vue';
import { frame, openingSession } from './page-settings';

/** Of pages that stand alone: a reload keeps staff logged in, the end of the browser's tab does not. */
const STORED = 'loyalty-session';

const token = ref(openingSession || (frame === null ? (sessionStorage.getItem(STORED) ?? '') : ''));

export const isOpen = computed(() => token.value !== '');

/** True once a session that was open has ended. */
export const hasEnded = ref(false);

export function bearer(): string {
  return `Bearer ${token.value}`;
}

export function keepSession(next: string): void {
  token.value = next;
  hasEnded.value = false;
  if (frame === null) sessionStorage.setItem(STORED, next);
}

export function endSession(): void {
  if (token.value !== '') hasEnded.value = true;
  token.value = '';
  sessionStorage.removeItem(STORED);
}
