import type { Programme } from '../domain/programme';
import { crossCheck } from './cross-checks';
import { describeIssue, fieldErrors, type FieldError } from './field-error';
import { programmeDocumentSchema, type ProgrammeDocument } from './schema';
import { toProgramme } from './to-programme';

export { programmeDocumentSchema, type ProgrammeDocument } from './schema';
export type { FieldError } from './field-error';

export type ParsedProgramme =
  | { readonly ok: true; readonly programme: Programme; readonly document: ProgrammeDocument }
  | { readonly ok: false; readonly errors: FieldError[] };

/**
 * Reads a programme as a merchant wrote it (parsed YAML or JSON). Names every wrong field at once; references between
 * fields are looked at when each field for itself is well-formed.
 */
export function parseProgramme(input: unknown): ParsedProgramme {
  const shape = programmeDocumentSchema.safeParse(input, { error: describeIssue });
  if (!shape.success) return { ok: false, errors: fieldErrors(shape.error.issues) };
  const errors = crossCheck(shape.data);
  if (errors.length > 0) return { ok: false, errors };
  return { ok: true, programme: toProgramme(shape.data), document: shape.data };
}
