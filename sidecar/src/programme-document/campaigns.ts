/** Campaigns as merchants write them, and what the domain computes with. */
import { z } from 'zod';
import type { Campaign, CampaignEffect } from '../domain/campaign';
import type { MinorByCurrency, Scope } from '../domain/programme';
import { tenThousandths } from './decimals';
import { exactlyOne, fault, uniqueCodes } from './field-checks';
import type { FieldError } from './field-error';
import { channelCondition, code, factor, moneyByCurrency, period, someNames, text } from './fields';

const MAX_CAMPAIGNS = 100;
const MAX_POINTS = 1_000_000_000;
const MAX_UNIT_POINTS = 1_000_000;
const MAX_PRIORITY = 1_000;

const limit = z.int().min(1).max(MAX_POINTS).nullable().default(null);

export const campaignsSchema = z
  .array(
    z.strictObject({
      code,
      name: text(120),
      ...period,
      scope: z
        .strictObject({
          tiers: someNames.optional(),
          products: someNames.optional(),
          categories: someNames.optional(),
          segments: someNames.optional(),
          groups: someNames.optional(),
          ...channelCondition,
          minimumOrder: moneyByCurrency.default({}),
        })
        .prefault({}),
      /** Exactly one of the three. */
      multiplier: factor(100).optional(),
      bonus: z.int().min(1).max(MAX_POINTS).optional(),
      perUnit: z.int().min(1).max(MAX_UNIT_POINTS).optional(),
      stacking: z.enum(['exclusive', 'best', 'all']).default('best'),
      priority: z.int().min(0).max(MAX_PRIORITY).default(0),
      budget: z.strictObject({ points: limit, orders: limit, perMember: limit }).prefault({}),
    }),
  )
  .max(MAX_CAMPAIGNS);

type WrittenCampaign = z.output<typeof campaignsSchema>[number];

/** Codes, effects and dates; names in scopes and money are looked at together with those of other rules. */
export function checkCampaigns({ campaigns }: { readonly campaigns: readonly WrittenCampaign[] }): FieldError[] {
  return [...uniqueCodes('campaigns', campaigns), ...campaigns.flatMap(checkCampaign)];
}

function checkCampaign(campaign: WrittenCampaign, index: number): FieldError[] {
  const field = `campaigns[${index}]`;
  const { multiplier, budget } = campaign;
  const errors = exactlyOne(field, campaign, ['multiplier', 'bonus', 'perUnit']);
  if (multiplier !== undefined && multiplier <= 1) errors.push(fault(`${field}.multiplier`, 'must be greater than 1'));
  if (budget.orders !== null && budget.perMember !== null && budget.perMember > budget.orders) {
    errors.push(fault(`${field}.budget.perMember`, `must not be greater than orders, ${budget.orders}`));
  }
  return errors;
}

export function campaignRule(written: WrittenCampaign, scope: Scope, minimumMinor: MinorByCurrency): Campaign {
  const { code: own, name, stacking, priority, budget } = written;
  const groups = written.scope.groups ?? null;
  return { code: own, name, scope, groups, minimumMinor, effect: effectOf(written), stacking, priority, budget };
}

function effectOf({ multiplier, bonus, perUnit }: WrittenCampaign): CampaignEffect {
  if (multiplier !== undefined) return { kind: 'multiplier', multiplierBps: tenThousandths(multiplier) };
  return bonus === undefined ? { kind: 'perUnit', points: perUnit ?? 0 } : { kind: 'bonus', points: bonus };
}
