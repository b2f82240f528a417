/** The admin pages are checked against types of the API: those must be of the API as it is. */
import { readFileSync } from 'node:fs';
import { apiTypes, apiTypesFile } from '../support/api-types';

test('types of the API are those that its endpoints say', async () => {
  // After a change of an endpoint: npm run api:types
  expect(readFileSync(apiTypesFile, 'utf8')).toBe(await apiTypes());
});
