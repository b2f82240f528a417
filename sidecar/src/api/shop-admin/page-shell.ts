/** What all pages in the shop's administration have in common. */
import { createHash } from 'node:crypto';
import { escapeHtml } from '../escape-html';

const SCRIPT = "parent.postMessage('sw-app-loaded','*')";

const STYLE = `body{margin:0;background:#f9fafb;color:#52667a;font:14px/1.5 Inter,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:960px;margin:0 auto;padding:40px 24px}h1{font-size:20px;font-weight:600;color:#2e3b48;margin:0 0 24px}
h2{font-size:18px;font-weight:600;color:#2e3b48;margin:-24px -24px 24px;padding:20px 24px;border-bottom:1px solid #d1d9e0}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
section{background:#fff;border-radius:8px;box-shadow:0 1px 1px rgba(0,0,0,.08),0 2px 1px rgba(0,0,0,.06),0 1px 3px rgba(0,0,0,.1);padding:24px;margin-bottom:40px;overflow-x:auto}
dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(140px,1fr));gap:16px;margin:0}
dd{margin:0;font-size:22px;font-weight:600;color:#2e3b48}table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:8px 16px 8px 0;border-bottom:1px solid #d1d9e0}th{color:#2e3b48}.number{text-align:right}
.number:last-child{padding-right:0}.bar{display:block;width:100%;max-width:420px;height:8px;fill:#0870ff}p{margin:0 0 16px}p:last-child{margin:0}
form{margin:0}.row{display:flex;gap:8px;align-items:end;flex-wrap:wrap;margin-top:16px}label{display:block;margin-bottom:4px}
td label{margin:0}input{box-sizing:border-box;height:40px;font:inherit;padding:8px 12px;border:1px solid #a9b6c3;border-radius:4px;background:#fff;color:#2e3b48}
input[type=number]{width:90px;text-align:right}
button{box-sizing:border-box;height:40px;font:inherit;font-weight:600;padding:8px 16px;border:0;border-radius:4px;background:#0870ff;color:#fff;cursor:pointer}
button.plain{background:none;color:#0860d9;padding:8px 0}button.danger{background:#b3152b}details p{margin-top:12px}summary{cursor:pointer}
:focus-visible{outline:2px solid #0870ff;outline-offset:2px}
.good{background:#e5f7ee;color:#14532d;padding:12px;border-radius:4px}.bad{background:#fde8ea;color:#8a1020;padding:12px;border-radius:4px}`;

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const STYLE_HASH = hashOf(STYLE);
/** Without its message the administration takes the page for broken and hides it. */
const SCRIPT_HASH = hashOf(SCRIPT);

/** Only the administration that opened the page may show it, and nothing but its own two pieces runs or loads. */
export function pagePolicy(shopOrigin: string): string {
  return `default-src 'none'; style-src ${STYLE_HASH}; script-src ${SCRIPT_HASH}; form-action 'self'; frame-ancestors ${shopOrigin}`;
}

export function page(locale: string, title: string, content: string): string {
  return `<!doctype html>
<html lang="${escapeHtml(locale.slice(0, 2) || 'en')}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style></head>
<body><main>${content}</main><script>${SCRIPT}</script></body></html>`;
}

export function card(title: string, content: string, id: string): string {
  return `<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${content}</section>`;
}

export interface Column {
  readonly title: string;
  /** Numbers and what belongs to the right edge. */
  readonly isNumber?: true;
}

/** @param rows cells that are HTML already */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const at = (index: number): string => (columns[index]?.isNumber ? ' class="number"' : '');
  const heads = columns.map(({ title }, index) => `<th scope="col"${at(index)}>${title}</th>`).join('');
  const body = rows.map((cells) => `<tr>${cells.map((cell, index) => `<td${at(index)}>${cell}</td>`).join('')}</tr>`).join('');
  return `<table><thead><tr>${heads}</tr></thead><tbody>${body}</tbody></table>`;
}

/** Label and value pairs. */
export function figures(pairs: readonly (readonly [string, string])[]): string {
  return `<dl>${pairs.map(([label, value]) => `<div><dt>${label}</dt><dd>${value}</dd></div>`).join('')}</dl>`;
}

export function hidden(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`)
    .join('');
}

export function numberFormat(locale: string): (value: number) => string {
  const [supported = 'en'] = /^[a-z]{2}(-[A-Z]{2})?$/.test(locale) ? Intl.NumberFormat.supportedLocalesOf([locale]) : [];
  const format = new Intl.NumberFormat(supported);
  return (value) => format.format(value);
}
