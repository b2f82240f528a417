/** Terms of participation as merchants write them. */
import { z } from 'zod';
import { ACCEPTANCES, type ParticipationTerms, type TermsVersion } from '../domain/participation';
import { fault } from './field-checks';
import type { FieldError } from './field-error';
import { instant } from './fields';
import { LANGUAGES } from '../domain/language';

const MAX_VERSIONS = 50;
const MAX_SHOPS = 50;
const MAX_TEXT = 60_000;
const MAX_URL = 500;
const MAX_DAYS = 365;

const days = z.int().min(0).max(MAX_DAYS);
const inLanguages = <T extends z.ZodType>(schema: T) => z.partialRecord(z.enum(LANGUAGES), schema).optional();
const pageUrl = z
  .string()
  .max(MAX_URL)
  .refine((url) => /^https:\/\/[^\s"'<>]+$/.test(url) && URL.canParse(url), 'must be an address like https://shop.example/terms');

/** Oldest first. */
const versionsSchema = z
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
  .max(MAX_VERSIONS);

export const participationSchema = z.strictObject({
  acceptance: z.enum(ACCEPTANCES).default('asked'),
  noticeDays: days.default(30),
  backdateDays: days.default(0),
  versions: versionsSchema,
  /** Shops with terms of their own in place of these. */
  shops: z
    .array(z.strictObject({ shop: z.string().min(1).max(64), versions: versionsSchema }))
    .max(MAX_SHOPS)
    .default([]),
});

type WrittenParticipation = z.output<typeof participationSchema>;
type WrittenVersions = z.output<typeof versionsSchema>;

export function checkParticipation({ terms }: { readonly terms: WrittenParticipation | null }): FieldError[] {
  if (terms === null) return [];
  return [
    ...checkVersions('terms.versions', terms.versions),
    ...terms.shops.flatMap(({ shop, versions }, i) => {
      const first = terms.shops.findIndex((other) => other.shop === shop);
      const twice = first < i ? [fault(`terms.shops[${i}].shop`, `${shop} is already in terms.shops[${first}]`)] : [];
      return [...twice, ...checkVersions(`terms.shops[${i}].versions`, versions)];
    }),
  ];
}

function checkVersions(list: string, versions: WrittenVersions): FieldError[] {
  return versions.flatMap(({ version, validFrom, texts = {}, urls = {} }, i) => {
    const field = `${list}[${i}]`;
    const first = versions.findIndex((other) => other.version === version);
    const before = versions[i - 1];
    const isEarly = before !== undefined && Date.parse(validFrom) <= Date.parse(before.validFrom);
    const both = LANGUAGES.filter((language) => texts[language] !== undefined && urls[language] !== undefined);
    const isEmpty = Object.keys(texts).length + Object.keys(urls).length === 0;
    return [
      ...(first < i ? [fault(`${field}.version`, `${version} is already used by ${list}[${first}]`)] : []),
      ...(isEarly ? [fault(`${field}.validFrom`, `must be later than ${before.validFrom}, that of the version before`)] : []),
      ...(isEmpty ? [fault(field, 'must have a text or an address in at least one language')] : []),
      ...both.map((language) => fault(`${field}.urls.${language}`, 'has a text already; a language has one of both')),
    ];
  });
}

export function participationTerms(written: WrittenParticipation | null): ParticipationTerms | null {
  if (written === null) return null;
  const { acceptance, noticeDays, backdateDays, versions, shops } = written;
  return {
    acceptance,
    noticeDays,
    backdateDays,
    versions: termsVersions(versions),
    ...(shops.length > 0 && { shops: Object.fromEntries(shops.map(({ shop, versions: own }) => [shop, termsVersions(own)])) }),
  };
}

function termsVersions(versions: WrittenVersions): TermsVersion[] {
  return versions.map(({ version, validFrom, texts = {}, urls = {} }) => ({
    version,
    validFrom: new Date(validFrom).toISOString(),
    texts: { ...texts },
    urls: { ...urls },
  }));
}
