/** What PHP and Magento would refuse before a class is run. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { projectRoot } from '../../support/source';

const MODULE = join(projectRoot, 'magento-bridge');

const files = readdirSync(MODULE, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !join(entry.parentPath, '').includes(`${sep}vendor`))
  .map((entry) => relative(MODULE, join(entry.parentPath, entry.name)));
const php = files.filter((file) => file.endsWith('.php'));
const xml = files.filter((file) => file.endsWith('.xml'));
const read = (file: string): string => readFileSync(join(MODULE, file), 'utf8');

describe('the Magento module', () => {
  it('has PHP that parses', () => {
    const faults = php.flatMap((file) => {
      const { status, stdout, error } = spawnSync('php', ['-l', join(MODULE, file)], { encoding: 'utf8' });
      if (error) throw error;
      return status === 0 ? [] : [`${file}: ${stdout}`];
    });
    expect(faults).toEqual([]);
    expect(php.length).toBeGreaterThan(30);
  });

  it.each(php.filter((file) => file !== 'registration.php'))('%s declares strict types and one class of its name', (file) => {
    const text = read(file);
    expect(text.startsWith('<?php declare(strict_types=1);')).toBe(true);
    const namespace = ['Loyalty', 'Sidecar', ...file.split(sep).slice(0, -1)].join('\\');
    expect(text).toContain(`\nnamespace ${namespace};\n`);
    expect(text).toMatch(new RegExp(`^(final )?(class|interface) ${basename(file, '.php')}\\b`, 'm'));
  });

  it.each(xml)('%s is well-formed', (file) => {
    expect(XMLValidator.validate(read(file))).toBe(true);
  });

  it('names no class that is not there', () => {
    const named = xml.flatMap((file) => read(file).match(/Loyalty\\Sidecar\\[\w\\]+/g) ?? []);
    const known = new Set(php.map((file) => ['Loyalty', 'Sidecar', ...file.replace(/\.php$/, '').split(sep)].join('\\')));
    expect(named.filter((name) => !known.has(name))).toEqual([]);
    expect(named.length).toBeGreaterThan(10);
  });

  it('guards its routes with rights that exist', () => {
    const parser = new XMLParser({ ignoreAttributes: false });
    const rights = read(join('etc', 'acl.xml')).match(/Loyalty_Sidecar::\w+/g) ?? [];
    const routes = parser.parse(read(join('etc', 'webapi.xml'))) as {
      routes: { route: { '@_url': string; resources: { resource: { '@_ref': string } } }[] };
    };
    for (const route of routes.routes.route) {
      const right = route.resources.resource['@_ref'];
      expect([...rights, 'self']).toContain(right);
      expect(right === 'self').toBe(route['@_url'].startsWith('/V1/carts/mine/'));
    }
  });

  it('asks in the whitelist for every column it declares', () => {
    const whitelist = JSON.parse(read(join('etc', 'db_schema_whitelist.json'))) as Record<
      string,
      { column: Record<string, true> }
    >;
    const tables = [...read(join('etc', 'db_schema.xml')).matchAll(/<table name="(\w+)"(.*?)<\/table>/gs)];
    expect(tables.length).toBeGreaterThan(5);
    for (const [, table = '', body = ''] of tables) {
      const columns = [...body.matchAll(/<column xsi:type="\w+" name="(\w+)"/g)].map(([, column]) => column);
      expect(Object.keys(whitelist[table]?.column ?? {}).sort()).toEqual(columns.sort());
    }
  });
});
