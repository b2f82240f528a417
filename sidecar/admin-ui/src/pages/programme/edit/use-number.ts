import { decimalSign } from '../../../format/formats';
import { useEditor } from './editor';
import { readNumber, writeNumber } from './number-text';
import { useTyped, type Typed } from './use-typed';

/**
 * A number of the document while it is typed. What is no number is kept as it is, so that the check names it beside the
 * field instead of something else being saved.
 */
export function useNumber(
  path: () => string,
  options: { readonly empty?: () => null | undefined; readonly leastDecimals?: () => number } = {},
): Typed {
  const { get, set } = useEditor();
  return useTyped(
    () => {
      const value = get(path());
      if (typeof value === 'number') return writeNumber(value, decimalSign, options.leastDecimals?.() ?? 0);
      return typeof value === 'string' ? value : '';
    },
    (typed) => {
      if (typed.trim() === '') set(path(), options.empty?.());
      else set(path(), readNumber(typed, decimalSign) ?? typed);
    },
  );
}
