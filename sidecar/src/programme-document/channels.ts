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

interface NamingChannels {
  readonly channels: readonly WrittenChannel[];
  readonly accrual: {
    readonly multipliers: readonly { readonly scope: { readonly channels?: readonly string[] | undefined } }[];
  };
  readonly campaigns: readonly { readonly scope: { readonly channels?: readonly string[] | undefined } }[];
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
export function channelUses({ accrual, campaigns }: NamingChannels): [field: string, codes: readonly string[] | undefined][] {
  return [
    ...accrual.multipliers.map(({ scope }, i): [string, readonly string[] | undefined] => [
      `accrual.multipliers[${i}].scope.channels`,
      scope.channels,
    ]),
    ...campaigns.map(({ scope }, i): [string, readonly string[] | undefined] => [
      `campaigns[${i}].scope.channels`,
      scope.channels,
    ]),
  ];
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
