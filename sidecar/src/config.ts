/** Configuration comes from the environment, is read once at the start, and every fault is reported at once. */
import { z } from 'zod';

export interface EncryptionKey {
  readonly id: string;
  readonly key: Buffer;
}

export interface Config {
  readonly databaseUrl: string;
  readonly databasePoolSize: number;
  readonly host: string;
  readonly port: number;
  /** Where shops reach the sidecar; no slash at the end. */
  readonly publicUrl: string;
  readonly trustedProxies: number;
  readonly shopwareAppName: string;
  /** Null = Shopware shops cannot register. */
  readonly shopwareAppSecret: string | null;
  readonly allowUnsignedReregistration: boolean;
  readonly defaultProgrammeId: string;
  /** The first encrypts, all decrypt. */
  readonly encryptionKeys: readonly EncryptionKey[];
  readonly identityKey: Buffer;
  /** Empty = the admin API refuses everybody. */
  readonly adminTokens: readonly string[];
  /** Null = `/metrics` is open. */
  readonly metricsToken: string | null;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  readonly bodyLimitBytes: number;
  readonly allowPrivateUrls: boolean;
  readonly intakeRatePerSecond: number;
  readonly apiRatePerMinute: number;
  readonly workerConcurrency: number;
  readonly inboxRetentionDays: number;
  readonly reconcileCron: string;
  readonly drainTimeoutMs: number;
  /** Null = the sidecar sends no mails of its own. */
  readonly smtpUrl: string | null;
  /** Sender of our mails; never null while there is a server. */
  readonly mailFrom: string | null;
  readonly mailRatePerSecond: number;
}

export interface ConfigVariable {
  readonly name: string;
  /** Null = must be set. */
  readonly default: string | null;
  readonly meaning: string;
  readonly example: string;
}

export interface ConfigFault {
  readonly variable: string;
  readonly problem: string;
  readonly example: string;
}

export class ConfigError extends Error {
  constructor(readonly faults: readonly ConfigFault[]) {
    super(
      [
        'The configuration is not usable:',
        ...faults.map(({ variable, problem, example }) => `  ${variable}: ${problem} (for example ${variable}=${example})`),
      ].join('\n'),
    );
    this.name = 'ConfigError';
  }
}

const KEY_BYTES = 32;
const MIN_TOKEN_LENGTH = 24;
const MIN_APP_SECRET_LENGTH = 16;
const KEY_EXAMPLE = '"$(openssl rand -base64 32)"';

