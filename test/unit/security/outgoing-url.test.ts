import { createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '../../../sidecar/src/errors';
import {
  assertPublicUrl,
  createGuardedAgents,
  type GuardedAgents,
  type Resolve,
} from '../../../sidecar/src/security/outgoing-url';
import { isPublicAddress } from '../../../sidecar/src/security/public-address';

describe('isPublicAddress', () => {
  it.each(['8.8.8.8', '93.184.215.14', '2606:4700:4700::1111', '::ffff:8.8.8.8'])('takes %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    '127.0.0.1',
    '127.255.0.9',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '192.0.2.1',
    '198.18.0.1',
    '::',
    '::1',
    '::7f00:1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:0:7f00:1::',
    '2001:db8::1',
    'fe80::1',
    'fe80::1%eth0',
    'fc00::1',
    'fd12:3456::1',
    'ff02::1',
    'shop.example',
    '',
  ])('refuses %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

function refusal(check: () => void): unknown {
  try {
    check();
  } catch (error) {
    return error instanceof AppError ? error.code : error;
  }
  return null;
}

describe('assertPublicUrl', () => {
  it.each(['https://shop.example', 'http://shop.example:8000/store/', 'https://8.8.8.8/'])('takes %s', (url) => {
    expect(refusal(() => assertPublicUrl(url, false))).toBeNull();
  });

  it.each([
    'http://127.0.0.1:8000',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://[::1]/',
    'http://[::ffff:10.0.0.1]/',
    'http://localhost:8000',
    'http://LOCALHOST./',
    'http://shop.localhost/',
    'http://169.254.169.254/latest/meta-data/',
  ])('refuses %s unless private addresses are allowed', (url) => {
    expect(refusal(() => assertPublicUrl(url, false))).toBe('OUTGOING_URL_REFUSED');
    expect(refusal(() => assertPublicUrl(url, true))).toBeNull();
  });

  it.each([
    'ftp://shop.example',
    'file:///etc/passwd',
    'shop.example',
    '',
    'https://user:password@shop.example',
    'https://user@shop.example',
  ])('refuses %s always', (url) => {
    expect(refusal(() => assertPublicUrl(url, true))).toBe('OUTGOING_URL_REFUSED');
  });
});

describe('createGuardedAgents', () => {
  let server: Server;
  let port: number;
  const agents: GuardedAgents[] = [];

  beforeAll(async () => {
    server = createServer((_request, response) => response.end('reached'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });

  afterAll(async () => {
    for (const { httpAgent, httpsAgent } of agents) {
      httpAgent.destroy();
      httpsAgent.destroy();
    }
    await new Promise((resolve) => server.close(resolve));
  });

  const guarded = (allowPrivate: boolean, resolve?: Resolve): GuardedAgents => {
    const made = createGuardedAgents({ allowPrivate, ...(resolve ? { resolve } : {}) });
    agents.push(made);
    return made;
  };
  const leadingTo =
    (...addresses: string[]): Resolve =>
    (_hostname, _options, callback) =>
      callback(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
  /** What the server says, or the code of the fault. */
  const ask = (host: string, { httpAgent }: GuardedAgents): Promise<string> =>
    new Promise((resolve) => {
      const failed = (error: unknown): void => resolve(String((error as { code?: unknown }).code));
      try {
        get({ host, port, agent: httpAgent }, (response) => {
          response.setEncoding('utf8').on('data', (text: string) => resolve(text));
        }).on('error', failed);
      } catch (error) {
        failed(error);
      }
    });

  it('reaches a private address only when that is allowed', async () => {
    expect(await ask('127.0.0.1', guarded(true))).toBe('reached');
    expect(await ask('127.0.0.1', guarded(false))).toBe('OUTGOING_URL_REFUSED');
    expect(await ask('::ffff:127.0.0.1', guarded(false))).toBe('OUTGOING_URL_REFUSED');
  });

  it('refuses a name that leads to a private address when it is connected to', async () => {
    expect(await ask('shop.example', guarded(false, leadingTo('127.0.0.1')))).toBe('OUTGOING_URL_REFUSED');
    expect(await ask('shop.example', guarded(false, leadingTo('::ffff:127.0.0.1')))).toBe('OUTGOING_URL_REFUSED');
  });

  it('refuses a name with one private address among public ones', async () => {
    expect(await ask('shop.example', guarded(false, leadingTo('93.184.215.14', '127.0.0.1')))).toBe('OUTGOING_URL_REFUSED');
  });

  it('asks for the address once and connects to that one, so that a second answer changes nothing', async () => {
    let asked = 0;
    const rebinding: Resolve = (hostname, options, callback) => {
      asked += 1;
      leadingTo(asked === 1 ? '10.0.0.1' : '127.0.0.1')(hostname, options, callback);
    };
    expect(await ask('shop.example', guarded(false, rebinding))).toBe('OUTGOING_URL_REFUSED');
    expect(asked).toBe(1);
  });

  it('passes on that a name does not exist', async () => {
    const unknown: Resolve = (_hostname, _options, callback) =>
      callback(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }), []);
    expect(await ask('shop.example', guarded(false, unknown))).toBe('ENOTFOUND');
  });
});
