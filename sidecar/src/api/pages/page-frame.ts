/** What all pages that members open outside the shop have in common: no script, no picture, nothing from elsewhere. */
import { createHash } from 'node:crypto';
import type { Response } from 'express';
import { escapeHtml } from '../escape-html';

const STYLE = `:root{color-scheme:light dark}body{margin:0;font:1rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;background:Canvas;color:CanvasText}
main{max-width:44rem;margin:0 auto;padding:2rem 1.25rem 4rem}h1{font-size:1.6rem;line-height:1.3}h2{font-size:1.25rem}h3,h4{font-size:1.05rem}
a{color:LinkText}button,input[type=email]{font:inherit;padding:.6rem 1rem;border-radius:.3rem;border:1px solid GrayText;box-sizing:border-box}
button{background:ButtonFace;color:ButtonText;cursor:pointer;font-weight:600}form{margin:1.5rem 0}label{display:block;margin-bottom:.3rem}
input[type=email]{width:100%;max-width:24rem;margin-bottom:1rem}.note{border-left:.25rem solid GrayText;padding-left:1rem}
fieldset{border:0;margin:0;padding:0}.question{margin:0 0 1.75rem}legend,.question>label{font-weight:600;padding:0}.hint{margin:.2rem 0}
.error{color:#b3261e;font-weight:600;margin:.2rem 0}@media (prefers-color-scheme:dark){.error{color:#f2b8b5}}
.choice{padding:.35rem 0;margin:0}.scale{display:flex;flex-wrap:wrap;gap:.25rem .9rem}
textarea{font:inherit;width:100%;box-sizing:border-box;padding:.5rem;border:1px solid GrayText;border-radius:.3rem}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
:focus-visible{outline:2px solid LinkText;outline-offset:2px}ul.plain{padding-left:1.2rem}code{font-size:1.2em}`;

const STYLE_HASH = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;
const POLICY = `default-src 'none'; style-src ${STYLE_HASH}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

const PUBLIC_SECONDS = 300;

export interface Page {
  readonly language: string;
  readonly title: string;
  /** HTML below the title. */
  readonly content: string;
  /** It speaks for somebody: nobody keeps it, and its address goes nowhere. */
  readonly isPersonal: boolean;
}

export function sendPage(response: Response, { language, title, content, isPersonal }: Page, status = 200): void {
  response.status(status);
  response.setHeader('content-security-policy', POLICY);
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('x-robots-tag', isPersonal ? 'noindex' : 'all');
  response.setHeader('cache-control', isPersonal || status !== 200 ? 'no-store' : `public, max-age=${PUBLIC_SECONDS}`);
  response.type('html').send(`<!doctype html>
<html lang="${escapeHtml(language)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>
${content}</main></body></html>
`);
}

export function hiddenFields(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`)
    .join('');
}
