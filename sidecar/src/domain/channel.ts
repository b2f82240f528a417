/** A place where shops sell: sales channels of Shopware, store views of Magento. */
export interface Channel {
  readonly code: string;
  readonly name: string;
  /** False: its orders earn nothing, and points cannot be spent there. */
  readonly takesPart: boolean;
  readonly places: readonly ChannelPlace[];
}

export interface ChannelPlace {
  /** Null = any shop; ids of Magento mean something in one shop only. */
  readonly shop: string | null;
  /** As the shop names it. */
  readonly id: string;
}

/** Where something happened, as shops name it. */
export interface Place {
  readonly shopId: string | null;
  /** Absent and null = nobody said. */
  readonly channelId?: string | null;
}

/** The channel of a place, such as that which an order came through; null = none that the programme names. */
export function channelOf(channels: readonly Channel[], { shopId, channelId }: Place): Channel | null {
  const isHere = ({ shop, id }: ChannelPlace): boolean => id === channelId && (shop === null || shop === shopId);
  return channels.find(({ places }) => places.some(isHere)) ?? null;
}

/** Whether a rule is for other channels than the one where something happened. */
export function isForOtherChannel(channels: readonly string[] | undefined, channel: string | null): boolean {
  return channels !== undefined && (channel === null || !channels.includes(channel));
}

/** How a shop names the places that take no part. */
export function excludedPlaces(channels: readonly Channel[], shopId: string): string[] {
  return placesIn(
    channels.filter((channel) => !channel.takesPart),
    shopId,
  );
}

/** How a shop names the places of some channels. */
export function namedPlaces(channels: readonly Channel[], codes: readonly string[], shopId: string): string[] {
  return placesIn(
    channels.filter((channel) => codes.includes(channel.code)),
    shopId,
  );
}

function placesIn(channels: readonly Channel[], shopId: string): string[] {
  return channels
    .flatMap(({ places }) => places.filter(({ shop }) => shop === null || shop === shopId).map(({ id }) => id))
    .sort();
}
