import { ref, watch, type Ref } from 'vue';

/**
 * Keys of a list's entries that stay with them when they are moved, so that what is open stays open and the field that is
 * typed in is not made anew.
 */
export function useEntryKeys(length: () => number): {
  readonly keys: Readonly<Ref<readonly number[]>>;
  readonly rearrange: (change: (keys: readonly number[]) => number[]) => void;
} {
  let next = 0;
  const made = (count: number): number[] => Array.from({ length: count }, () => next++);
  const keys = ref<readonly number[]>(made(length()));
  watch(
    length,
    (wanted) => {
      const missing = wanted - keys.value.length;
      if (missing !== 0) keys.value = missing > 0 ? [...keys.value, ...made(missing)] : keys.value.slice(0, wanted);
    },
    { flush: 'sync' },
  );
  return {
    keys,
    rearrange: (change) => {
      keys.value = change(keys.value);
    },
  };
}
