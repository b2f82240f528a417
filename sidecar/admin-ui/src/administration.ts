import { frame } from './page-settings';

/** Tells the framing administration that the page has loaded, and how high it is. */
export function joinAdministration(): void {
  document.documentElement.dataset['frame'] = frame ?? 'none';
  if (frame === null) return;
  // Shopware waits for this before it shows the page. Nothing secret is said, so any parent may hear it.
  window.parent.postMessage('sw-app-loaded', '*');
}
