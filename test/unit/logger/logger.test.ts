import { AppError } from '../../../sidecar/src/errors';
import { createLogger, type LogLevel } from '../../../sidecar/src/logger';

function recorder(level: LogLevel = 'info') {
  const lines: Record<string, unknown>[] = [];
  const log = createLogger(level, { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) });
  return { log, lines, text: () => JSON.stringify(lines) };
}

describe('createLogger', () => {
  it('writes level, time, message and fields', () => {
    const { log, lines } = recorder();
    log.info({ shopId: 'shop-1', count: 3 }, 'shop connected');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      level: 'info',
      msg: 'shop connected',
      shopId: 'shop-1',
      count: 3,
      service: 'loyalty-sidecar',
    });
    expect(lines[0]?.['time']).toMatch(/^\d{4}-\d\d-\d\dT/);
  });

  it('keeps to its level', () => {
    const { log, lines } = recorder('warn');
    log.info('unheard');
    log.warn('heard');
    expect(lines.map(({ msg }) => msg)).toEqual(['heard']);
  });

  it.each([
    'secret',
    'signingSecret',
    'pending_signing_secret',
    'password',
    'authorization',
    'accessToken',
    'apiKey',
    'credentials',
    'cookie',
    'email',
    'firstName',
    'last_name',
    'phoneNumber',
    'birthday',
    'street',
    'body',
    'remoteAddress',
  ])('takes out the value of %s at any depth', (name) => {
    const { log, text } = recorder();
    log.info({ [name]: 'hush-1', shop: { list: [{ [name]: { inner: 'hush-2' } }] } }, 'message');
    expect(text()).not.toContain('hush');
    expect(text()).toContain('[redacted]');
  });

  it('takes addresses and tokens out of texts', () => {
    const { log, text } = recorder();
    log.warn(
      { note: 'mail to ana.m@shop.example failed' },
      'customer bob@shop.example: Bearer abcdefgh12345678 refused, whsec_AbCd+/12',
    );
    log.warn('connect to mysql://loyalty:hush@db:3306/loyalty');
    for (const hidden of ['ana.m', 'bob@', 'abcdefgh12345678', 'AbCd', 'hush']) expect(text()).not.toContain(hidden);
    expect(text()).toContain('db:3306/loyalty');
  });

  it('keeps of an error what it says, not what hangs on it', () => {
    const { log, lines, text } = recorder();
    const cause = new AppError('BAD_SIGNATURE');
    const error = Object.assign(new Error('call failed', { cause }), {
      code: 'ECONNREFUSED',
      config: { headers: { authorization: 'hush' } },
      response: { data: 'hush' },
    });
    log.error({ error }, 'push failed');
    expect(lines[0]).toMatchObject({
      error: { type: 'Error', message: 'call failed', code: 'ECONNREFUSED', cause: { type: 'AppError', code: 'BAD_SIGNATURE' } },
    });
    expect(text()).not.toContain('hush');
  });

  it('survives whatever is logged', () => {
    const { log, lines } = recorder();
    const loop: Record<string, unknown> = { big: 10n, bytes: Buffer.from('hush'), nothing: undefined };
    loop['self'] = loop;
    log.info(loop, 'loop');
    log.info({ long: 'x'.repeat(100_000), many: Array(10_000).fill(1) }, 'long');
    expect(lines).toHaveLength(2);
    expect(JSON.stringify(lines).length).toBeLessThan(10_000);
  });
});
