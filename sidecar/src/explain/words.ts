import type { ReasonTable } from './reason-words';
import { accrualWords } from './words/accrual';
import { activityWords } from './words/activities';
import { campaignWords } from './words/campaigns';
import { checkoutWords } from './words/checkout';
import { correctionWords } from './words/corrections';
import { cashbackWords } from './words/cashback';
import { challengeWords } from './words/challenges';
import { companyWords } from './words/companies';
import { giftWords } from './words/gifts';
import { identityWords } from './words/identity';
import { membershipWords } from './words/memberships';
import { messageWords } from './words/messages';
import { multiplierWords } from './words/multipliers';
import { occasionWords } from './words/occasions';
import { priceWords } from './words/prices';
import { privacyWords } from './words/privacy';
import { referralWords } from './words/referrals';
import { rewardWords } from './words/rewards';
import { segmentWords } from './words/segments';
import { tierWords } from './words/tiers';
import { volumeWords } from './words/volume';
import { voucherWords } from './words/vouchers';
import { whatIfWords } from './words/what-if';

/** A table an area; a new code is an entry in one of them. */
export const wordTables: readonly ReasonTable[] = [
  accrualWords,
  multiplierWords,
  campaignWords,
  tierWords,
  volumeWords,
  segmentWords,
  activityWords,
  challengeWords,
  companyWords,
  giftWords,
  checkoutWords,
  correctionWords,
  priceWords,
  referralWords,
  messageWords,
  identityWords,
  privacyWords,
  voucherWords,
  occasionWords,
  rewardWords,
  cashbackWords,
  membershipWords,
  whatIfWords,
];

/** By code of the reason. */
export const reasonWords: ReasonTable = Object.assign({}, ...wordTables) as ReasonTable;
