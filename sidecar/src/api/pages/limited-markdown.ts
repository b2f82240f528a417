import { escapeHtml } from '../escape-html';

const LINK = /\[([^[\]]{1,200})\]\((https:\/\/[^\s()]{1,500})\)/g;
const STRONG = /\*\*([^*]{1,300})\*\*/g;

/**
 * Headings (`#` to `###`), paragraphs, lists (`-`, `1.`), `**strong**` and `[links](https://…)` as HTML. Everything else is
 * text: no HTML of the source gets through. Headings stand below that of the page.
 */
export function limitedMarkdown(source: string): string {
  const blocks = source
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/)
    .map((block) => block.trim())
    .filter((block) => block !== '');
  return blocks.flatMap(blockOf).join('\n');
}

function blockOf(block: string): string[] {
  const lines = block.split('\n').map((line) => line.trim());
  const heading = /^(#{1,3})\s+(.+)$/.exec(lines[0] ?? '');
  if (heading) {
    const [, marks = '#', title = ''] = heading;
    const level = marks.length + 1;
    const rest = lines.slice(1).join('\n').trim();
    return [`<h${level}>${inline(title)}</h${level}>`, ...(rest === '' ? [] : blockOf(rest))];
  }
  if (lines.every((line) => /^[-*]\s+/.test(line))) return [list('ul', lines, /^[-*]\s+/)];
  if (lines.every((line) => /^\d{1,3}\.\s+/.test(line))) return [list('ol', lines, /^\d{1,3}\.\s+/)];
  return [`<p>${lines.map(inline).join('<br>')}</p>`];
}

function list(tag: 'ul' | 'ol', lines: readonly string[], mark: RegExp): string {
  return `<${tag}>${lines.map((line) => `<li>${inline(line.replace(mark, ''))}</li>`).join('')}</${tag}>`;
}

function inline(text: string): string {
  return escapeHtml(text).replace(STRONG, '<strong>$1</strong>').replace(LINK, '<a href="$2" rel="noopener noreferrer">$1</a>');
}
