import type { Reason } from '../domain/reason';
import { formatFigure, forms, type FormName, type Reader } from './format-figure';

const PLACEHOLDER = /\{(\w+)(?::(\w+))?\}/g;

export interface Placeholder {
  readonly name: string;
  /** Null = as the name and the value say. */
  readonly form: string | null;
}

export function placeholdersOf(text: string): Placeholder[] {
  return [...text.matchAll(PLACEHOLDER)].map(([, name = '', form]) => ({ name, form: form ?? null }));
}

export function isForm(name: string): name is FormName {
  return Object.hasOwn(forms, name);
}

/** The text with its figures. */
export function fillText(text: string, figures: Reason['figures'], reader: Reader): string {
  return text.replace(PLACEHOLDER, (_whole, name: string, form: string | undefined) =>
    formatFigure(name, form !== undefined && isForm(form) ? form : null, figures, reader),
  );
}