function integer(min: number, max: number) {
  return z
    .string()
    .regex(/^\d{1,15}$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must lie between ${min} and ${max}`);
}

const flag = z.enum(['true', 'false'], { error: 'must be true or false' }).transform((value) => value === 'true');

function text(min: number) {
  return z.string().min(min, `needs at least ${min} characters`);
}

function textOrNull(min: number) {
  return z
    .string()
    .refine((value) => value === '' || value.length >= min, `needs at least ${min} characters`)
    .transform((value) => (value === '' ? null : value));
}

/** Null when the text is not the strict base64 form of exactly 32 bytes. */
function keyBytes(encoded: string): Buffer | null {
  const bytes = Buffer.from(encoded, 'base64');
  const strict = bytes.toString('base64').replace(/=+$/, '') === encoded.replace(/=+$/, '');
  return strict && bytes.length === KEY_BYTES ? bytes : null;
}

const identityKey = z.string().transform((encoded, context) => {
  const key = keyBytes(encoded);
  if (key) return key;
  context.addIssue({ code: 'custom', message: `must be ${KEY_BYTES} bytes in base64` });
  return z.NEVER;
});

const encryptionKeys = z.string().transform((list, context): readonly EncryptionKey[] => {
  const keys: EncryptionKey[] = [];
  for (const [index, part] of commaList(list).entries()) {
    const [, id, encoded = ''] = /^([\w-]{1,32}):(.*)$/.exec(part) ?? [];
    const key = keyBytes(encoded);
    if (id === undefined || !key)
      context.addIssue({ code: 'custom', message: `key ${index + 1} must be <id>:<${KEY_BYTES} bytes in base64>` });
    else if (keys.some((known) => known.id === id)) context.addIssue({ code: 'custom', message: `the id ${id} is used twice` });
    else keys.push(Object.freeze({ id, key }));
  }
  if (keys.length === 0) context.addIssue({ code: 'custom', message: 'needs at least one key' });
  return Object.freeze(keys);
});

const adminTokens = z
  .string()
  .transform((list) => Object.freeze(commaList(list)))
  .refine(
    (tokens) => tokens.every((token) => token.length >= MIN_TOKEN_LENGTH),
    `each token needs ${MIN_TOKEN_LENGTH} characters`,
  );

const publicUrl = z
  .string()
  .refine(isBaseUrl, 'must be an http(s) URL without query, fragment or credentials')
  .transform((url) => url.replace(/\/+$/, ''));

function isBaseUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, username, password, search, hash } = new URL(url);
  return /^https?:$/.test(protocol) && [username, password, search, hash].every((part) => part === '');
}

const databaseUrl = z
  .string()
  .regex(/^(sqlite:.+|mysql:\/\/[^/]+\/[^/?]+.*)$/, 'must be sqlite:<file> or mysql://user:password@host:port/database');

const CRON_FIELD = String.raw`[\d*/,-]+`;

function commaList(list: string): string[] {
  return list
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

const smtpUrl = z
  .string()
  .refine((url) => url === '' || isSmtpUrl(url), 'must be smtp:// or smtps:// with a host, without path and query')
  .transform((url) => (url === '' ? null : url));

function isSmtpUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, pathname, search, hash } = new URL(url);
  return /^smtps?:$/.test(protocol) && hostname !== '' && /^\/?$/.test(pathname) && search === '' && hash === '';
}

const mailFrom = z
  .string()
  .regex(/^$|^([^<>@",;\p{Cc}]* <)?[^\s@<>",;]+@[^\s@<>",;]+>?$/u, 'must be an address, or a name with an address in <>')
  .refine((from) => from.includes('<') === from.endsWith('>'), 'must be an address, or a name with an address in <>')
  .transform((from) => (from === '' ? null : from));

interface Definition<T> {
  readonly variable: ConfigVariable;
  readonly schema: z.ZodType<T, string>;
}

function define<T>(
  name: string,
  schema: z.ZodType<T, string>,
  rest: { readonly default: string | null; readonly meaning: string; readonly example: string },
): Definition<T> {
  return { variable: { name, ...rest }, schema };
}

const definitions: { readonly [Field in keyof Config]: Definition<Config[Field]> } = {
  databaseUrl: define('DATABASE_URL', databaseUrl, {
    default: 'sqlite:data/loyalty.sqlite',
    meaning: 'Where the books live: an embedded file, or a MariaDB, MySQL, Galera or TiDB server.',
    example: 'mysql://loyalty:password@db:3306/loyalty',
  }),
  databasePoolSize: define('DATABASE_POOL_SIZE', integer(1, 200), {
    default: '8',
    meaning: 'Connections to the database server; SQLite has one.',
    example: '16',
  }),
  host: define('HOST', text(1), { default: '0.0.0.0', meaning: 'Address to listen on.', example: '127.0.0.1' }),
  port: define('PORT', integer(0, 65_535), {
    default: '8080',
    meaning: 'Port to listen on; 0 takes a free one.',
    example: '8080',
  }),
  publicUrl: define('PUBLIC_URL', publicUrl, {
    default: null,
    meaning: 'Where shops reach the sidecar.',
    example: 'https://loyalty.example.com',
  }),
  trustedProxies: define('TRUSTED_PROXIES', integer(0, 10), {
    default: '0',
    meaning: 'Reverse proxies in front, whose X-Forwarded-For is believed.',
    example: '1',
  }),
  shopwareAppName: define('SHOPWARE_APP_NAME', z.string().regex(/^\w+$/, 'must be the app’s technical name'), {
    default: 'LoyaltySidecar',
    meaning: 'Technical name in the app’s manifest.',
    example: 'LoyaltySidecar',
  }),
  shopwareAppSecret: define('SHOPWARE_APP_SECRET', textOrNull(MIN_APP_SECRET_LENGTH), {
    default: '',
    meaning:
      'Secret of the app: the one in the manifest, or that of the Shopware account. Empty: Shopware shops cannot register.',
    example: KEY_EXAMPLE,
  }),
  allowUnsignedReregistration: define('SHOPWARE_ALLOW_UNSIGNED_REREGISTRATION', flag, {
    default: 'false',
    meaning:
      'Lets a connected shop register again without signing with its present secret (Shopware 6.6 cannot). Whoever knows the app secret could then take over any shop: only for a sidecar of one merchant.',
    example: 'true',
  }),
  defaultProgrammeId: define(
    'DEFAULT_PROGRAMME_ID',
    z.string().regex(/^[a-z0-9-]{1,64}$/, 'must be lower-case letters, digits and -'),
    {
      default: 'default',
      meaning: 'Programme that newly registered Shopware shops join.',
      example: 'default',
    },
  ),
  encryptionKeys: define('ENCRYPTION_KEYS', encryptionKeys, {
    default: null,
    meaning: 'Keys for the shops’ secrets, `<id>:<base64>` separated by commas. The first encrypts, all decrypt.',
    example: '"k1:$(openssl rand -base64 32)"',
  }),
  identityKey: define('IDENTITY_KEY', identityKey, {
    default: null,
    meaning: 'Key of the e-mail hashes that recognise one person in several shops. Must never change.',
    example: KEY_EXAMPLE,
  }),
  adminTokens: define('ADMIN_TOKENS', adminTokens, {
    default: '',
    meaning: 'Bearer tokens of the admin API, separated by commas. Empty: it refuses everybody.',
    example: '"$(openssl rand -hex 24)"',
  }),
  metricsToken: define('METRICS_TOKEN', textOrNull(MIN_TOKEN_LENGTH), {
    default: '',
    meaning: 'Bearer token of /metrics. Empty: it is open.',
    example: '"$(openssl rand -hex 24)"',
  }),
  logLevel: define(
    'LOG_LEVEL',
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], { error: 'is no log level' }),
    {
      default: 'info',
      meaning: 'fatal, error, warn, info, debug, trace or silent.',
      example: 'info',
    },
  ),
  bodyLimitBytes: define('BODY_LIMIT_BYTES', integer(1024, 8_388_608), {
    default: '1048576',
    meaning: 'Largest body accepted.',
    example: '1048576',
  }),
  allowPrivateUrls: define('ALLOW_PRIVATE_URLS', flag, {
    default: 'false',
    meaning: 'Lets shops live at private addresses, for shops in the same network or on the same machine.',
    example: 'true',
  }),
  intakeRatePerSecond: define('INTAKE_RATE_PER_SECOND', integer(1, 100_000), {
    default: '500',
    meaning: 'Webhooks a second and shop that are accepted; twice that in a burst.',
    example: '500',
  }),
  apiRatePerMinute: define('API_RATE_PER_MINUTE', integer(1, 1_000_000), {
    default: '300',
    meaning: 'API calls a minute and address that are answered.',
    example: '300',
  }),
  workerConcurrency: define('WORKER_CONCURRENCY', integer(1, 64), {
    default: '50',
    meaning: 'Resources that are worked on at once; their reads of a shop travel together.',
    example: '50',
  }),
  inboxRetentionDays: define('INBOX_RETENTION_DAYS', integer(1, 3650), {
    default: '30',
    meaning: 'Days that bodies of finished deliveries are kept.',
    example: '30',
  }),
  reconcileCron: define(
    'RECONCILE_CRON',
    z.string().regex(new RegExp(`^${CRON_FIELD}( ${CRON_FIELD}){4}$`), 'must be five cron fields'),
    {
      default: '3-59/15 * * * *',
      meaning: 'When shops are asked for orders whose webhooks were lost (UTC).',
      example: '*/10 * * * *',
    },
  ),
  drainTimeoutMs: define('DRAIN_TIMEOUT_MS', integer(0, 600_000), {
    default: '10000',
    meaning: 'Milliseconds that running work gets on SIGTERM.',
    example: '25000',
  }),
  smtpUrl: define('SMTP_URL', smtpUrl, {
    default: '',
    meaning:
      'Mail server for programmes whose mails the sidecar sends; a password only travels encrypted. Empty: shops send mails.',
    example: 'smtps://user:password@mail.example.com:465',
  }),
  mailFrom: define('MAIL_FROM', mailFrom, {
    default: '',
    meaning: 'Sender of these mails. Needed with `SMTP_URL`.',
    example: 'Club <club@example.com>',
  }),
  mailRatePerSecond: define('MAIL_RATE_PER_SECOND', integer(1, 1000), {
    default: '5',
    meaning: 'Mails a second and process that are sent; twice that in a burst.',
    example: '10',
  }),
};

/** Every variable, in the order of the README's table. */
export const configVariables: readonly ConfigVariable[] = Object.values(definitions).map(({ variable }) => variable);

/**
 * Reads and checks all variables; unset and empty ones get their default.
 * @throws ConfigError with every fault
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const faults: ConfigFault[] = [];
  const entries = Object.entries(definitions).map(([field, definition]: [string, Definition<unknown>]) => {
    const { name, default: fallback, example } = definition.variable;
    const given = env[name]?.trim();
    const value = given === undefined || given === '' ? fallback : given;
    if (value === null) {
      faults.push({ variable: name, problem: 'is missing', example });
      return [field, undefined];
    }
    const parsed = definition.schema.safeParse(value);
    if (!parsed.success) {
      faults.push({ variable: name, problem: parsed.error.issues.map((issue) => issue.message).join('; '), example });
    }
    return [field, parsed.data];
  });
  const config = Object.fromEntries(entries) as unknown as Config;
  if (config.smtpUrl && config.mailFrom === null) {
    const { name, example } = definitions.mailFrom.variable;
    faults.push({ variable: name, problem: 'is missing, but SMTP_URL is set', example });
  }
  if (faults.length > 0) throw new ConfigError(faults);
  return Object.freeze(config);
}

/** What the command-line tools need: where the books are, nothing else. @throws ConfigError */
export function loadDatabaseConfig(env: Readonly<Record<string, string | undefined>>): { url: string; poolSize: number } {
  const read = <T>({ schema, variable }: Definition<T>): T => {
    const parsed = schema.safeParse(env[variable.name]?.trim() || variable.default);
    if (parsed.success) return parsed.data;
    const problem = parsed.error.issues.map((issue) => issue.message).join('; ');
    throw new ConfigError([{ variable: variable.name, problem, example: variable.example }]);
  };
  return { url: read(definitions.databaseUrl), poolSize: read(definitions.databasePoolSize) };
}
