import { formatMinor } from '../domain/money';
import type { WhatIfGroup, WhatIfReport } from './what-if-report';

/**
 * The report for a terminal.
 * @param words what of the draft is in it beside orders, and what is not
 */
export function whatIfText(
  report: WhatIfReport,
  words: { readonly replayed: readonly string[]; readonly leftOut: readonly string[] },
): string {
  const { currency } = report.liability;
  const money = (minor: number | null): string => (minor === null ? '–' : formatMinor(minor, currency));
  const line = (name: string, value: number | string, more = ''): string =>
    `  ${name.padEnd(24)} ${String(value).padStart(14)}${more === '' ? '' : `  ${more}`}`;
  const groups = (of: Readonly<Record<string, WhatIfGroup>>): string[] =>
    Object.entries(of)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([code, group]) => line(code, group.members, `${group.issued} points issued, worth ${money(group.costMinor)}`));
  return [
    `${report.orders} orders of ${report.members} members`,
    'Points',
    ...Object.entries(report.points).map(([name, points]) => line(name, points)),
    ...(report.vouchers ? [line('vouchers', report.vouchers.given, money(report.vouchers.minor))] : []),
    line('liability', report.liability.points, money(report.liability.minor)),
    'Members by tier',
    ...groups(report.tiers),
    ...(Object.keys(report.segments).length === 0 ? [] : ['Members by segment', ...groups(report.segments)]),
    ...comparison(report, line),
    ...(words.replayed.length === 0 ? [] : ['Also in it', ...words.replayed.map((text) => `  ${text}`)]),
    'Not in it',
    ...words.leftOut.map((text) => `  ${text}`),
    '',
  ].join('\n');
}

function comparison({ compared, points }: WhatIfReport, line: (name: string, value: number) => string): string[] {
  if (compared === null) return [];
  const span = (from: number | null, until: number | null): string =>
    from === null
      ? `below ${until}`
      : until === null
        ? `${from} and more`
        : until - from === 1
          ? `${from}`
          : `${from} to ${until - 1}`;
  return [
    'Against the published programme',
    line('issued by it', compared.issued),
    line('issued more by the draft', points.issued - compared.issued),
    line('members with more', compared.winners),
    line('members with fewer', compared.losers),
    line('members with as many', compared.unchanged),
    'Members by points more',
    ...compared.histogram.map(({ from, until, members }) => line(span(from, until), members)),
  ];
}
