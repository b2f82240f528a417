/** Structured log on stdout. Personal data and secrets are taken out before a line is written, whoever logs them. */
import { pino, type DestinationStream, type Logger, type LoggerOptions } from 'pino';

export type { Logger };
export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

const CENSORED = '[redacted]';
const MAX_DEPTH = 6;
const MAX_ITEMS = 50;
const MAX_TEXT = 2000;

/** Names of fields whose value never reaches the log. */
const SECRET_NAME =
  /^(.*(secret|password|passwd|authorization|signature|credential|cookie|token|apikey|api_key|privatekey).*|(e?mail|email_?address|first_?name|last_?name|phone(_?number)?|street|zip_?code|birthday|birth_?date|ip|remote_?address|body|raw_?body))$/i;

const EMAIL = /[^\s"'<>,;:@/]+@[^\s"'<>,;:@/]+\.[a-z]{2,}/gi;
const BEARER = /\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi;
const URL_CREDENTIALS = /(\w+:\/\/)[^\s/@:]+:[^\s/@]+@/g;
const SIGNING_SECRET = /\bwhsec_[\w+/=-]+/g;

export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base: { service: 'loyalty-sidecar' },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: {
      level: (label) => ({ level: label }),
      log: (fields) => clean(fields, 0) as Record<string, unknown>,
    },
    hooks: {
      logMethod(args, method) {
        method.apply(this, args.map((arg) => (typeof arg === 'string' ? cleanText(arg) : arg)) as Parameters<typeof method>);
      },
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

function clean(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return '[deep]';
  if (value instanceof Error) return cleanError(value, depth);
  if (Buffer.isBuffer(value)) return `[${value.length} bytes]`;
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => clean(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, MAX_ITEMS)
      .map(([name, inner]) => [name, SECRET_NAME.test(name) ? CENSORED : clean(inner, depth + 1)]),
  );
}

/** Only what an error says: clients hang requests, headers and answers on theirs. */
function cleanError(error: Error, depth: number): Record<string, unknown> {
  const { code, status, errno } = error as { code?: unknown; status?: unknown; errno?: unknown };
  return {
    type: error.name,
    message: cleanText(error.message),
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof status === 'number' ? { status } : {}),
    ...(typeof errno === 'number' ? { errno } : {}),
    stack: cleanText(error.stack ?? ''),
    ...(error.cause === undefined ? {} : { cause: clean(error.cause, depth + 1) }),
  };
}

function cleanText(text: string): string {
  return text
    .slice(0, MAX_TEXT)
    .replace(URL_CREDENTIALS, `$1${CENSORED}@`)
    .replace(EMAIL, '[email]')
    .replace(BEARER, `$1 ${CENSORED}`)
    .replace(SIGNING_SECRET, CENSORED);
}
