/** Programmes to start from; adding one touches its own file and this list. */
import { businessTurnover } from './business-turnover';
import { referralFirst } from './referral-first';
import { simplePoints } from './simple-points';
import type { ProgrammeTemplate } from './template';
import { tiers } from './tiers';

export const programmeTemplates: readonly ProgrammeTemplate[] = [simplePoints, tiers, businessTurnover, referralFirst];

export function findTemplate(code: string): ProgrammeTemplate | null {
  return programmeTemplates.find((template) => template.code === code) ?? null;
}
