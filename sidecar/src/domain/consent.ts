import type { Purpose } from './milestone';

export const PURPOSES = ['transactional', 'marketing'] as const satisfies readonly Purpose[];

/** Who never said anything is told what happened to what they have, and nothing that wants something of them. */
export function isConsented(purpose: Purpose, said: boolean | undefined): boolean {
  return said ?? purpose === 'transactional';
}
