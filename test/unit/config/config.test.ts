import { randomBytes } from 'node:crypto';
import { ConfigError, configVariables, loadConfig } from '../../../sidecar/src/config';

const key = (): string => randomBytes(32).toString('base64');

const needed = {
  PUBLIC_URL: 'https://loyalty.example.com/',
  ENCRYPTION_KEYS: `k2:${key()},k1:${key()}`,
  IDENTITY_KEY: key(),
};

function faultsOf(env: Record<string, string | undefined>): ConfigError {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the configuration was taken');
}

describe('loadConfig', () => {
  it('fills in defaults', () => {
    const config = loadConfig(needed);
    expect(config).toMatchObject({
      databaseUrl: 'sqlite:data/loyalty.sqlite',
      port: 8080,
      publicUrl: 'https://loyalty.example.com',
      shopwareAppSecret: null,
      adminTokens: [],
      metricsToken: null,
      bodyLimitBytes: 1_048_576,
      allowPrivateUrls: false,
      allowUnsignedReregistration: false,
    });
    expect(config.encryptionKeys.map(({ id }) => id)).toEqual(['k2', 'k1']);
    expect(config.encryptionKeys.every((entry) => entry.key.length === 32)).toBe(true);
    expect(config.identityKey).toHaveLength(32);
  });

  it('treats an empty variable as unset', () => {
    expect(loadConfig({ ...needed, PORT: ' ', LOG_LEVEL: '' })).toMatchObject({ port: 8080, logLevel: 'info' });
  });

  it('reads what is given', () => {
    const config = loadConfig({
      ...needed,
      DATABASE_URL: 'mysql://loyalty:secret@db:3306/loyalty',
      ADMIN_TOKENS: ` ${'a'.repeat(24)} , ${'b'.repeat(30)} `,
      ALLOW_PRIVATE_URLS: 'true',
      SHOPWARE_APP_SECRET: 'a-secret-of-the-app',
      RECONCILE_CRON: '*/10 * * * *',
      PORT: '0',
    });
    expect(config).toMatchObject({
      databaseUrl: 'mysql://loyalty:secret@db:3306/loyalty',
      adminTokens: ['a'.repeat(24), 'b'.repeat(30)],
      allowPrivateUrls: true,
      shopwareAppSecret: 'a-secret-of-the-app',
      reconcileCron: '*/10 * * * *',
      port: 0,
    });
  });

  it('is frozen', () => {
    const config = loadConfig(needed);
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.encryptionKeys)).toBe(true);
    expect(Object.isFrozen(config.adminTokens)).toBe(true);
  });

  it('reports every fault at once, each with problem and example', () => {
    const error = faultsOf({ PORT: 'eighty', LOG_LEVEL: 'loud', ADMIN_TOKENS: 'short', PUBLIC_URL: 'loyalty.example.com' });
    expect(error.faults.map(({ variable }) => variable).sort()).toEqual(
      ['ADMIN_TOKENS', 'ENCRYPTION_KEYS', 'IDENTITY_KEY', 'LOG_LEVEL', 'PORT', 'PUBLIC_URL'].sort(),
    );
    for (const fault of error.faults) expect(fault.example).not.toBe('');
    expect(error.message).toContain('PORT: must be a whole number');
    expect(error.message).toContain('IDENTITY_KEY: is missing');
  });

  it.each([
    ['DATABASE_URL', 'postgres://db/loyalty'],
    ['DATABASE_URL', 'sqlite:'],
    ['DATABASE_URL', 'mysql://db'],
    ['DATABASE_POOL_SIZE', '0'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PUBLIC_URL', 'ftp://loyalty.example.com'],
    ['PUBLIC_URL', 'https://user:password@loyalty.example.com'],
    ['PUBLIC_URL', 'https://loyalty.example.com/?a=1'],
    ['ENCRYPTION_KEYS', 'k1:abc'],
    ['ENCRYPTION_KEYS', key()],
    ['ENCRYPTION_KEYS', `k1:${key()},k1:${key()}`],
    ['ENCRYPTION_KEYS', ','],
    ['IDENTITY_KEY', randomBytes(31).toString('base64')],
    ['IDENTITY_KEY', `${key()}!`],
    ['SHOPWARE_APP_SECRET', 'too-short'],
    ['METRICS_TOKEN', 'too-short'],
    ['ALLOW_PRIVATE_URLS', 'yes'],
    ['BODY_LIMIT_BYTES', '99999999999'],
    ['RECONCILE_CRON', 'hourly'],
    ['DEFAULT_PROGRAMME_ID', 'Default Programme'],
  ])('refuses %s=%s', (variable, value) => {
    expect(faultsOf({ ...needed, [variable]: value }).faults.map((fault) => fault.variable)).toEqual([variable]);
  });

  it('never repeats a secret in a fault', () => {
    const secret = randomBytes(20).toString('base64');
    const { message } = faultsOf({ ...needed, IDENTITY_KEY: secret, ENCRYPTION_KEYS: `k1:${secret}`, ADMIN_TOKENS: 'hush-hush' });
    expect(message).not.toContain(secret);
    expect(message).not.toContain('hush-hush');
  });
});

describe('configVariables', () => {
  it('describes each variable once, and its default passes', () => {
    const names = configVariables.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const defaults = Object.fromEntries(configVariables.map((variable) => [variable.name, variable.default ?? undefined]));
    expect(() => loadConfig({ ...defaults, ...needed })).not.toThrow();
    for (const variable of configVariables) expect(variable.meaning).toMatch(/\.$/);
  });
});
