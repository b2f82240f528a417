/** What the server wrote into the page. */
function setting(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="loyalty-${name}"]`)?.content ?? '';
}

/** Whose administration frames the page; null = it stands alone. */
export const frame = ((): 'shopware' | 'magento' | null => {
  const named = setting('frame');
  return named === 'shopware' || named === 'magento' ? named : null;
})();

/** Sealed; empty when the page was opened by itself. */
export const openingSession = setting('session');

/** E.g. `de-DE`; of the administration, else of the browser. */
export const locale = setting('locale') || navigator.language;
