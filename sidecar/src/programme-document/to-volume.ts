import type { VolumeIncentive } from '../domain/volume';
import type { ProgrammeDocument } from './schema';
import { inUnit, qualifyingWindow } from './to-tiers';

export function volumeIncentives({ volume, baseCurrency }: ProgrammeDocument): VolumeIncentive[] {
  return volume.flatMap((incentive) => {
    const { code, name, metric } = incentive;
    const window = qualifyingWindow(incentive);
    const bands = incentive.bands.map(({ from, points }) => ({ from: inUnit(metric, from, baseCurrency), points }));
    return window ? [{ code, name, metric, window, bands }] : [];
  });
}
