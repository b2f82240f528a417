export { escapeHtml } from '../explain/escape-html';
