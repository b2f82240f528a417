/**
 * Programs for tables compute what begins like a formula, and members write some of the texts. An apostrophe in front makes it a
 * text; what has one already gets another, so that no two texts are written alike and reading takes away exactly what writing put there.
 */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/u;
const GUARDED = /^'+[=+\-@\t\r\n＝＋－＠]/u;

export function guardFormula(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

export function unguardFormula(text: string): string {
  return GUARDED.test(text) ? text.slice(1) : text;
}
