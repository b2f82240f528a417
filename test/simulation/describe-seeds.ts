import type { Books } from './books';
import { scenarioOf, simulate, type Scenario } from './simulate';

/** More seeds for a long soak: SIMULATION_SEEDS=5000 npx jest test/simulation. */
const SEEDS = Number(process.env['SIMULATION_SEEDS'] ?? 200);
const FIRST = Number(process.env['SIMULATION_FIRST_SEED'] ?? 1);
const BATCH = 20;

/** The seeds of one scenario; a file each, so that they run side by side. */
export function describeSeeds(scenario: Scenario['name']): void {
  const seeds = Array.from({ length: SEEDS }, (_, index) => FIRST + index).filter((seed) => scenarioOf(seed).name === scenario);
  const batches = Array.from({ length: Math.ceil(seeds.length / BATCH) }, (_, index) =>
    seeds.slice(index * BATCH, (index + 1) * BATCH),
  );
  describe(`${scenario} books after duplicates, reordering, loss, kills and shop faults equal the books without`, () => {
    it.each(batches.map((batch) => [batch[0], batch] as const))(
      'seeds from %d',
      async (_first, batch) => {
        let [volumeRewards, ofCampaigns] = [0, 0];
        for (const seed of batch) {
          const calm = await simulate(seed, false);
          const stormy = await simulate(seed, true).catch((error: unknown) => {
            throw new Error(`seed ${seed} failed`, { cause: error });
          });
          expect({ seed, ...comparable(stormy, seed) }).toEqual({ seed, ...comparable(calm, seed) });
          expect(Object.keys(calm.orders).length).toBeGreaterThan(0);
          ofCampaigns += Math.min(calm.campaignPoints, stormy.campaignPoints);
          volumeRewards += calm.volumeRewards.length;
        }
        expect(volumeRewards).toBeGreaterThan(0);
        expect(ofCampaigns > 0).toBe(batch.some((seed) => scenarioOf(seed).hasCampaigns));
      },
      1_500_000,
    );
  });
}

/** How many points of a budget are left in the end hangs on who returned what when. */
function comparable({ campaignPoints, ...books }: Books, seed: number): Partial<Books> {
  return scenarioOf(seed).name === 'exact' ? { ...books, campaignPoints } : books;
}
