/** The programme as text, the way merchants keep it beside their other configuration. */
import { parseDocument, stringify } from 'yaml';
import type { FieldError } from './field-error';

/** Anchors may be used, but not to make a small text a huge document. */
const MAX_ALIASES = 100;

/** JSON is YAML too. Says where the text is wrong. */
export function readWritten(text: string): { ok: true; document: unknown } | { ok: false; errors: FieldError[] } {
  const parsed = parseDocument(text, { prettyErrors: true, uniqueKeys: true });
  const [fault] = parsed.errors;
  if (fault) return { ok: false, errors: [{ field: 'document', message: fault.message.split('\n')[0] ?? 'is not YAML' }] };
  try {
    return { ok: true, document: parsed.toJS({ maxAliasCount: MAX_ALIASES }) as unknown };
  } catch (error) {
    return { ok: false, errors: [{ field: 'document', message: error instanceof Error ? error.message : 'is not YAML' }] };
  }
}

export function writeYaml(document: unknown): string {
  return stringify(document, { lineWidth: 120 });
}
