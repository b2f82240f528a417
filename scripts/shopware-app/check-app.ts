/** What a shop would refuse, or a merchant would stumble over, found before the app is shipped. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';

export const LOCALES = ['en-GB', 'de-DE', 'es-ES', 'pt-PT', 'ru-RU'] as const;
const TEXT_ELEMENTS = ['label', 'description', 'help-text', 'placeholder'] as const;
/** Of the newer schema only: a 6.6 shop refuses the whole manifest. */
const NEWER_ONLY = ['context', 'inAppPurchases', 'crud', 'requirements'];
/** What a webhook's event must be allowed to read; without it Shopware stays silent. */
const EVENT_RIGHTS: readonly (readonly [RegExp, string])[] = [
  [/^(checkout\.order|order\.|state_enter\.)/, 'order'],
  [/^(checkout\.customer|customer\.)/, 'customer'],
];

type Node = Readonly<Record<string, unknown>>;

/** Faults in words; empty when there are none. */
export function checkApp(folder: string): string[] {
  const path = join(folder, 'manifest.xml');
  if (!existsSync(path)) return ['manifest.xml is missing'];
  const text = readFileSync(path, 'utf8');
  const valid = XMLValidator.validate(text);
  if (valid !== true) return [`manifest.xml: ${valid.err.msg} in line ${valid.err.line}`];
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', alwaysCreateTextNode: true });
  const manifest = asNode(asNode(parser.parse(text))['manifest']);
  return [
    ...metaFaults(manifest, folder),
    ...textFaults(manifest, 'manifest'),
    ...rightFaults(manifest),
    ...newerFaults(manifest),
    ...conditionFaults(manifest, join(folder, 'Resources', 'scripts', 'rule-conditions')),
    ...snippetFaults(join(folder, 'Resources', 'snippet')),
    ...wordFaults(join(folder, 'Resources')),
    ...triggerFaults(join(folder, 'Resources')),
  ];
}

function asNode(value: unknown): Node {
  return typeof value === 'object' && value !== null ? (value as Node) : {};
}

