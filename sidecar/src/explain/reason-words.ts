import type { Words } from './language';

/**
 * What a reason says. `{name}` stands for the figure of that name, `{name:form}` for the figure in a form of
 * `format-figure.ts`; without one the name decides (`…Minor` is money, `…Bps` a percentage, `…Milli` a quantity).
 */
export interface ReasonWords extends Words {
  /** When the same code did not apply; absent = it says the same, or never happens. */
  readonly otherwise?: Words;
  /** True: what staff wrote or how they group people, which is not the shopper's to read. */
  readonly staffOnly?: true;
}

export type ReasonTable = Readonly<Record<string, ReasonWords>>;
