/**
 * Programs for tables compute what begins like a formula, and members write some of the texts. An apostrophe in front makes it a
 * text; what has one already gets another, so that no two texts are written alike.
 */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/u;

export function guardFormula(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}
