import type { JsonObject } from './document-path';

/** What somebody begins with who has no programme yet. */
export const firstDocument: JsonObject = {
  name: 'Club',
  baseCurrency: 'EUR',
  currencies: { EUR: { earn: { points: 1, per: 1 }, pointValue: { points: 100, value: 1 } } },
};
