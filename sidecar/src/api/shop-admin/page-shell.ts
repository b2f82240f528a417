/** What all pages in the shop's administration have in common. */
import { createHash } from 'node:crypto';
import { escapeHtml } from '../escape-html';

const SCRIPT = "parent.postMessage('sw-app-loaded','*')";

const STYLE = `body{margin:0;background:#f0f2f5;color:#2e3b48;font:14px/1.5 Inter,system-ui,sans-serif}
main{max-width:820px;margin:0 auto;padding:24px}h1{font-size:24px;margin:0 0 24px}h2{font-size:16px;margin:0 0 16px}
section{background:#fff;border-radius:8px;box-shadow:0 1px 3px rgba(0,0,0,.12);padding:24px;margin-bottom:24px;overflow-x:auto}
dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:16px;margin:0}dt{color:#52667a}
dd{margin:0;font-size:22px;font-weight:600}table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:8px;border-bottom:1px solid #d1d9e0}td:last-child,th:last-child{text-align:right}
.bar{display:block;height:8px;border-radius:4px;fill:#0870ff}p{margin:0 0 16px}p:last-child{margin:0}
form{margin:0}.row{display:flex;gap:8px;align-items:end;flex-wrap:wrap;margin-top:16px}label{display:block;margin-bottom:4px}
input{font:inherit;padding:8px 12px;border:1px solid #a9b6c3;border-radius:4px;background:#fff}input[type=number]{width:90px;text-align:right}
button{font:inherit;font-weight:600;padding:8px 16px;border:0;border-radius:4px;background:#0870ff;color:#fff;cursor:pointer}
button.plain{background:none;color:#0860d9;padding:8px 0}:focus-visible{outline:2px solid #0870ff;outline-offset:2px}
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

/** @param head words of the columns @param rows cells that are HTML already */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const heads = head.map((word) => `<th scope="col">${word}</th>`).join('');
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('');
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
