/**
 * Shops tell us their URL, so it must not lead into our own network. The text is checked when it is received; the address
 * is checked when a connection is made, because a name may point elsewhere by then.
 */
import { lookup as dnsLookup, type LookupAddress, type LookupAllOptions } from 'node:dns';
import { Agent as HttpAgent, type AgentOptions } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { AppError } from '../errors';
import { isPublicAddress } from './public-address';

/**
 * Checks the text of a shop's URL.
 * @throws AppError OUTGOING_URL_REFUSED with a `reason` when it is no plain http(s) URL or names a private address
 */
export function assertPublicUrl(url: string, allowPrivate: boolean): void {
  if (!URL.canParse(url)) throw refused('not an absolute URL');
  const { protocol, username, password, hostname } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') throw refused('only http and https are allowed');
  if (username !== '' || password !== '') throw refused('credentials in the URL are not allowed');
  if (!allowPrivate && isPrivateHost(hostname)) throw refused('the host is a private address');
}

export interface GuardedAgents {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
}

export interface GuardOptions {
  readonly allowPrivate: boolean;
  /** Replaces the system's name resolution; tests only. */
  readonly resolve?: Resolve;
}

export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Agents that connect to public addresses only; a connection goes to the very address that was checked. */
export function createGuardedAgents(guard: GuardOptions): GuardedAgents {
  const options: AgentOptions = { keepAlive: true };
  if (guard.allowPrivate) return { httpAgent: new HttpAgent(options), httpsAgent: new HttpsAgent(options) };
  const guarded = { ...options, lookup: guardedLookup(guard.resolve ?? dnsLookup) };
  return { httpAgent: withoutPrivateHosts(new HttpAgent(guarded)), httpsAgent: withoutPrivateHosts(new HttpsAgent(guarded)) };
}

function guardedLookup(resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error) callback(error, '');
      else if (!first || addresses.some(({ address }) => !isPublicAddress(address)))
        callback(refused(`${hostname} leads to a private address`), '');
      else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

/** A host written as an address is never looked up, so it is checked here. */
function withoutPrivateHosts<A extends HttpAgent>(agent: A): A {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const host = options.host ?? options.hostname ?? '';
    if (isPrivateHost(host)) throw refused('the host is a private address');
    return connect(options, callback);
  };
  return agent;
}

function isPrivateHost(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  if (isIP(bare) !== 0) return !isPublicAddress(bare);
  return /(^|\.)localhost\.?$/i.test(bare);
}

function refused(reason: string): AppError {
  return new AppError('OUTGOING_URL_REFUSED', { reason });
}
