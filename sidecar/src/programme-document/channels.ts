import { z } from 'zod';
import type { Channel } from '../domain/channel';
import { fault, uniqueCodes } from './field-checks';
import type { FieldError } from './field-error';
import { code, text } from './fields';

const MAX_CHANNELS = 100;
const MAX_PLACES = 100;

/** Sales channels and store views under a name that rules use. */
export const channelsSchema = z
  .array(
    z.strictObject({
      code,
      name: text(120),
      takesPart: z.boolean().default(true),
      places: z
        .array(z.strictObject({ shop: text(64).nullable().default(null), id: text(64) }))
        .min(1)
        .max(MAX_PLACES),
    }),
  )
  .max(MAX_CHANNELS);

type WrittenChannel = z.output<typeof channelsSchema>[number];

interface Placed {
  readonly channels?: readonly string[] | undefined;
}
type Scoped = readonly { readonly scope: Placed }[];

/** Every kind of rule that can name channels. */
interface NamingChannels {
  readonly channels: readonly WrittenChannel[];
  readonly accrual: { readonly multipliers: Scoped };
  readonly campaigns: Scoped;
  readonly freeProducts: readonly Placed[];
  readonly nextPurchase: Scoped;
  readonly activities: Scoped;
  readonly challenges: Scoped;
}

/** Each place belongs to one channel, and rules name only channels that there are. */
export function checkChannels(document: NamingChannels): FieldError[] {
  const known = new Set(document.channels.map((channel) => channel.code));
  return [
    ...uniqueCodes('channels', document.channels),
    ...repeatedPlaces(document.channels),
    ...channelUses(document).flatMap(([field, codes = []]) =>
      codes.flatMap((named, i) =>
        known.has(named) ? [] : [fault(`${field}[${i}]`, `${named} is not a channel of the programme`)],
      ),
    ),
  ];
}

/** Every list of channels, with its field. */
export function channelUses(document: NamingChannels): [field: string, codes: readonly string[] | undefined][] {
  const { accrual, campaigns, freeProducts, nextPurchase, activities, challenges } = document;
  const scoped = { 'accrual.multipliers': accrual.multipliers, campaigns, nextPurchase, activities, challenges };
  return [
    ...Object.entries(scoped).flatMap(([field, rules]) => rules.map(({ scope }, i) => used(`${field}[${i}].scope`, scope))),
    ...freeProducts.map((rule, i) => used(`freeProducts[${i}]`, rule)),
  ];
}

function used(field: string, { channels }: Placed): [field: string, codes: readonly string[] | undefined] {
  return [`${field}.channels`, channels];
}

function repeatedPlaces(channels: readonly WrittenChannel[]): FieldError[] {
  const first = new Map<string, string>();
  return channels.flatMap(({ code: channel, places }, i) =>
    places.flatMap(({ shop, id }, j) => {
      const key = `${shop ?? ''} ${id}`;
      const owner = first.get(key);
      first.set(key, channel);
      return owner === undefined ? [] : [fault(`channels[${i}].places[${j}]`, `${id} belongs to ${owner} already`)];
    }),
  );
}

export function channelRule({ code: channel, name, takesPart, places }: WrittenChannel): Channel {
  return { code: channel, name, takesPart, places };
}
