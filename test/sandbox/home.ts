import { createHash } from 'node:crypto';

/** Where somebody lives and from where they order. */
export interface Home {
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
  readonly networkAddress: string;
}

const STREETS = ['Lindenstr.', 'Bahnhofstr.', 'Gartenweg', 'Schulstr.', 'Am Markt', 'Bergstr.', 'Mühlenweg', 'Kirchgasse'];
const CITIES = ['Berlin', 'Hamburg', 'Köln', 'Leipzig', 'München', 'Bremen'];

/** Everybody has a home of their own, and the same whenever they come, also as a guest. */
export function homeOf(email: string): Home {
  const bytes = createHash('sha256').update(email.trim().toLowerCase()).digest();
  const pick = (list: readonly string[], at: number): string => list[bytes.readUInt8(at) % list.length] ?? '';
  return {
    street: `${pick(STREETS, 0)} ${(bytes.readUInt16BE(1) % 250) + 1}`,
    postcode: String(10_000 + (bytes.readUInt32BE(3) % 89_000)),
    city: pick(CITIES, 7),
    // Of a range that is given to households.
    networkAddress: `84.${128 + (bytes.readUInt8(8) % 64)}.${bytes.readUInt8(9)}.${(bytes.readUInt8(10) % 254) + 1}`,
  };
}
