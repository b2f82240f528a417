import type { paths } from '../../api/openapi';

type Known = paths['/admin/shops/{shopId}/sales-channels']['get']['responses'][200]['content']['application/json'];
export type Channel = Known['channels'][number];

export interface Move {
  readonly channel: Channel;
  /** A programme. */
  readonly to: string;
}

/** Channels for which another programme was chosen. */
export function movesOf(channels: readonly Channel[], chosen: Readonly<Record<string, string>>): Move[] {
  return channels.flatMap((channel) => {
    const to = chosen[channel.channelId] ?? channel.programmeId;
    return to === channel.programmeId ? [] : [{ channel, to }];
  });
}

/** All programmes but the shop's own, with their channels: what is not named goes to the shop's. */
export function assignedProgrammes(
  channels: readonly Channel[],
  chosen: Readonly<Record<string, string>>,
  own: string,
): { programmeId: string; channelIds: string[] }[] {
  const byProgramme = new Map<string, string[]>();
  for (const { channelId, programmeId } of channels) {
    const to = chosen[channelId] ?? programmeId;
    if (to !== own) byProgramme.set(to, [...(byProgramme.get(to) ?? []), channelId]);
  }
  return [...byProgramme].map(([programmeId, channelIds]) => ({ programmeId, channelIds }));
}
