import { createPollLoop } from '../../../sidecar/src/inbox/poll-loop';

/** A run that ends when told, and says when it begins. */
function steered() {
  const ends: (() => void)[] = [];
  let begun = (): void => undefined;
  let begins = 0;
  return {
    run: () =>
      new Promise<void>((resolve) => {
        begins += 1;
        ends.push(resolve);
        begun();
      }),
    begins: () => begins,
    endFirst: () => ends.shift()?.(),
    nextBegin: () =>
      new Promise<void>((resolve) => {
        begun = resolve;
      }),
  };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('createPollLoop', () => {
  it('runs at the start and again after the wait', async () => {
    const steps = steered();
    const loop = createPollLoop(steps.run, 0, () => undefined);
    loop.start();
    expect(steps.begins()).toBe(1);
    const second = steps.nextBegin();
    steps.endFirst();
    await second;
    expect(steps.begins()).toBe(2);
    const stopped = loop.stop();
    steps.endFirst();
    await stopped;
  });

  it('runs once more after a run during which it was woken, however often', async () => {
    const steps = steered();
    const loop = createPollLoop(steps.run, 3_600_000, () => undefined);
    loop.start();
    for (let time = 0; time < 5; time += 1) loop.wake();
    await turn();
    expect(steps.begins()).toBe(1);
    const second = steps.nextBegin();
    steps.endFirst();
    await second;
    steps.endFirst();
    for (let time = 0; time < 5; time += 1) await turn();
    expect(steps.begins()).toBe(2);
    await loop.stop();
  });

  it('waits for the present run when stopped, and starts no other', async () => {
    const steps = steered();
    const loop = createPollLoop(steps.run, 0, () => undefined);
    loop.start();
    loop.wake();
    let stopped = false;
    const stopping = loop.stop().then(() => {
      stopped = true;
    });
    await turn();
    expect(stopped).toBe(false);
    steps.endFirst();
    await stopping;
    loop.wake();
    await turn();
    expect(steps.begins()).toBe(1);
    expect(loop.isRunning()).toBe(false);
  });

  it('goes on after a fault', async () => {
    let runs = 0;
    let second = (): void => undefined;
    const ranTwice = new Promise<void>((resolve) => {
      second = resolve;
    });
    const faults: unknown[] = [];
    const loop = createPollLoop(
      () => {
        runs += 1;
        if (runs === 2) second();
        return runs === 1 ? Promise.reject(new Error('first')) : Promise.resolve();
      },
      0,
      (error) => faults.push(error),
    );
    loop.start();
    await ranTwice;
    await loop.stop();
    expect(faults).toEqual([new Error('first')]);
  });
});
