import { createFollowUp } from '../../../sidecar/src/jobs/follow-up';
import type { RunOutcome } from '../../../sidecar/src/jobs/run-job';

describe('a job that follows a change', () => {
  /** Each run ends when the test says how. */
  function started({ isRunning = (): boolean => true } = {}) {
    const ends: ((outcome: RunOutcome) => void)[] = [];
    const faults: unknown[] = [];
    const ask = createFollowUp({
      run: () => new Promise((resolve) => ends.push(resolve)),
      isRunning,
      onError: (error) => faults.push(error),
      wait: () => Promise.resolve(),
    });
    const end = async (outcome: RunOutcome): Promise<void> => {
      ends.at(-1)?.(outcome);
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    };
    return { ask, end, runs: () => ends.length, faults };
  }

  it('runs once for one change, and again for the next', async () => {
    const { ask, end, runs } = started();
    ask();
    await end('done');
    expect(runs()).toBe(1);
    ask();
    expect(runs()).toBe(2);
  });

  it('runs once more for all that changed while it ran', async () => {
    const { ask, end, runs } = started();
    for (let change = 0; change < 3; change += 1) ask();
    expect(runs()).toBe(1);
    await end('done');
    expect(runs()).toBe(2);
    await end('failed');
    expect(runs()).toBe(2);
  });

  it('tries again while another process has it, and not for ever', async () => {
    const { ask, end, runs } = started();
    ask();
    await end('busy');
    await end('done');
    expect(runs()).toBe(2);
    ask();
    for (let tries = 0; tries < 20; tries += 1) await end('busy');
    expect(runs()).toBe(2 + 12);
  });

  it('ends with the process', async () => {
    const { ask, end, runs } = started({ isRunning: () => false });
    ask();
    await end('busy');
    expect(runs()).toBe(1);
  });

  it('tells what went wrong, and can be asked again', async () => {
    const faults: unknown[] = [];
    const ask = createFollowUp({
      run: () => Promise.reject(new Error('no database')),
      isRunning: () => true,
      onError: (error) => faults.push(error),
    });
    for (let change = 0; change < 2; change += 1) {
      ask();
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    }
    expect(faults).toHaveLength(2);
  });
});
