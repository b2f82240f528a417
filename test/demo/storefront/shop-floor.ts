/** Lets something happen in the shop and everything that follows from it, over the real protocol, and tells what that was. */
import type { ManualClock } from '../../../sidecar/src/clock';
import type { Sidecar } from '../../../sidecar/src/compose';
import { NIGHTLY_JOBS, REVIEW_DAYS } from '../shopper-year';
import type { ShopCounter } from './counter';
import { changesOf, counted, type Changes, type Happening, type Step, type Written } from './happening';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** The sidecar's own writes come back as webhooks, which lead to nothing; a few rounds are enough. */
const MAX_ROUNDS = 6;
/** Questions that write nothing, however they are asked. */
const READING = /\/search\/|\/oauth\/|^GET /;

/** What becomes of webhooks on their way. */
export type Wire = 'sound' | 'twice' | 'lost';

export class ShopFloor {
  /** Two shoppers at once would mix up what is told of whom. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    readonly counter: ShopCounter,
    private readonly sidecar: Pick<Sidecar, 'inbox' | 'writeback' | 'outgoing' | 'runJob'>,
    readonly clock: ManualClock,
  ) {}

  get wire(): Wire {
    const { dropWebhook, duplicateWebhook } = this.counter.sandbox.faults;
    return dropWebhook > 0 ? 'lost' : duplicateWebhook > 0 ? 'twice' : 'sound';
  }

  /** From now on, whoever shops. */
  setWire(wire: Wire): void {
    const faults = { dropWebhook: wire === 'lost' ? 1 : 0, duplicateWebhook: wire === 'twice' ? 1 : 0, reorderWebhook: 0 };
    Object.assign(this.counter.sandbox.faults, faults);
  }

  /** `act` tells the steps it took itself, before the shop's webhooks leave. */
  happen(title: string, act: () => Promise<readonly Step[]> | readonly Step[]): Promise<Happening> {
    return this.inTurn(async () => {
      this.clock.advance(MINUTE_MS);
      const before = this.counter.written();
      const steps = [...(await act())];
      return { title, steps: [...steps, ...(await this.settle(before, this.counter.sandbox.requests().length))] };
    });
  }

  /** The jobs of each night run, as they do in a sidecar that runs all day. */
  letPass(days: number): Promise<Happening> {
    const title = days === 1 ? 'A day passed' : `${days} days passed`;
    return this.inTurn(async () => {
      const before = this.counter.written();
      const asked = this.counter.sandbox.requests().length;
      for (let day = 1; day <= days; day += 1) {
        this.clock.advance(DAY_MS);
        for (const job of NIGHTLY_JOBS) await this.sidecar.runJob(job);
        if (day % REVIEW_DAYS === 0 || day === days) await this.sidecar.runJob('review-tiers');
      }
      await this.sidecar.runJob('reconcile-shops');
      const jobs: Step = {
        kind: 'job',
        title: 'The sidecar’s jobs ran',
        details: [...NIGHTLY_JOBS, 'review-tiers', 'reconcile-shops'],
      };
      return { title, steps: [jobs, ...(await this.settle(before, asked))] };
    });
  }

  private inTurn(work: () => Promise<Happening>): Promise<Happening> {
    const done = this.last.then(work);
    this.last = done.catch(() => undefined);
    return done;
  }

  /** @param asked how many requests of the sidecar are not part of it */
  private async settle(before: Written, asked: number): Promise<Step[]> {
    const steps: Step[] = [];
    let known = before;
    let seen = asked;
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const { sandbox } = this.counter;
      const told = this.counter.waiting();
      const { rejected } = await sandbox.deliverWebhooks();
      await this.sidecar.inbox.runOnce();
      await this.sidecar.writeback.runOnce();
      const requests = sandbox.requests().slice(seen);
      seen += requests.length;
      const now = this.counter.written();
      steps.push(...roundSteps({ title: this.sentTitle(round > 0, rejected), told }, requests, changesOf(known, now)));
      known = now;
      if (sandbox.pendingWebhooks() === 0) break;
    }
    await this.sidecar.outgoing.runOnce();
    return steps;
  }

  private sentTitle(isEcho: boolean, rejected: number): string {
    if (this.wire === 'lost') return 'The shop tells the sidecar, but it is lost on the way';
    const sent = isEcho ? 'The sidecar’s own write comes back, and is passed over' : 'The shop tells the sidecar, signed';
    const often = this.wire === 'twice' ? `${sent}; everything twice` : sent;
    return rejected === 0 ? often : `${often}; ${rejected} were refused`;
  }
}

function roundSteps(
  sent: { readonly title: string; readonly told: readonly string[] },
  requests: readonly { readonly method: string; readonly path: string; readonly status: number }[],
  changes: readonly Changes[],
): Step[] {
  const lines = requests.map(({ method, path, status }) => `${method} ${path}${status < 300 ? '' : ` answered ${status}`}`);
  const [reads, writes] = [lines.filter((line) => READING.test(line)), lines.filter((line) => !READING.test(line))];
  const steps: Step[] = [
    { kind: 'webhook', title: sent.title, details: counted(sent.told) },
    { kind: 'read', title: 'The sidecar reads what is there now', details: counted(reads) },
    { kind: 'write', title: 'The sidecar writes into the shop', details: counted(writes), changes },
  ];
  return steps.filter(({ details }) => details.length > 0);
}
