import type { Words } from '../explain/language';
import type { Language } from '../domain/language';

/** What orders in one currency earn, and what points pay in it; money in major units, as in programme documents. */
export interface CurrencyTerms {
  readonly currency: string;
  readonly earn: { readonly points: number; readonly per: number };
  readonly pointValue: { readonly points: number; readonly value: number };
  /** Units of the base currency that one unit is worth; absent for the base currency itself. */
  readonly turnoverFactor?: number;
}

/** What a merchant decides whichever template it is. */
export interface TemplateTerms {
  readonly name: string;
  /** Where calendar periods begin. */
  readonly timeZone: string;
  readonly rounding: 'down' | 'nearest';
  /** The base currency first; at least one. */
  readonly currencies: readonly [CurrencyTerms, ...CurrencyTerms[]];
}

export type SettingKind = 'money' | 'points' | 'days' | 'percent';

/** A number of a template that a merchant may change before the draft is saved. */
export interface TemplateSetting {
  readonly code: string;
  /** `money` in major units of the base currency. */
  readonly kind: SettingKind;
  readonly label: Words;
  /** Where it stands in the document, which names it in errors. */
  readonly field: string;
  /** What is usual, for these terms. */
  readonly usual: (terms: TemplateTerms) => number;
}

/** Every setting of the template, by code. */
export type SettingValues = Readonly<Record<string, number>>;

/** Sections of a programme document; its schema checks them. */
export interface TemplateParts {
  readonly accrual: Readonly<Record<string, unknown>>;
  readonly [section: string]: unknown;
}

export interface ProgrammeTemplate {
  readonly code: string;
  readonly name: Words;
  readonly description: Words;
  /** What is in it, a line each. */
  readonly contains: readonly Words[];
  readonly settings: readonly TemplateSetting[];
  /** What the template says beside what every programme says. */
  readonly build: (baseCurrency: string, values: SettingValues, language: Language) => TemplateParts;
}
