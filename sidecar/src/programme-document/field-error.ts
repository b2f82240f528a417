import type { z } from 'zod';

/** One thing that is wrong with a document; `field` is its path, like `tiers.levels[1].threshold`. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** Name of the document itself in an error that no single field causes. */
const ROOT = 'document';

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'must be text; put numbers and dates in quotes',
  number: 'must be a number',
  int: 'must be a whole number',
  boolean: 'must be true or false',
  array: 'must be a list',
  object: 'must be a group of fields',
  record: 'must be a group of fields',
};

/** The path as people write it. */
export function fieldPath(path: readonly PropertyKey[]): string {
  const joined = path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}.${String(part)}`),
    '',
  );
  return joined.replace(/^\./, '') || ROOT;
}

/** Message for one of zod's raw issues; undefined keeps the schema's own. */
export const describeIssue: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is required' : (EXPECTED[issue.expected] ?? `must be of type ${issue.expected}`);
    case 'invalid_value':
      return `must be one of: ${issue.values.map(String).join(', ')}`;
    case 'invalid_union':
      // An object of one of several kinds, told apart by one field.
      return 'options' in issue && Array.isArray(issue.options)
        ? `must be one of: ${issue.options.map(String).join(', ')}`
        : undefined;
    case 'too_small':
      if (issue.origin === 'array') return 'must not be empty';
      return `must be ${issue.inclusive ? 'at least' : 'greater than'} ${issue.minimum}`;
    case 'too_big':
      if (issue.origin === 'array') return `must have at most ${issue.maximum} entries`;
      if (issue.origin === 'string') return `must have at most ${issue.maximum} characters`;
      return `must be at most ${issue.maximum}`;
    default:
      return undefined;
  }
};

/** All issues as field errors; an unknown field is named itself, not its parent. */
export function fieldErrors(issues: readonly z.core.$ZodIssue[]): FieldError[] {
  return issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ field: fieldPath([...issue.path, key]), message: 'is not a field of the programme' }))
      : [{ field: fieldPath(issue.path), message: issue.message }],
  );
}
