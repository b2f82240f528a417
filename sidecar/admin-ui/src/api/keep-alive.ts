import { isOpen, keepSession } from '../session';
import { answer, api } from './client';

/** Half of a token's life, so that one failed renewal is no lost session. */
const EVERY_MS = 10 * 60_000;

/** Renews the session for as long as the page is open and seen. */
export function keepSessionAlive(): void {
  const renew = async (): Promise<void> => {
    if (!isOpen.value || document.hidden) return;
    // Whoever was cut off tries again with the next turn; a refusal has ended the session already.
    const renewed = await answer(api.POST('/admin/session/renewal')).catch(() => null);
    if (renewed) keepSession(renewed.token);
  };
  setInterval(() => void renew(), EVERY_MS);
  document.addEventListener('visibilitychange', () => void renew());
}
