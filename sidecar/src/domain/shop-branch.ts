/**
 * One installation of a shop whose sales channels belong to several programmes. The installation itself is a shop in the books; each
 * further programme has a branch, which is a shop of its own there: with its orders, customers and what is shown.
 */

export interface ShopPart {
  readonly shopId: string;
  readonly programmeId: string;
}

export interface ShopBranch extends ShopPart {
  readonly channelIds: readonly string[];
}

type Settings = Readonly<Record<string, unknown>>;

export interface Installed extends ShopPart {
  readonly settings: Settings;
}

/** In the settings of an installation: its branches; in those of a branch: its channels. */
export const BRANCHES = 'branches';
export const CHANNELS = 'channels';
/** In the settings of an installation: programmes that its own staff may give channels to. */
export const OFFERED = 'offeredProgrammes';

export function branchesOf(settings: Settings): readonly ShopBranch[] {
  return (settings[BRANCHES] as readonly ShopBranch[] | undefined) ?? [];
}

/** What the operator has offered, and whatever has channels already. */
export function offeredProgrammes(settings: Settings): readonly string[] {
  const offered = (settings[OFFERED] as readonly string[] | undefined) ?? [];
  return [...new Set([...offered, ...branchesOf(settings).map(({ programmeId }) => programmeId)])];
}

/** The installation first. */
export function partsOf({ shopId, programmeId, settings }: Installed): readonly ShopPart[] {
  return [{ shopId, programmeId }, ...branchesOf(settings)];
}

/** @throws Error when the shop has no such part */
export function partNamed(shop: Installed, shopId: string): ShopPart {
  const part = partsOf(shop).find((one) => one.shopId === shopId);
  if (!part) throw new Error(`${shopId} is no part of the shop ${shop.shopId}`);
  return part;
}

/** The part that a sales channel belongs to; without one, and for those that no branch has, the installation. */
export function partOf(shop: Installed, channelId: string | null): ShopPart {
  const branch = branchesOf(shop.settings).find(({ channelIds }) => channelId !== null && channelIds.includes(channelId));
  return branch ?? shop;
}

/** Channels that are of one part alone: `only` these, or all `but` these; null = the installation is not divided. */
export type OwnChannels = { readonly only: readonly string[] } | { readonly but: readonly string[] };

export function ownChannels(settings: Settings): OwnChannels | null {
  const only = settings[CHANNELS] as readonly string[] | undefined;
  if (only !== undefined) return { only };
  const but = branchesOf(settings).flatMap(({ channelIds }) => channelIds);
  return but.length > 0 ? { but } : null;
}

/** Those of all channels that are the part's. */
export function channelsAmong(settings: Settings, every: readonly string[]): readonly string[] {
  const own = ownChannels(settings);
  if (own === null) return every;
  return every.filter((id) => ('only' in own ? own.only.includes(id) : !own.but.includes(id)));
}
