/** One browser in the shop: who shops, what is in the cart, what happened last. */
import type { Happening } from './happening';

export interface Visit {
  /** Null = a guest. */
  customerId: string | null;
  readonly quantities: Map<string, number>;
  code: string | null;
  /** Of the link that brought the visitor; kept like a shop keeps it in its session. */
  friendCode: string | null;
  happening: Happening | null;
  /** What to say once, on the next page. */
  notice: { readonly text: string; readonly isProblem: boolean } | null;
}

const MAX_VISITS = 1000;

/** The longest unused visit makes room for a new one. */
export class Visits {
  private readonly byKey = new Map<string, Visit>();

  constructor(private readonly newKey: () => string) {}

  find(key: string | undefined): { readonly key: string; readonly visit: Visit } {
    const known = key === undefined ? undefined : this.byKey.get(key);
    if (key !== undefined && known) {
      this.byKey.delete(key);
      this.byKey.set(key, known);
      return { key, visit: known };
    }
    const opened = this.newKey();
    const visit: Visit = { customerId: null, quantities: new Map(), code: null, friendCode: null, happening: null, notice: null };
    this.byKey.set(opened, visit);
    const [oldest] = this.byKey.keys();
    if (this.byKey.size > MAX_VISITS && oldest !== undefined) this.byKey.delete(oldest);
    return { key: opened, visit };
  }
}
