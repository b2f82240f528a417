import { simulate, scenarioOf } from './simulate';

/** More seeds for a long soak: SIMULATION_SEEDS=5000 npx jest test/simulation. */
const SEEDS = Number(process.env['SIMULATION_SEEDS'] ?? 200);
const FIRST = Number(process.env['SIMULATION_FIRST_SEED'] ?? 1);
const BATCH = 20;

const batches = Array.from({ length: Math.ceil(SEEDS / BATCH) }, (_, index) => FIRST + index * BATCH);

describe('simulation: books after duplicates, reordering, loss, kills and shop faults equal the books without', () => {
  it.each(batches)(
    'seeds from %d',
    async (first) => {
      let volumeRewards = 0;
      for (let seed = first; seed < Math.min(first + BATCH, FIRST + SEEDS); seed += 1) {
        const calm = await simulate(seed, false);
        const stormy = await simulate(seed, true).catch((error: unknown) => {
          throw new Error(`seed ${seed} (${scenarioOf(seed).name}) failed`, { cause: error });
        });
        expect({ seed, ...stormy }).toEqual({ seed, ...calm });
        expect(Object.keys(calm.orders).length).toBeGreaterThan(0);
        volumeRewards += calm.volumeRewards.length;
      }
      expect(volumeRewards).toBeGreaterThan(0);
    },
    1_500_000,
  );
});
