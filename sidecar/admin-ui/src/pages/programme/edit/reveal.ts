import { nextTick } from 'vue';
import { nearestField } from './faults';

/** A section may have to be fetched first. */
const MAX_TRIES = 100;
const TRY_EVERY_MS = 50;

/** Goes to the field that a fault is about: opens what it is in, and puts the cursor there. */
export async function reveal(root: HTMLElement, path: string): Promise<void> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const fields = [...root.querySelectorAll<HTMLElement>('[data-field]')].flatMap((field) =>
      namesOf(field).map((name) => ({ name, field })),
    );
    const nearest = nearestField(
      path,
      fields.map(({ name }) => name),
    );
    const field = fields.find(({ name }) => name === nearest)?.field;
    if (!field) {
      await new Promise((resolve) => setTimeout(resolve, TRY_EVERY_MS));
      continue;
    }
    const entry = field.matches('summary') ? field.closest('details') : null;
    if (entry === null || entry.open) {
      field.focus();
      field.scrollIntoView({ block: 'center' });
      return;
    }
    entry.open = true;
    // Its fields come once the page has heard that it is open.
    await new Promise((resolve) => setTimeout(resolve, TRY_EVERY_MS));
    await nextTick();
  }
}

/** What is folded away may be fields of two groups. */
function namesOf({ dataset }: HTMLElement): string[] {
  return [dataset['field'], dataset['also']].flatMap((name) => (name === undefined ? [] : [name]));
}
