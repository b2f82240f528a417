/** Makes the archive a shop installs. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { zipSync, type Zippable } from 'fflate';
import { bundleScript } from './bundle-scripts';

export interface AppAddress {
  /** Where the sidecar is reached, no slash at the end. */
  readonly url: string;
  /** Null for the store, which signs with the merchant's account. */
  readonly secret: string | null;
}

const SCRIPTS = 'Resources/scripts';
const PLACEHOLDER = 'https://sidecar.invalid';
const PLACEHOLDER_HOST = '<host>sidecar.invalid</host>';
/** A fixed time, so that the same files make the same archive. */
const PACKED_AT = new Date(2026, 0, 1);

/** The manifest of one installation. @throws Error naming what is wrong with the address */
export function manifestFor(manifest: string, { url, secret }: AppAddress): string {
  const address = new URL(url);
  if (address.protocol !== 'https:' && address.protocol !== 'http:') throw new Error('url must begin with https:// or http://');
  if (url.endsWith('/') || address.search !== '' || address.hash !== '') throw new Error('url must end with host or path');
  if (secret !== null && !/^[\x21-\x7e]{16,255}$/.test(secret))
    throw new Error('secret must be 16 to 255 visible ASCII characters');
  const withSecret = secret === null ? '' : `\n        <secret>${escapeXml(secret)}</secret>`;
  return manifest
    .replaceAll(PLACEHOLDER, escapeXml(url))
    .replace(PLACEHOLDER_HOST, `<host>${escapeXml(address.hostname)}</host>`)
    .replace('</registrationUrl>', `</registrationUrl>${withSecret}`);
}

/** Bytes of the archive; the app's files lie in a folder of its name, as Shopware wants it. */
export function packApp(folder: string, appName: string, address: AppAddress): Uint8Array {
  const files: Zippable = {};
  for (const path of filesBelow(folder)) {
    const name = relative(folder, path).split(sep).join('/');
    if (name.startsWith(`${SCRIPTS}/include/`)) continue;
    files[`${appName}/${name}`] = [new Uint8Array(packed(folder, name, readFileSync(path), address)), { mtime: PACKED_AT }];
  }
  return zipSync(files, { level: 9 });
}

function packed(folder: string, name: string, content: Buffer, address: AppAddress): Buffer {
  if (name === 'manifest.xml') return Buffer.from(manifestFor(content.toString('utf8'), address));
  if (!name.startsWith(`${SCRIPTS}/`)) return content;
  const readInclude = (include: string): string => readFileSync(join(folder, SCRIPTS, 'include', include), 'utf8');
  return Buffer.from(bundleScript(content.toString('utf8'), readInclude));
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    });
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
