/** Wires what pages of the shops say of the latest changes: the operation knows what was decided, explain/ has the words. */
import type { HistoryLine } from './domain/mirror';
import { explainForPages } from './explain/explain-change';
import type { OperationContext } from './operations/context';
import { recentHistory, type HistoryItem } from './operations/member-history';

const SPENT: readonly string[] = ['hold_captured', 'redemption'];

export function explainedHistory(
  context: Pick<OperationContext, 'db' | 'programmes'>,
): (shopId: string, customerIds: readonly string[]) => Promise<ReadonlyMap<string, readonly HistoryLine[]>> {
  const explained = async ({ decision, ...line }: HistoryItem): Promise<HistoryLine> => {
    // What was paid with points was decided along with what the order earns, and that is said where it was earned.
    if (decision === null || SPENT.includes(line.kind)) return line;
    const { programmeVersionId: versionId } = decision;
    const version = versionId === null ? null : await context.programmes.byVersion(context.db, versionId);
    const why = explainForPages(decision, version?.programme ?? null);
    return Object.keys(why).length === 0 ? line : { ...line, why };
  };
  return (shopId, customerIds) => recentHistory(context.db, shopId, customerIds, explained);
}
