/** `node --import tsx test/bench/what-if.ts --orders 1000000`: a replay against merely parsing the same orders. */
import { Command } from 'commander';
import type { OrderSnapshot } from '../../sidecar/src/domain/order-snapshot';
import { parseProgramme } from '../../sidecar/src/programme-document/programme-document';
import { NO_FACTS } from '../../sidecar/src/replay/past-member';
import { WhatIf } from '../../sidecar/src/replay/what-if-report';
import { programmeDocument } from '../support/programme';
import { benchOrder } from './orders';
import { median } from './lanes';

const ORDERS_A_MEMBER = 5;
const BATCH = 10_000;
const PERIOD = { from: '2026-01-01T00:00:00.000Z', until: '2026-12-31T23:59:59.999Z' };

/** Placed through the year. */
function orderText(number: number): string {
  const day = String((number % 28) + 1).padStart(2, '0');
  const month = String((number % ORDERS_A_MEMBER) * 2 + 1).padStart(2, '0');
  const placedAt = `2026-${month}-${day}T10:00:00.000Z`;
  return JSON.stringify({ ...benchOrder(number, 1), placedAt, paidAt: placedAt } satisfies OrderSnapshot);
}

function timed(work: () => void): number {
  const started = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - started) / 1e6;
}

const parse = (text: string): OrderSnapshot => JSON.parse(text) as OrderSnapshot;

/** In batches that take turns, so that what else the machine does meets both alike. */
function measure(orders: number): { parseMs: number; replayMs: number; ratio: number } {
  const parsed = parseProgramme(programmeDocument());
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const whatIf = new WhatIf(parsed.programme, null, PERIOD);
  let [parseMs, replayMs] = [0, 0];
  const ratios: number[] = [];
  for (let first = 0; first < orders; first += BATCH) {
    const texts = Array.from({ length: Math.min(BATCH, orders - first) }, (_, index) => orderText(first + index));
    let lines = 0;
    const floor = timed(() => texts.forEach((text) => (lines += parse(text).lines.length)));
    const ours = timed(() => {
      for (let index = 0; index < texts.length; index += ORDERS_A_MEMBER) {
        const own = texts.slice(index, index + ORDERS_A_MEMBER);
        const joinedAt = '2026-01-01T00:00:00.000Z';
        whatIf.add({
          memberId: `m${index}`,
          joinedAt,
          segments: [],
          facts: NO_FACTS,
          orders: own.map((text) => ({ snapshot: parse(text), segments: [] })),
        });
      }
    });
    if (lines === 0) throw new Error('nothing was parsed');
    parseMs += floor;
    replayMs += ours;
    ratios.push(ours / floor);
  }
  return { parseMs, replayMs, ratio: median(ratios) };
}

const { orders } = new Command('what-if')
  .option('--orders <number>', 'past orders', Number, 100_000)
  .parse()
  .opts<{ orders: number }>();
const { parseMs, replayMs, ratio } = measure(orders);
process.stdout.write(
  `${orders} orders: parsing ${parseMs.toFixed(0)} ms, replay with parsing ${replayMs.toFixed(0)} ms; ratio ${(replayMs / parseMs).toFixed(2)}, median ${ratio.toFixed(2)}\n`,
);
