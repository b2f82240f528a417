import type { Parts } from './compose';
import type { ImportDeps } from './imports/deps';

/** What imports need, for those who take them in and those who apply them. */
export function importDeps({ context, hashEmail, log }: Pick<Parts, 'context' | 'hashEmail' | 'log'>): ImportDeps {
  return {
    context,
    hashEmail,
    onFault: (error, where) => log.error({ error, ...where }, 'a row of an import could not be applied'),
  };
}