function asList(value: unknown): Node[] {
  return (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(asNode);
}

function textOf(value: unknown): string {
  return attribute(asNode(value), '#text');
}

function attribute(node: Node, name: string): string {
  const value = node[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function metaFaults(manifest: Node, folder: string): string[] {
  const meta = asNode(manifest['meta']);
  const missing = ['name', 'label', 'author', 'copyright', 'version', 'license', 'compatibility', 'icon']
    .filter((name) => meta[name] === undefined)
    .map((name) => `meta lacks ${name}`);
  const icon = textOf(meta['icon']);
  const version = textOf(meta['version']);
  return [
    ...missing,
    ...(icon !== '' && !existsSync(join(folder, icon)) ? [`the icon ${icon} is missing`] : []),
    ...(/^\d+\.\d+\.\d+$/.test(version) ? [] : [`the version ${version} is not like 1.2.3`]),
  ];
}

/** Every text in every language. */
function textFaults(node: Node, path: string): string[] {
  const faults: string[] = [];
  for (const [name, value] of Object.entries(node)) {
    if (name.startsWith('@') || name === '#text') continue;
    if (isText(name, path)) {
      const languages = asList(value).map((text) => attribute(text, '@lang') || 'en-GB');
      const missing = LOCALES.filter((locale) => !languages.includes(locale));
      if (missing.length > 0) faults.push(`${path}/${name} lacks ${missing.join(', ')}`);
      continue;
    }
    for (const child of asList(value)) faults.push(...textFaults(child, `${path}/${name}`));
  }
  return faults;
}

/** A condition's parts have names to be read, everything else has names to be referred to. */
function isText(name: string, path: string): boolean {
  return (TEXT_ELEMENTS as readonly string[]).includes(name) || (name === 'name' && path.includes('/rule-condition'));
}

function rightFaults(manifest: Node): string[] {
  const readable = asList(asNode(manifest['permissions'])['read']).map(textOf);
  const webhooks = asList(asNode(manifest['webhooks'])['webhook']);
  const names = webhooks.map((webhook) => attribute(webhook, '@name'));
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  const deaf = webhooks.flatMap((webhook) => {
    const event = attribute(webhook, '@event');
    const right = EVENT_RIGHTS.find(([pattern]) => pattern.test(event))?.[1];
    return right === undefined || readable.includes(right) ? [] : [`the webhook of ${event} needs the right to read ${right}`];
  });
  return [...deaf, ...twice.map((name) => `two webhooks are called ${name}`)];
}

function newerFaults(manifest: Node): string[] {
  const text = JSON.stringify(manifest);
  return NEWER_ONLY.filter((name) => text.includes(`"${name}":`)).map((name) => `<${name}> is refused by Shopware 6.6`);
}

function conditionFaults(manifest: Node, scripts: string): string[] {
  return asList(asNode(manifest['rule-conditions'])['rule-condition']).flatMap((condition) => {
    const script = textOf(condition['script']);
    return existsSync(join(scripts, script)) ? [] : [`the script ${script} of a rule condition is missing`];
  });
}

/** The same keys in every language. */
function snippetFaults(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const expected = snippetKeys(folder, LOCALES[0]);
  return LOCALES.flatMap((locale) => {
    const keys = snippetKeys(folder, locale);
    const missing = expected.filter((key) => !keys.includes(key));
    const extra = keys.filter((key) => !expected.includes(key));
    return [
      ...missing.map((key) => `snippet ${key} is missing in ${locale}`),
      ...extra.map((key) => `snippet ${key} is in ${locale} only`),
    ];
  });
}

function snippetKeys(folder: string, locale: string): string[] {
  const below = join(folder, locale);
  const files = existsSync(below) ? readdirSync(below).filter((file) => file.endsWith('.json')) : [];
  return files.flatMap((file) => flatKeys(JSON.parse(readFileSync(join(below, file), 'utf8')), ''));
}

/** Texts that templates and scripts ask for must be there, and no others. */
function wordFaults(resources: string): string[] {
  if (!existsSync(resources)) return [];
  const known = snippetKeys(join(resources, 'snippet'), LOCALES[0]);
  const asked = new Set<string>();
  const faults: string[] = [];
  for (const file of readdirSync(resources, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.twig'))) {
    const text = readFileSync(join(resources, file), 'utf8');
    // The shop itself puts its own word before the key of a cart's error.
    const ofCarts = [...text.matchAll(/errors\.error\('([\w-]+)'/g)].map(([, key = '']) => `checkout.${key}`);
    const ofViews = [...text.matchAll(/'(loyaltySidecar\.[\w.]+)'/g)].map(([, key = '']) => key);
    for (const key of [...ofCarts, ...ofViews]) {
      asked.add(key);
      if (!known.includes(key)) faults.push(`${file} asks for the snippet ${key}`);
    }
  }
  return [...faults, ...known.filter((key) => !asked.has(key)).map((key) => `nothing asks for the snippet ${key}`)];
}

/** Each part of a trigger's name is shown by the Flow Builder as a text of its own. */
function triggerFaults(resources: string): string[] {
  const path = join(resources, 'flow.xml');
  if (!existsSync(path)) return [];
  const names = [...readFileSync(path, 'utf8').matchAll(/<name>([^<]*)<\/name>/g)].map(([, name = '']) => name);
  const wrong = names.filter((name) => !/^[a-z][a-z._]*[a-z]$/.test(name)).map((name) => `${name} is no name of a trigger`);
  const parts = [...new Set(names.flatMap((name) => name.split('.').map(camelCase)))].sort();
  return LOCALES.reduce<string[]>((faults, locale) => {
    const file = join(resources, 'app', 'administration', 'snippet', `${locale}.json`);
    const words = existsSync(file) ? flatKeys(JSON.parse(readFileSync(file, 'utf8')), '') : [];
    const labelled = words.map((key) => key.replace('sw-flow-app.triggers-app.', '')).sort();
    return labelled.join() === parts.join() ? faults : [...faults, `triggers and their labels in ${locale} differ`];
  }, wrong);
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());
}

function flatKeys(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, child]) => flatKeys(child, path === '' ? key : `${path}.${key}`));
}
