export interface PollLoop {
  start(): void;
  /** Runs soon; while a run is under way, once more after it. */
  wake(): void;
  /** Starts no further run; resolves when the present one has ended. */
  stop(): Promise<void>;
  isRunning(): boolean;
}

/** Repeats `run` every `pollMs`, and at once when woken; never twice at the same time. */
export function createPollLoop(run: () => Promise<unknown>, pollMs: number, onFault: (error: unknown) => void): PollLoop {
  let timer: NodeJS.Timeout | undefined;
  let present: Promise<unknown> | null = null;
  let again = false;
  let state: 'new' | 'running' | 'stopped' = 'new';

  const look = (): void => {
    clearTimeout(timer);
    if (state !== 'running') return;
    if (present) {
      again = true;
      return;
    }
    again = false;
    present = run()
      .catch(onFault)
      .finally(() => {
        present = null;
        if (again) setImmediate(look);
        else if (state === 'running') timer = setTimeout(look, pollMs);
      });
  };
  return {
    start: () => {
      state = 'running';
      look();
    },
    wake: () => {
      // Deliveries of one group commit wake once each; only the first needs to.
      if (state === 'running' && !again) setImmediate(look);
    },
    stop: async () => {
      state = 'stopped';
      clearTimeout(timer);
      await present;
    },
    isRunning: () => state === 'running',
  };
}
