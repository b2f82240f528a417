/** The one place that speaks SMTP. */
import { createTransport } from 'nodemailer';

export interface OutgoingMail {
  /** The same for every try, so that receivers know a repeated one. */
  readonly mailId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** With one click, by RFC 8058; null = there is nothing to unsubscribe from. */
  readonly unsubscribeUrl: string | null;
}

/** `isRefused`: this mail is not wanted, and never will be; everything else may pass. */
export class MailError extends Error {
  constructor(
    message: string,
    readonly isRefused: boolean,
  ) {
    super(message);
    this.name = 'MailError';
  }
}

export interface MailSender {
  /** Hands a mail to the server. @throws MailError */
  send(mail: OutgoingMail): Promise<void>;
  close(): void;
}

export interface SmtpOptions {
  /** `smtp://` or `smtps://`, with user and password where the server wants them. */
  readonly url: string;
  /** An address, or `Name <address>`. */
  readonly from: string;
}

const TIMEOUT_MS = 20_000;
/** The address itself is no good, or the content is refused. */
const OF_THE_MAIL = new Set(['EENVELOPE', 'EMESSAGE']);

export function createMailSender({ url, from }: SmtpOptions): MailSender {
  const { protocol, hostname, port, username, password } = new URL(url);
  const isSecure = protocol === 'smtps:';
  const transport = createTransport({
    pool: true,
    maxConnections: 1,
    // Repeating is the worker's business, which writes it down.
    maxRequeues: 0,
    host: hostname,
    port: port === '' ? (isSecure ? 465 : 587) : Number(port),
    secure: isSecure,
    // A password never travels where others can read it.
    requireTLS: !isSecure && username !== '',
    ...(username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = /@([^>\s]+)>?$/.exec(from)?.[1] ?? hostname;
  return {
    async send({ mailId, to, subject, text, html, unsubscribeUrl }) {
      try {
        await transport.sendMail({
          from,
          // As an object it is one address, whatever stands in it.
          to: { name: '', address: to },
          subject,
          text,
          html,
          messageId: `<${mailId}@${domain}>`,
          headers: { 'auto-submitted': 'auto-generated', ...unsubscribeHeaders(unsubscribeUrl) },
        });
      } catch (error) {
        throw failureOf(error);
      }
    },
    close: () => transport.close(),
  };
}

function unsubscribeHeaders(url: string | null): Record<string, string> {
  if (url === null) return {};
  return { 'list-unsubscribe': `<${url}>`, 'list-unsubscribe-post': 'List-Unsubscribe=One-Click' };
}

/** Servers like to repeat the address in their answers, which is kept nowhere: the codes say enough. */
function failureOf(error: unknown): MailError {
  const { code, responseCode } = Object(error) as { code?: unknown; responseCode?: unknown };
  const isRefused = typeof responseCode === 'number' && responseCode >= 500 && OF_THE_MAIL.has(String(code));
  const answered = typeof responseCode === 'number' ? `answered ${responseCode}` : 'did not answer';
  return new MailError(`the mail server ${answered} (${typeof code === 'string' ? code : 'no code'})`, isRefused);
}
