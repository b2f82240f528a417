/** A page of members and their ledgers, for `npm run demo -- --serve`. Rendered on the server; works without scripts. */
import { Router, type Request } from 'express';
import { escapeHtml } from '../../sidecar/src/api/escape-html';
import { memberBalance, memberLedger } from '../../sidecar/src/ledger/queries';
import type { Db } from '../../sidecar/src/storage/transaction';
import { findMemberRow, listMembers } from '../../sidecar/src/stores/member-store';

const PAGE = 100;

export function createMembersPage(db: Db): Router {
  const router = Router();
  router.get('/', async (request, response) => {
    const after = typeof request.query['after'] === 'string' ? request.query['after'] : '';
    const members = await listMembers(db, null, after, PAGE);
    const rows = members.map((member) => [
      `<a href="/demo/members/${encodeURIComponent(member.memberId)}">${escapeHtml(member.memberId)}</a>`,
      escapeHtml(member.tier ?? '-'),
      ...[member.available, member.pending, member.held, member.debt].map(number),
    ]);
    const last = members[members.length - 1];
    const more =
      last && members.length === PAGE ? `<p><a href="/?after=${encodeURIComponent(last.memberId)}">Next page</a></p>` : '';
    response.send(page('Members', table(['Member', 'Tier', 'Available', 'Pending', 'Held', 'Debt'], rows, 2) + more));
  });
  router.get('/demo/members/:memberId', async (request: Request<{ memberId: string }>, response, next) => {
    const { memberId } = request.params;
    const [balance, member] = [await memberBalance(db, memberId), await findMemberRow(db, memberId)];
    if (!balance || !member) {
      next();
      return;
    }
    const lines = await memberLedger(db, memberId, null, 500);
    const rows = lines.map((line) => [
      number(line.seq),
      escapeHtml(line.occurredAt.slice(0, 10)),
      escapeHtml(line.kind.replaceAll('_', ' ')),
      escapeHtml(line.orderId ?? ''),
      ...(['pending', 'available', 'held', 'debt'] as const).map((account) => signed(line.changes[account] ?? 0)),
    ]);
    const facts = `<p>Tier ${escapeHtml(member.tier ?? 'none')}, ${balance.available} available, ${balance.pending} pending, ${balance.held} held, ${balance.debt} owed.</p>`;
    const ledger = table(['No.', 'Date', 'What', 'Order', 'Pending', 'Available', 'Held', 'Debt'], rows, 4);
    response.send(page(`Member ${escapeHtml(memberId)}`, `<p><a href="/">All members</a></p>${facts}${ledger}`));
  });
  return router;
}

function number(value: number): string {
  return value.toLocaleString('en');
}

function signed(value: number): string {
  return value === 0 ? '' : value > 0 ? `+${number(value)}` : number(value);
}

/** Columns from `firstNumber` on are numbers. */
function table(heads: readonly string[], rows: readonly (readonly string[])[], firstNumber: number): string {
  const style = (index: number): string => (index >= firstNumber ? ' class="n"' : '');
  const head = heads.map((text, index) => `<th scope="col"${style(index)}>${text}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((cell, index) => `<td${style(index)}>${cell}</td>`).join('')}</tr>`).join('');
  return `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}

function page(title: string, content: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>
body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#1a1a1a;background:#fff}
table{border-collapse:collapse;width:100%}th,td{padding:.35rem .6rem;border-bottom:1px solid #ddd;text-align:left}
.n{text-align:right;font-variant-numeric:tabular-nums}thead th{position:sticky;top:0;background:#fff}a{color:#0b5cad}
</style></head><body><main><h1>${title}</h1>${content}</main></body></html>`;
}
