import { device } from './device';
import { emailSignal } from './email-pattern';
import { returns } from './returns';
import { sameAddress } from './same-address';
import type { ReferralSignal } from './signal';
import { speed } from './speed';

/** Everything that can speak for fraud. */
export const referralSignals: readonly ReferralSignal[] = [sameAddress, emailSignal, device, speed, returns];
