/** Both sandbox shops behind one face, for what must be alike on either platform. */
import type { ManualClock } from '../../sidecar/src/clock';
import { createSandboxMagento } from '../sandbox/magento/sandbox-magento';
import type { SandboxShop } from '../sandbox/sandbox-shop';
import { createSandboxShopware } from '../sandbox/shopware/sandbox-shopware';
import { APP, pairingCode, type ComposedSidecar } from './composed-sidecar';
import { PROGRAMME_ID } from './programme';

export interface ShownMember {
  readonly points: unknown;
  readonly tier: unknown;
  readonly challenges?: unknown;
  readonly badges?: unknown;
  readonly terms?: unknown;
  readonly activities?: unknown;
  readonly rewards?: unknown;
  readonly cashback?: unknown;
  readonly memberships?: unknown;
  readonly endedMemberships?: unknown;
  readonly referralCode?: unknown;
  readonly rewardedReferrals?: unknown;
  readonly referralFigures?: unknown;
}

export interface ConnectableShop {
  readonly sandbox: SandboxShop;
  connect(composed: ComposedSidecar): Promise<void>;
  /** What the shop has of a customer. */
  shown(customerId: string): ShownMember;
  /** What the shop has of the programme. */
  terms(): unknown;
}

type Open = (clock: ManualClock, random: () => number) => ConnectableShop;

function openShopware(clock: ManualClock, random: () => number): ConnectableShop {
  const sandbox = createSandboxShopware({ clock, random, ...APP });
  return {
    sandbox,
    connect: (composed) => sandbox.connect(composed.url),
    shown: (customerId) => {
      const fields = sandbox.member(customerId)['customFields'] as Record<string, unknown>;
      return {
        points: fields['loyalty_points'],
        tier: fields['loyalty_tier'],
        challenges: fields['loyalty_challenges'],
        badges: fields['loyalty_badges'],
        terms: fields['loyalty_terms'],
        activities: fields['loyalty_activities'],
        rewards: fields['loyalty_rewards'],
        cashback: fields['loyalty_cashback'],
        memberships: fields['loyalty_memberships'],
        endedMemberships: fields['loyalty_ended_memberships'],
        referralCode: fields['loyalty_referral_code'],
        rewardedReferrals: fields['loyalty_referrals'],
        referralFigures: fields['loyalty_referral_figures'],
      };
    },
    terms: () => sandbox.config(`${APP.appName}.config.programme`),
  };
}

function openMagento(clock: ManualClock, random: () => number): ConnectableShop {
  const sandbox = createSandboxMagento({ clock, random });
  return {
    sandbox,
    connect: async (composed) => sandbox.connect(composed.url, await pairingCode(composed.url, PROGRAMME_ID)),
    shown: (customerId) => {
      const { details, ...row } = sandbox.member(customerId);
      const shown = (details ?? {}) as Record<string, unknown>;
      return {
        ...shown,
        points: row['available_points'],
        tier: row['tier'],
        endedMemberships: shown['ended_memberships'],
        referralCode: row['referral_code'],
        rewardedReferrals: row['rewarded_referrals'],
        referralFigures: shown['referrals'],
      };
    },
    terms: () => sandbox.api.terms,
  };
}

export const sandboxShops: readonly (readonly [string, Open])[] = [
  ['Shopware', openShopware],
  ['Magento', openMagento],
];
