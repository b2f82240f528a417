/** The form for people without an account, as merchants write it. */
import { z } from 'zod';
import type { LeadTerms } from '../domain/lead';
import { fault } from './field-checks';
import type { FieldError } from './field-error';
import { text } from './fields';
import { LANGUAGES } from '../domain/language';
import type { ProgrammeDocument } from './schema';
import { checkVoucher, voucherSchema, voucherTerms } from './vouchers';

const MAX_HOURS = 720;
const MAX_POINTS = 1_000_000;
const MAX_TEXT = 2000;

export const leadsSchema = z.strictObject({
  confirmWithinHours: z.int().min(1).max(MAX_HOURS).default(48),
  /** What somebody agrees to with the form, by language; a new text is a new version. */
  consent: z.strictObject({
    version: text(32),
    texts: z.partialRecord(z.enum(LANGUAGES), text(MAX_TEXT)),
  }),
  points: z.int().min(1).max(MAX_POINTS).optional(),
  voucher: voucherSchema.optional(),
  rewardsMembers: z.boolean().default(false),
});

export function checkLeads(document: ProgrammeDocument): FieldError[] {
  const { leads } = document;
  if (leads === null) return [];
  const isEmpty = Object.keys(leads.consent.texts).length === 0;
  return [
    ...(isEmpty ? [fault('leads.consent.texts', 'must have a text in at least one language')] : []),
    ...checkVoucher(document, 'leads.voucher', leads.voucher),
  ];
}

export function leadTerms(written: z.output<typeof leadsSchema> | null): LeadTerms | null {
  if (written === null) return null;
  const { confirmWithinHours, consent, points, voucher, rewardsMembers } = written;
  return {
    confirmWithinHours,
    consent: { version: consent.version, texts: { ...consent.texts } },
    points: points ?? 0,
    voucher: voucher ? voucherTerms(voucher) : null,
    rewardsMembers,
  };
}
