/** Where most flows begin: a sidecar with a published programme, and a sandbox shop connected to it. */
import { ManualClock } from '../../sidecar/src/clock';
import { seededRandom } from '../simulation/random';
import { startSidecar, type ComposedSidecar } from './composed-sidecar';
import { publish } from './programme';
import type { ConnectableShop } from './sandbox-shops';

export interface ConnectedShop<Shop> {
  readonly clock: ManualClock;
  readonly composed: ComposedSidecar;
  readonly shop: Shop;
}

export interface ConnectOptions {
  /** ISO 8601; what the clock shows at first. */
  readonly at?: string;
  /** Of the programme; at once when it is left out. */
  readonly publishedAt?: string;
  /** Variables for the sidecar. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The caller closes the sidecar and stops the sandbox. */
export async function connectShop<Shop extends Pick<ConnectableShop, 'sandbox' | 'connect'>>(
  open: (clock: ManualClock, random: () => number) => Shop,
  document: object,
  { at = '2026-03-01T10:00:00.000Z', publishedAt, env = {} }: ConnectOptions = {},
): Promise<ConnectedShop<Shop>> {
  const clock = new ManualClock(Date.parse(at));
  const seeded = seededRandom(5);
  const random = (): number => seeded.next();
  const composed = await startSidecar({ clock, random, env });
  await publish(composed.sidecar.context, document, publishedAt);
  const shop = open(clock, random);
  await shop.sandbox.start();
  await shop.connect(composed);
  return { clock, composed, shop };
}
