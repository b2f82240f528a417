import type { RunOutcome } from './run-job';

export interface FollowUpDependencies {
  readonly run: () => Promise<RunOutcome>;
  /** False once the process stops. */
  readonly isRunning: () => boolean;
  readonly onError: (error: unknown) => void;
  /** Default: a timer that keeps no process alive. */
  readonly wait?: (ms: number) => Promise<void>;
}

/** Another process has the job; it may have read before the change. */
const BUSY_MS = 15_000;
/** As long as a lease lasts: then the other one is done, or dead. */
const MOST_TRIES = 12;

/**
 * Runs a job after a change. A change that comes while it runs, here or in another process, is followed by another run: the
 * one under way may have read what was before.
 */
export function createFollowUp(deps: FollowUpDependencies): () => void {
  const wait = deps.wait ?? timer;
  let isUnderWay = false;
  let isAskedAgain = false;
  async function follow(): Promise<void> {
    let triesLeft = MOST_TRIES;
    do {
      isAskedAgain = false;
      if ((await deps.run()) !== 'busy') continue;
      await wait(BUSY_MS);
      triesLeft -= 1;
      isAskedAgain = triesLeft > 0;
    } while (isAskedAgain && deps.isRunning());
  }
  return () => {
    isAskedAgain = true;
    if (isUnderWay) return;
    isUnderWay = true;
    void follow()
      .catch(deps.onError)
      .finally(() => (isUnderWay = false));
  };
}

function timer(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
