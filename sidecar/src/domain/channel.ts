import type { OrderSnapshot } from './order-snapshot';

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

/** The channel that an order came through; null = none that the programme names. */
export function channelOf(channels: readonly Channel[], { shopId, channelId }: OrderSnapshot): Channel | null {
  const isHere = ({ shop, id }: ChannelPlace): boolean => id === channelId && (shop === null || shop === shopId);
  return channels.find(({ places }) => places.some(isHere)) ?? null;
}

/** Whether a rule is for other channels than that of the order. */
export function isForOtherChannel(channels: readonly string[] | undefined, channel: string | null): boolean {
  return channels !== undefined && (channel === null || !channels.includes(channel));
}

/** How a shop names the places that take no part. */
export function excludedPlaces(channels: readonly Channel[], shopId: string): string[] {
  return channels
    .filter((channel) => !channel.takesPart)
    .flatMap(({ places }) => places.filter(({ shop }) => shop === null || shop === shopId).map(({ id }) => id))
    .sort();
}
