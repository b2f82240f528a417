import type { Router } from 'vue-router';
import { frame } from './page-settings';

/** What the page tells our module in Magento's administration; see its admin-frame.js. */
interface Message {
  /** Where staff are, so that a reload of the administration leads back there. */
  readonly loyaltyPath?: string;
  /** The session has ended; the administration knows whether its user still may have another. */
  readonly loyaltyReload?: 'by hand' | 'by itself';
}

/** Nothing secret is said, so any parent may hear it. */
function tell(message: Message | 'sw-app-loaded'): void {
  window.parent.postMessage(message, '*');
}

/** Tells the framing administration that the page has loaded, and where in it staff are. */
export function joinAdministration(router: Router): void {
  document.documentElement.dataset['frame'] = frame ?? 'none';
  // Shopware waits for this before it shows the page.
  if (frame === 'shopware') tell('sw-app-loaded');
  if (frame === 'magento') router.afterEach(({ fullPath }) => tell({ loyaltyPath: fullPath }));
}

/** Whether the administration opens the page anew when it is asked to. */
export const canReload = frame === 'magento';

export function askForReload(how: 'by hand' | 'by itself'): void {
  if (canReload) tell({ loyaltyReload: how });
}
