import type { Clock } from '../../../sidecar/src/clock';

const HEX = '0123456789abcdef';
const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** Ids and keys in the forms Shopware gives them, drawn from the injected randomness. */
export class ShopIds {
  private counter = 0;

  constructor(
    private readonly clock: Clock,
    private readonly random: () => number,
  ) {}

  /** 32 hex digits, ordered by time; the counter keeps them apart when the clock stands still. */
  next(): string {
    this.counter += 1;
    const time = this.clock.nowMs().toString(16).padStart(12, '0');
    return `${time}7${this.counter.toString(16).padStart(9, '0')}${this.draw(HEX, 10)}`;
  }

  accessKey(): string {
    return `SWIA${this.draw(CAPITALS, 22)}`;
  }

  /** Letters and digits: keys, shop ids, tokens. */
  letters(length: number): string {
    return this.draw(LETTERS, length);
  }

  private draw(alphabet: string, length: number): string {
    return Array.from({ length }, () => alphabet[Math.floor(this.random() * alphabet.length)]).join('');
  }
}
