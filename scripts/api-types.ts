/** Writes the types of the API for the admin pages, from the same document that describes it to integrators. */
import { writeFileSync } from 'node:fs';
import { apiTypes, apiTypesFile } from '../test/support/api-types';

void apiTypes().then((text) => writeFileSync(apiTypesFile, text));
