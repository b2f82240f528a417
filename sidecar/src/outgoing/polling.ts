/** What workers have in common that look into the database for what is due. */
export interface OutgoingLog {
  warn(details: Readonly<Record<string, unknown>>, message: string): void;
  error(details: Readonly<Record<string, unknown>>, message: string): void;
}

export interface OutgoingWorker {
  /** Sends until nothing is due; returns how many were taken. */
  runOnce(): Promise<number>;
  start(): void;
  /** Resolves when what is under way is stored. */
  stop(): Promise<void>;
}

export interface Polling {
  /** Sends some of what is due; returns how many were taken, null = nothing is due. */
  readonly round: (isStopping: () => boolean) => Promise<number | null>;
  /** Milliseconds between looks at the database when started. */
  readonly pollMs: number;
  readonly onError: (error: unknown) => void;
}

const MAX_ROUNDS = 10_000;

export function createPolling({ round, pollMs, onError }: Polling): OutgoingWorker {
  let stopping = false;
  const isStopping = (): boolean => stopping;
  const runOnce = async (): Promise<number> => {
    let total = 0;
    for (let count = 0; count < MAX_ROUNDS && !stopping; count += 1) {
      const taken = await round(isStopping);
      if (taken === null) break;
      total += taken;
    }
    return total;
  };

  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<unknown> = Promise.resolve();
  const look = (): void => {
    looking = runOnce()
      .catch(onError)
      .finally(() => {
        if (!stopping) timer = setTimeout(look, pollMs);
      });
  };
  return {
    runOnce,
    start: look,
    async stop() {
      stopping = true;
      clearTimeout(timer);
      await looking;
    },
  };
}
