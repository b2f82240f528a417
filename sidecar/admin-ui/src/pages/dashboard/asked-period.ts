import { computed, type WritableComputedRef } from 'vue';
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router';
import { nowMs } from '../../api/me';

/** Dates, both included. */
export interface AskedPeriod {
  readonly from: string;
  readonly to: string;
  /** Null = all shops. */
  readonly shopId: string | null;
}

const DAY_MS = 86_400_000;
const WRITTEN = /^\d{4}-\d{2}-\d{2}$/;
export const PRESET_DAYS = [30, 90, 365] as const;

/** The last days up to today. */
export function lastDays(days: number, now = nowMs()): Pick<AskedPeriod, 'from' | 'to'> {
  const written = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  return { from: written(now - (days - 1) * DAY_MS), to: written(now) };
}

export function daysOf({ from, to }: Pick<AskedPeriod, 'from' | 'to'>): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
}

/** In the page's address, so that what somebody sees can be sent to another. */
export function useAskedPeriod(): WritableComputedRef<AskedPeriod> {
  const route = useRoute();
  const router = useRouter();
  const text = (name: string): string | null => {
    const value = route.query[name];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  return computed({
    get: () => {
      const [from, to] = [text('from'), text('to')];
      const isGiven = from !== null && to !== null && WRITTEN.test(from) && WRITTEN.test(to) && from <= to;
      return { ...(isGiven ? { from, to } : lastDays(PRESET_DAYS[0])), shopId: text('shop') };
    },
    set: ({ from, to, shopId }) => {
      const query: LocationQueryRaw = { from, to, ...(shopId === null ? {} : { shop: shopId }) };
      void router.replace({ query });
    },
  });
}
