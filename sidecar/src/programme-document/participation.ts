/** Terms of participation as merchants write them. */
import { z } from 'zod';
import { ACCEPTANCES, type ParticipationTerms } from '../domain/participation';
import { fault } from './field-checks';
import type { FieldError } from './field-error';
import { instant } from './fields';
import { LANGUAGES } from '../domain/language';

const MAX_VERSIONS = 50;
const MAX_TEXT = 60_000;
const MAX_URL = 500;
const MAX_DAYS = 365;

const days = z.int().min(0).max(MAX_DAYS);
const inLanguages = <T extends z.ZodType>(schema: T) => z.partialRecord(z.enum(LANGUAGES), schema).optional();
const pageUrl = z
  .string()
  .max(MAX_URL)
  .refine((url) => /^https:\/\/[^\s"'<>]+$/.test(url) && URL.canParse(url), 'must be an address like https://shop.example/terms');

export const participationSchema = z.strictObject({
  acceptance: z.enum(ACCEPTANCES).default('asked'),
  noticeDays: days.default(30),
  backdateDays: days.default(0),
  /** Oldest first. */
  versions: z
    .array(
      z.strictObject({
        version: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/, 'must be 1 to 32 letters, digits, ".", "-" or "_"'),
        validFrom: instant,
        /** Either the text itself or a page of the merchant's, by language. */
        texts: inLanguages(z.string().max(MAX_TEXT).regex(/\S/, 'must not be empty')),
        urls: inLanguages(pageUrl),
      }),
    )
    .min(1)
    .max(MAX_VERSIONS),
});

type WrittenParticipation = z.output<typeof participationSchema>;

export function checkParticipation({ terms }: { readonly terms: WrittenParticipation | null }): FieldError[] {
  const versions = terms?.versions ?? [];
  return versions.flatMap(({ version, validFrom, texts = {}, urls = {} }, i) => {
    const field = `terms.versions[${i}]`;
    const first = versions.findIndex((other) => other.version === version);
    const before = versions[i - 1];
    const isEarly = before !== undefined && Date.parse(validFrom) <= Date.parse(before.validFrom);
    const both = LANGUAGES.filter((language) => texts[language] !== undefined && urls[language] !== undefined);
    const isEmpty = Object.keys(texts).length + Object.keys(urls).length === 0;
    return [
      ...(first < i ? [fault(`${field}.version`, `${version} is already used by terms.versions[${first}]`)] : []),
      ...(isEarly ? [fault(`${field}.validFrom`, `must be later than ${before.validFrom}, that of the version before`)] : []),
      ...(isEmpty ? [fault(field, 'must have a text or an address in at least one language')] : []),
      ...both.map((language) => fault(`${field}.urls.${language}`, 'has a text already; a language has one of both')),
    ];
  });
}

export function participationTerms(written: WrittenParticipation | null): ParticipationTerms | null {
  if (written === null) return null;
  const { acceptance, noticeDays, backdateDays, versions } = written;
  return {
    acceptance,
    noticeDays,
    backdateDays,
    versions: versions.map(({ version, validFrom, texts = {}, urls = {} }) => ({
      version,
      validFrom: new Date(validFrom).toISOString(),
      texts: { ...texts },
      urls: { ...urls },
    })),
  };
}
