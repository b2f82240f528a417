import { defineAsyncComponent, type Component } from 'vue';
import type { SectionCode } from './sections';

/** The forms of all parts, each fetched once somebody opens it. */
export const sectionViews: Readonly<Record<SectionCode, Component>> = {
  basics: defineAsyncComponent(() => import('./sections/basics-section.vue')),
  points: defineAsyncComponent(() => import('./sections/points-section.vue')),
  tiers: defineAsyncComponent(() => import('./sections/tiers-section.vue')),
  tierPrices: defineAsyncComponent(() => import('./sections/tier-prices-section.vue')),
  freeProducts: defineAsyncComponent(() => import('./sections/free-products-section.vue')),
  rewards: defineAsyncComponent(() => import('./sections/rewards-section.vue')),
  referral: defineAsyncComponent(() => import('./sections/referral-section.vue')),
  campaigns: defineAsyncComponent(() => import('./sections/campaigns-section.vue')),
  activities: defineAsyncComponent(() => import('./sections/activities-section.vue')),
  challenges: defineAsyncComponent(() => import('./sections/challenges-section.vue')),
  occasions: defineAsyncComponent(() => import('./sections/occasions-section.vue')),
  nextPurchase: defineAsyncComponent(() => import('./sections/next-purchase-section.vue')),
  cashback: defineAsyncComponent(() => import('./sections/cashback-section.vue')),
  volume: defineAsyncComponent(() => import('./sections/volume-section.vue')),
  memberships: defineAsyncComponent(() => import('./sections/memberships-section.vue')),
  segments: defineAsyncComponent(() => import('./sections/segments-section.vue')),
  channels: defineAsyncComponent(() => import('./sections/channels-section.vue')),
  messages: defineAsyncComponent(() => import('./sections/messages-section.vue')),
  leads: defineAsyncComponent(() => import('./sections/leads-section.vue')),
  terms: defineAsyncComponent(() => import('./sections/terms-section.vue')),
  safety: defineAsyncComponent(() => import('./sections/safety-section.vue')),
  text: defineAsyncComponent(() => import('./sections/text-section.vue')),
};
