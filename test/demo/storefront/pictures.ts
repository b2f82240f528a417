/** A drawing for each kind of goods; the shops have no photographs. */
import { Html } from './html';

const DRAWINGS: Readonly<Record<string, string>> = {
  coffee:
    '<path d="M24 44h40v18a18 18 0 0 1-18 18h-4a18 18 0 0 1-18-18z"/><path d="M64 50h6a8 8 0 0 1 0 16h-6"/><path d="M34 20c-4 6 4 8 0 16M44 18c-4 6 4 8 0 16M54 20c-4 6 4 8 0 16"/>',
  tea: '<path d="M22 52h44v10a18 18 0 0 1-18 18H40a18 18 0 0 1-18-18z"/><path d="M66 56l12-8M22 58c-14-6-14 10 2 12"/><path d="M36 46c0-6 16-6 16 0"/><path d="M44 40V28m0 4c8-2 12-8 12-16-8 0-12 6-12 16zm0 6c-6-1-9-6-9-12 6 0 9 5 9 12z"/>',
  books:
    '<path d="M20 26c10-4 20-4 28 2v50c-8-6-18-6-28-2z"/><path d="M76 26c-10-4-20-4-28 2v50c8-6 18-6 28-2z"/><path d="M28 38c5-1 9-1 13 1M28 50c5-1 9-1 13 1M68 38c-5-1-9-1-13 1M68 50c-5-1-9-1-13 1"/>',
  kitchen: '<path d="M20 40h56v28a10 10 0 0 1-10 10H30a10 10 0 0 1-10-10z"/><path d="M14 46h6m56 0h6M18 34h60M42 34v-6h12v6"/>',
  gifts:
    '<path d="M20 44h56v34H20z"/><path d="M16 32h64v12H16zM48 32v46"/><path d="M48 32c-20 2-20-18-8-14 6 2 8 14 8 14zm0 0c20 2 20-18 8-14-6 2-8 14-8 14z"/>',
};

/** For those who see; the name of the product stands beside it. */
export function picture(category: string): Html {
  const drawing = DRAWINGS[category] ?? DRAWINGS['gifts'] ?? '';
  const kind = category in DRAWINGS ? category : 'gifts';
  return new Html(
    `<span class="picture ${kind}" aria-hidden="true"><svg viewBox="0 0 96 96" focusable="false">${drawing}</svg></span>`,
  );
}
