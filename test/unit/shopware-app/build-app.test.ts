import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { checkApp } from '../../../scripts/shopware-app/check-app';
import { manifestFor, packApp } from '../../../scripts/shopware-app/pack-app';
import { customerFields } from '../../../sidecar/src/platform/shopware/names';
import { flowEvents } from '../../../sidecar/src/platform/shopware/write-notice';
import { normalise } from '../../../sidecar/src/platform/shopware/normalise';
import { projectRoot } from '../../support/source';

const APP = join(projectRoot, 'shopware-app');
const URL = 'https://loyalty.example';

function manifest(): string {
  return readFileSync(join(APP, 'manifest.xml'), 'utf8');
}

describe('the Shopware App', () => {
  it('has nothing a shop would refuse', () => {
    expect(checkApp(APP)).toEqual([]);
  });

  it('is packed in a folder of its name, with the address of the sidecar in place', () => {
    const files = unzipSync(packApp(APP, 'LoyaltySidecar', { url: URL, secret: null }));
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['LoyaltySidecar/manifest.xml', 'LoyaltySidecar/icon.png']));
    const packed = strFromU8(files['LoyaltySidecar/manifest.xml'] ?? new Uint8Array());
    expect(packed).toContain(`<registrationUrl>${URL}/shopware/register</registrationUrl>`);
    expect(packed).toContain('<host>loyalty.example</host>');
    expect(packed).not.toContain('sidecar.invalid');
    expect(packed).not.toContain('<secret>');
  });

  it('is the same archive every time', () => {
    const once = packApp(APP, 'LoyaltySidecar', { url: URL, secret: null });
    expect(Buffer.from(packApp(APP, 'LoyaltySidecar', { url: URL, secret: null })).equals(Buffer.from(once))).toBe(true);
  });

  it('carries a secret only as a private app', () => {
    expect(manifestFor(manifest(), { url: URL, secret: 'a&b<c>"0123456789' })).toContain(
      '<secret>a&amp;b&lt;c&gt;&quot;0123456789</secret>',
    );
  });

  it.each([
    ['ftp://loyalty.example', null, 'url'],
    ['https://loyalty.example/', null, 'url'],
    ['https://loyalty.example?x=1', null, 'url'],
    ['not an address', null, 'Invalid URL'],
    [URL, 'short', 'secret'],
    [URL, 'with a space in it', 'secret'],
  ])('is not packed for %s with secret %p', (url, secret, message) => {
    expect(() => manifestFor(manifest(), { url, secret })).toThrow(message);
  });

  it('lets no customer write a field', () => {
    expect(manifest()).not.toContain('allow-customer-write');
    const fields = manifest().replace(/<rule-conditions>.*<\/rule-conditions>/s, '');
    const shown = [...fields.matchAll(/<(?:int|text) name="(\w+)">/g)].map(([, name]) => name);
    expect(Object.values(customerFields)).toEqual(expect.arrayContaining(shown));
  });

  it('declares the triggers that the sidecar calls', () => {
    const flow = readFileSync(join(APP, 'Resources', 'flow.xml'), 'utf8');
    expect([...flow.matchAll(/<name>([^<]+)<\/name>/g)].map(([, name]) => name)).toEqual(Object.values(flowEvents));
  });

  it('asks for events the sidecar understands', () => {
    const events = [...manifest().matchAll(/<webhook name="[^"]+" url="([^"]+)" event="([^"]+)"/g)];
    expect(events.length).toBeGreaterThan(15);
    for (const [, url, event] of events) expect(url).toBe(`https://sidecar.invalid/webhooks/shopware/${event}`);
    const body = JSON.stringify({ data: { payload: [], event: 'app.deleted' }, source: {}, timestamp: 1_764_000_000 });
    expect(normalise('app.deleted', body).kind).toBe('app_deleted');
  });
});

describe('checkApp', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'loyalty-app-'));
    cpSync(APP, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('finds a text that is missing in one language, and one that nobody wrote', () => {
    const file = join(folder, 'Resources', 'snippet', 'de-DE', 'storefront.de-DE.json');
    const snippets = JSON.parse(readFileSync(file, 'utf8')) as { loyaltySidecar: { redeem: Record<string, string> } };
    delete snippets.loyaltySidecar.redeem['title'];
    writeFileSync(file, JSON.stringify(snippets));
    writeFileSync(join(folder, 'Resources', 'views', 'extra.html.twig'), "{{ 'loyaltySidecar.no.such'|trans }}");
    expect(checkApp(folder)).toEqual([
      'snippet loyaltySidecar.redeem.title is missing in de-DE',
      expect.stringContaining('extra.html.twig asks for the snippet loyaltySidecar.no.such'),
    ]);
  });

  it.each<[string, (text: string) => string, string]>([
    ['no XML', (text) => text.replace('</manifest>', ''), 'manifest.xml:'],
    ['a missing language', (text) => text.replace(/<label lang="ru-RU">[^<]*<\/label>/, ''), 'lacks ru-RU'],
    ['a webhook without its right', (text) => text.replace('<read>customer</read>', ''), 'needs the right to read customer'],
    [
      'two webhooks of one name',
      (text) => text.replace('name="order-written"', 'name="order-deleted"'),
      'are called order-deleted',
    ],
    ['an element of 6.7', (text) => text.replace('<checkout>', '<context>x</context><checkout>'), '<context> is refused'],
    ['a version that is none', (text) => text.replace('<version>1.0.0', '<version>next'), 'the version next'],
    ['a condition without its script', (text) => text.replace('loyalty-points.twig', 'none.twig'), 'the script none.twig'],
    ['a condition nobody named in Russian', (text) => text.replace(/<name lang="ru-RU">[^<]*<\/name>/, ''), 'lacks ru-RU'],
    ['an icon that is not there', (text) => text.replace('icon.png', 'logo.png'), 'the icon logo.png is missing'],
  ])('finds %s', (_name, change, fault) => {
    const path = join(folder, 'manifest.xml');
    const text = readFileSync(path, 'utf8');
    expect(change(text)).not.toBe(text);
    writeFileSync(path, change(text));
    expect(checkApp(folder).join('\n')).toContain(fault);
  });
});
