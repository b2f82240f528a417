/** What PHP and Magento would refuse before a class is run. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { MILESTONES, NOTICE_KINDS } from '../../../sidecar/src/domain/milestone';
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
    const templates = files.filter((file) => file.endsWith('.phtml'));
    const faults = [...php, ...templates].flatMap((file) => {
      // Without extensions, whose loading takes longer than parsing.
      const { status, stdout, error } = spawnSync('php', ['-n', '-l', join(MODULE, file)], { encoding: 'utf8' });
      if (error) throw error;
      return status === 0 ? [] : [`${file}: ${stdout}`];
    });
    expect(faults).toEqual([]);
    expect(php.length).toBeGreaterThan(30);
  });

  it('has templates that ask their view models for what these have', () => {
    const asked = files
      .filter((file) => file.endsWith('.phtml'))
      .flatMap((file) => {
        const models = [...read(file).matchAll(/@var \\Loyalty\\Sidecar\\ViewModel\\(\w+) \$(\w+)/g)];
        return models.flatMap(([, model = '', name = '']) =>
          [...read(file).matchAll(new RegExp(`\\$${name}->(\\w+)\\(`, 'g'))].map(([, method = '']) => ({ file, model, method })),
        );
      });
    expect(asked.length).toBeGreaterThan(30);
    const missing = asked.filter(({ model, method }) => !read(join('ViewModel', `${model}.php`)).includes(`function ${method}(`));
    expect(missing).toEqual([]);
  });

  /** Neither a class nor one of Magento's: they register the module, and stand in for Magento's function and types in tests. */
  const noClass = [
    'registration.php',
    join('Test', 'Unit', 'Template', 'phrase.php'),
    join('Test', 'Unit', 'Fake', 'magento.php'),
  ];

  it.each(php.filter((file) => !noClass.includes(file)))('%s declares strict types and one class of its name', (file) => {
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
    for (const file of xml) for (const [, name = ''] of read(file).matchAll(/<virtualType name="([^"]+)"/g)) known.add(name);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
    expect(named.length).toBeGreaterThan(10);
  });

  it('asks Composer and Magento for every module it builds on, and for no other', () => {
    // GraphQL is named in configuration alone: a shop may have removed it.
    const optional = ['GraphQlCache'];
    const used = [...php, ...xml].flatMap((file) =>
      [...read(file).matchAll(/\bMagento\\([A-Z][A-Za-z]+)/g)].map(([, name = '']) => name),
    );
    const modules = [...new Set(used)].filter((name) => name !== 'Framework' && !optional.includes(name)).sort();
    const sequence = [...read(join('etc', 'module.xml')).matchAll(/name="Magento_(\w+)"/g)].map(([, name = '']) => name);
    expect(sequence).toEqual(modules);
    const { require: packages } = JSON.parse(read('composer.json')) as { require: Record<string, string> };
    const kebab = (name: string): string => name.replace(/(?!^)([A-Z])/g, '-$1').toLowerCase();
    const wanted = [
      'magento/framework',
      'magento/framework-message-queue',
      ...modules.map((name) => `magento/module-${kebab(name)}`),
      'php',
    ];
    expect(Object.keys(packages).sort()).toEqual(wanted.sort());
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

  it('knows every kind of notice and its figures, and has a template, a group of settings and defaults for each', () => {
    const kinds = read(join('Service', 'NoticeKinds.php'));
    const known = [...kinds.matchAll(/^ {8}'(\w+)' => \[(.*)\],$/gm)].map(([, kind = '', list = '']): [string, object] => [
      kind,
      Object.fromEntries(
        [...list.matchAll(/'(\w+)' => '([\w?]+)'/g)].map(([, name = '', form = '']): [string, string] => [name, form]),
      ),
    ]);
    expect(Object.fromEntries(known)).toEqual(
      Object.fromEntries(Object.entries(MILESTONES).map(([kind, { figures }]) => [kind, figures])),
    );
    const [templates, settings, defaults] = [
      join('etc', 'email_templates.xml'),
      join('etc', 'adminhtml', 'system.xml'),
      join('etc', 'config.xml'),
    ].map(read);
    for (const kind of NOTICE_KINDS) {
      expect(files).toContain(join('view', 'frontend', 'email', `loyalty_${kind}.html`));
      expect(templates).toContain(`<template id="loyalty_mail_${kind}_template" `);
      expect(settings).toContain(`<group id="mail_${kind}" `);
      expect(defaults).toContain(`<template>loyalty_mail_${kind}_template</template>`);
    }
  });

  it('has its rights where its menu is: without one to Marketing, Magento shows nobody what stands below', () => {
    const marketing = /<resource id="Magento_Backend::marketing">(.*?)\n {16}<\/resource>/s.exec(read(join('etc', 'acl.xml')));
    const menu = read(join('etc', 'adminhtml', 'menu.xml'));
    expect(menu).toContain('id="Loyalty_Sidecar::loyalty"');
    expect(menu).toContain('parent="Magento_Backend::marketing"');
    for (const right of ['loyalty', 'view', 'support', 'manage', 'outbox']) {
      expect(marketing?.[1]).toContain(`<resource id="Loyalty_Sidecar::${right}"`);
    }
  });

  it('takes its settings, rights and queue along when it is uninstalled with its data', () => {
    const uninstall = read(join('Setup', 'Uninstall.php'));
    const [, section = ''] = /<section id="(\w+)"/.exec(read(join('etc', 'adminhtml', 'system.xml'))) ?? [];
    const [, queue = ''] = /queue="([\w.]+)"/.exec(read(join('etc', 'queue_consumer.xml'))) ?? [];
    expect(uninstall).toContain(`'core_config_data' => ['path LIKE ?' => '${section}/%']`);
    expect(uninstall).toContain(String.raw`'authorization_rule' => ['resource_id LIKE ?' => 'Loyalty\_Sidecar::%']`);
    expect(uninstall).toContain(`'queue' => ['name = ?' => '${queue}']`);
  });

  it('opens the connection among the settings, where a new shop begins', () => {
    const settings = read(join('etc', 'adminhtml', 'system.xml'));
    const [, connection = ''] = /<group id="connection"(.*?)<\/group>/s.exec(settings) ?? [];
    expect(connection).toContain('<attribute type="expanded">1</attribute>');
  });

  describe('speaks five languages', () => {
    const languages = ['en_US', 'de_DE', 'es_ES', 'pt_PT', 'ru_RU'];
    /** Texts of Magento itself, which brings their translations. */
    const magentos = ['Address', 'Date', 'ID', 'Item', 'None', 'Price', 'Qty', 'Quantity', 'Status', 'Subtotal'];
    const rows = (language: string): [string, string][] =>
      read(join('i18n', `${language}.csv`))
        .trimEnd()
        .split('\n')
        .map((line) => {
          const [, from, to] = /^"((?:[^"]|"")*)","((?:[^"]|"")*)"$/.exec(line) ?? [];
          if (from === undefined || to === undefined) throw new Error(`${language}: ${line}`);
          return [from, to];
        });

    it('knows every text that the module says, and no other', () => {
      const said = new Set(files.flatMap((file) => textsOf(file)).filter((text) => !magentos.includes(text)));
      expect(rows('en_US').map(([text]) => text)).toEqual([...said].sort());
    });

    it.each(languages.slice(1))('has all of them in %s, with the same values in them', (language) => {
      const english = rows('en_US');
      const translated = rows(language);
      expect(translated.map(([text]) => text)).toEqual(english.map(([text]) => text));
      const values = (text: string): string[] => (text.match(/%\w+/g) ?? []).sort();
      expect(translated.filter(([from, to]) => to === '' || values(from).join() !== values(to).join())).toEqual([]);
    });
  });
});

function textsOf(file: string): string[] {
  if (file.startsWith('Test')) return [];
  const text = read(file);
  const found: string[] = [];
  const collect = (pattern: RegExp): void => {
    for (const match of text.matchAll(pattern)) found.push((match[1] ?? '').replace(/\\'/g, "'"));
  };
  if (/\.(php|phtml|js)$/.test(file)) collect(/(?:__|\$t)\(\s*'((?:[^'\\]|\\.)*)'/g);
  if (file.endsWith('.html')) {
    collect(/translate="'([^']*)'"/g);
    collect(/\{\{trans "([^"]+)"/g);
  }
  if (file.endsWith('HistoryWords.php')) collect(/=> '([^']+)'/g);
  if (!file.endsWith('.xml')) return found;
  collect(/title="([^"]+)"[^>]*translate="title"/g);
  collect(/translate="true">([^<]+)</g);
  collect(/<(?:label|comment|title)>([^<]+)</g);
  return found;
}
