import type { OperationContext } from '../../sidecar/src/operations/context';
import type { Db } from '../../sidecar/src/storage/transaction';

/** A context in which something happens once, right before the next transaction begins: what was listed before has moved. */
export function interrupted(context: OperationContext, happens: () => Promise<unknown>): OperationContext {
  let isDue = true;
  const transaction = () => ({
    async execute<T>(work: Parameters<ReturnType<Db['transaction']>['execute']>[0]): Promise<T> {
      if (isDue) {
        isDue = false;
        await happens();
      }
      return context.db.transaction().execute(work) as Promise<T>;
    },
  });
  const db = new Proxy(context.db, {
    get(target, name) {
      if (name === 'transaction') return transaction;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  return { ...context, db };
}
