import { z } from 'zod';
import { startOfDate } from '../domain/calendar';
import type { EarlyAccessRule } from '../domain/early-access';
import { isBefore } from '../domain/instant';
import { fault, uniqueCodes } from './field-checks';
import type { FieldError } from './field-error';
import { code, instant, someNames } from './fields';

const MAX_RULES = 100;

/** Goods that some tiers may buy before everybody else. */
export const earlyAccessSchema = z
  .array(
    z.strictObject({
      code,
      products: someNames.optional(),
      categories: someNames.optional(),
      /** Those with the perk `earlyAccess` when absent. */
      tiers: someNames.optional(),
      from: instant.optional(),
      until: instant,
    }),
  )
  .max(MAX_RULES);

type Written = z.output<typeof earlyAccessSchema>[number];

interface WithTiers {
  readonly earlyAccess: readonly Written[];
  readonly timeZone: string;
  readonly tiers: {
    readonly levels: readonly { readonly code: string; readonly perks: { readonly earlyAccess: boolean } }[];
  };
}

/** Each rule names goods, somebody who may buy them and a period. */
export function checkEarlyAccess(document: WithTiers): FieldError[] {
  const { earlyAccess, timeZone } = document;
  const withPerk = tiersWithPerk(document);
  return [
    ...uniqueCodes('earlyAccess', earlyAccess),
    ...earlyAccess.flatMap(({ products, categories, tiers, from, until }, i) => {
      const field = `earlyAccess[${i}]`;
      const isPeriod = from === undefined || isBefore(moment(from, timeZone), moment(until, timeZone));
      const isForSome = tiers !== undefined || withPerk.length > 0;
      return [
        ...(products || categories ? [] : [fault(field, 'must name products or categories')]),
        ...(isForSome ? [] : [fault(`${field}.tiers`, 'must name tiers, as no level has the perk earlyAccess')]),
        ...(isPeriod ? [] : [fault(`${field}.until`, `must be later than from, ${String(from)}`)]),
      ];
    }),
  ];
}

export function earlyAccessRules(document: WithTiers): EarlyAccessRule[] {
  const withPerk = tiersWithPerk(document);
  return document.earlyAccess.map(({ code: rule, products, categories, tiers, from, until }) => ({
    code: rule,
    ...(products && { products }),
    ...(categories && { categories }),
    tiers: tiers ?? withPerk,
    from: from === undefined ? null : moment(from, document.timeZone),
    until: moment(until, document.timeZone),
  }));
}

function tiersWithPerk({ tiers }: WithTiers): string[] {
  return tiers.levels.filter(({ perks }) => perks.earlyAccess).map(({ code: tier }) => tier);
}

/** A date begins with its first moment in the programme's time zone: that is what a shopper's calendar says. */
function moment(written: string, timeZone: string): string {
  return written.includes('T') ? new Date(written).toISOString() : startOfDate(written, timeZone);
}
