import type { ApiFault } from '../../api/fault';
import type { Faults } from './terms';

/** What the sidecar refused, by field, to be shown beside it. */
export function refusedFields(fault: ApiFault | null): Faults {
  return Object.fromEntries((fault?.fields ?? []).map(({ field, problem }) => [field, problem]));
}

/** Whether each has a field that says it; false also when nothing in particular was refused. */
export function isPlaced(refused: Faults): boolean {
  const fields = Object.keys(refused);
  return fields.length > 0 && fields.every((field) => field === 'name' || /^(settings|currencies\.\d+)\./.test(field));
}
