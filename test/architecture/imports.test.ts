/** The dependency rule: which part may import which, and which npm package belongs where. */
import { importedModules, parseSource, readSources, resolveImport, type SourceFile } from '../support/source';

const SOURCE_ROOT = 'sidecar/src';

interface PartRule {
  /** Other parts this one may import; its own files always. */
  readonly parts: readonly string[];
  readonly packages?: readonly string[];
  /** Whether Node's own modules may be imported (default true). */
  readonly node?: boolean;
}

const basics = ['clock', 'ids', 'errors', 'retry-schedule'];
const anything = '*';

/** A part is a folder of sidecar/src, a file directly in it, or one of the three parts of platform/. */
const rules: Readonly<Record<string, PartRule>> = {
  domain: { parts: [], node: false },
  'activity-kinds': { parts: ['domain'], packages: ['zod'], node: false },
  'key-figures': { parts: ['domain'], node: false },
  explain: { parts: ['domain'], node: false },
  replay: { parts: ['domain', 'activity-kinds'], node: false },
  'challenge-steps': { parts: ['domain'], packages: ['zod'], node: false },
  'programme-templates': { parts: ['domain', 'explain', 'programme-document'], node: false },
  csv: { parts: ['errors'], packages: ['csv-parse', 'csv-stringify', 'zod'] },
  'programme-document': { parts: ['domain', 'activity-kinds', 'challenge-steps', 'errors'], packages: ['zod', 'yaml'] },

  clock: { parts: [] },
  ids: { parts: [], packages: ['uuidv7'] },
  errors: { parts: [] },
  'retry-schedule': { parts: [] },
  config: { parts: [], packages: ['zod'] },
  logger: { parts: [], packages: ['pino'] },
  metrics: { parts: [], packages: ['prom-client'] },
  'error-answer': { parts: ['errors'] },

  storage: { parts: basics, packages: ['kysely'] },
  ledger: { parts: [...basics, 'domain', 'storage'], packages: ['kysely'] },
  stores: {
    parts: [...basics, 'domain', 'key-figures', 'programme-document', 'storage', 'security', 'port'],
    packages: ['kysely'],
  },
  operations: {
    parts: [
      ...basics,
      'domain',
      'activity-kinds',
      'challenge-steps',
      'replay',
      'key-figures',
      'programme-document',
      'ledger',
      'stores',
      'storage',
      'security',
    ],
    packages: ['kysely'],
  },

  port: { parts: ['clock', 'errors', 'domain', 'security'], packages: ['axios'] },
  shopware: { parts: [...basics, 'domain', 'port', 'security'], packages: ['jose'] },
  magento: { parts: [...basics, 'domain', 'port', 'security'], packages: ['zod'] },

  sync: { parts: [...basics, 'domain', 'port', 'operations', 'stores', 'storage'] },
  inbox: { parts: [...basics, 'domain', 'port', 'stores', 'storage'], packages: ['kysely'] },
  writeback: { parts: [...basics, 'domain', 'port', 'stores', 'storage'], packages: ['kysely'] },
  outgoing: {
    parts: [...basics, 'domain', 'explain', 'port', 'security', 'stores', 'storage', 'writeback'],
    packages: ['nodemailer'],
  },
  webhook: {
    parts: [...basics, 'error-answer', 'logger', 'metrics', 'port', 'inbox', 'stores', 'storage', 'security'],
    packages: ['express', 'express-rate-limit'],
  },
  jobs: {
    parts: [...basics, 'domain', 'port', 'ledger', 'operations', 'stores', 'storage', 'sync'],
    packages: ['kysely', 'node-cron'],
  },
  api: {
    parts: [
      ...basics,
      'error-answer',
      'logger',
      'metrics',
      'domain',
      'activity-kinds',
      'csv',
      'explain',
      'exports',
      'imports',
      'key-figures',
      'programme-document',
      'programme-templates',
      'ledger',
      'operations',
      'stores',
      'storage',
      'security',
      'port',
    ],
    packages: ['express', 'express-rate-limit', 'helmet', 'uqr', 'zod'],
  },
  exports: { parts: ['csv', 'domain', 'ledger', 'stores', 'storage'] },
  imports: {
    parts: [...basics, 'csv', 'domain', 'ledger', 'operations', 'stores', 'storage'],
    packages: ['zod'],
  },
  security: { parts: ['clock', 'errors', 'ids'], packages: ['ipaddr.js'] },

  compose: { parts: [anything], packages: [anything] },
  'compose-api': { parts: [anything], packages: [anything] },
  'compose-checkout': { parts: [anything], packages: [anything] },
  'compose-context': { parts: [anything], packages: [anything] },
  'compose-history': { parts: [anything], packages: [anything] },
  'compose-imports': { parts: [anything], packages: [anything] },
  'compose-jobs': { parts: [anything], packages: [anything] },
  'compose-magento': { parts: [anything], packages: [anything] },
  'compose-shopware': { parts: [anything], packages: [anything] },
  main: { parts: [anything], packages: [anything] },
  cli: { parts: [anything], packages: [anything] },
};

/** Packages that one file alone may load, whatever its part allows. */
const soleHomes: Readonly<Record<string, string>> = {
  libsql: 'sidecar/src/storage/dialect',
  mysql2: 'sidecar/src/storage/dialect',
  axios: 'sidecar/src/platform/http-client',
  'node-cron': 'sidecar/src/jobs/schedule',
  nodemailer: 'sidecar/src/outgoing/smtp',
};

/** Starting points and the place that wires: nothing imports them, but they import each other. */
const tops = [
  'main',
  'cli',
  'compose',
  'compose-api',
  'compose-checkout',
  'compose-context',
  'compose-history',
  'compose-imports',
  'compose-jobs',
  'compose-magento',
  'compose-shopware',
];

function partOf(path: string): string {
  const [first = '', second = ''] = path.slice(SOURCE_ROOT.length + 1).split('/');
  if (first !== 'platform') return first.replace(/\.ts$/, '');
  return second === 'shopware' || second === 'magento' ? second : 'port';
}

function packageOf(module: string): string {
  const parts = module.split('/');
  return parts.slice(0, module.startsWith('@') ? 2 : 1).join('/');
}

/** One line for every import that breaks the rule. */
function violations(file: SourceFile): string[] {
  const part = partOf(file.path);
  const rule = rules[part];
  if (!rule) return [`${file.path}: "${part}" has no rule; say in imports.test.ts what it may import`];
  return importedModules(file).flatMap((module) => {
    const refusal = module.startsWith('.') ? refusePart(file, part, rule, module) : refusePackage(file, rule, module);
    return refusal === null ? [] : [`${file.path} imports ${module}: ${refusal}`];
  });
}

function refusePart(file: SourceFile, part: string, rule: PartRule, module: string): string | null {
  const target = resolveImport(file.path, module);
  if (!target.startsWith(`${SOURCE_ROOT}/`)) return 'outside the source folder';
  const targetPart = partOf(target);
  if (targetPart === part) return null;
  if (tops.includes(targetPart) && !tops.includes(part)) return `nothing imports ${targetPart}`;
  return rule.parts.includes(anything) || rule.parts.includes(targetPart) ? null : `${part} may not use ${targetPart}`;
}

function refusePackage(file: SourceFile, rule: PartRule, module: string): string | null {
  if (module.startsWith('node:')) return rule.node === false ? 'this part is pure' : null;
  const name = packageOf(module);
  const home = soleHomes[name];
  if (home !== undefined) return file.path === `${home}.ts` ? null : `${name} belongs into ${home}.ts alone`;
  const allowed = rule.packages ?? [];
  return allowed.includes(anything) || allowed.includes(name) ? null : `this part may not use ${name}`;
}

describe('the dependency rule', () => {
  it('holds in every source file', () => {
    const files = readSources(SOURCE_ROOT);
    expect(files.length).toBeGreaterThan(50);
    expect(files.flatMap(violations)).toEqual([]);
  });

  it('names no part that does not exist', () => {
    const present = new Set(readSources(SOURCE_ROOT).map((file) => partOf(file.path)));
    expect(Object.keys(rules).filter((part) => !present.has(part))).toEqual([]);
  });
});

describe('the check itself', () => {
  const refusedIn = (path: string, text: string): number => violations(parseSource(`${SOURCE_ROOT}/${path}`, text)).length;

  it.each([
    ['domain/a.ts', "import { x } from '../ledger/account';"],
    ['domain/a.ts', "import type { X } from '../storage/tables';"],
    ['domain/a.ts', "import { createHash } from 'node:crypto';"],
    ['domain/a.ts', "import { z } from 'zod';"],
    ['domain/a.ts', "export * from '../errors';"],
    ['domain/a.ts', "const load = () => import('../ledger/account');"],
    ['domain/a.ts', "const fs = require('fs');"],
    ['domain/a.ts', "type T = import('kysely').Kysely<unknown>;"],
    ['domain/a.ts', "import { x } from '../../../test/support/source';"],
    ['ledger/a.ts', "import { x } from '../operations/place-hold';"],
    ['operations/a.ts', "import axios from 'axios';"],
    ['operations/a.ts', "import express from 'express';"],
    ['operations/a.ts', "import type { ShopPlatform } from '../platform/platform';"],
    ['operations/a.ts', "import { x } from '../platform/shopware/client';"],
    ['platform/shopware/a.ts', "import { x } from '../magento/client';"],
    ['platform/magento/a.ts', "import { x } from '../shopware/client';"],
    ['platform/shopware/a.ts', "import type { Db } from '../../storage/transaction';"],
    ['platform/shopware/a.ts', "import axios from 'axios';"],
    ['sync/a.ts', "import { x } from '../platform/shopware/client';"],
    ['stores/a.ts', "import Database from 'libsql';"],
    ['storage/migrate.ts', "import { createPool } from 'mysql2/promise';"],
    ['api/a.ts', "import { x } from '../compose';"],
    ['jobs/run-job.ts', "import cron from 'node-cron';"],
    ['novelty/a.ts', ''],
  ])('finds the fault in %s: %s', (path, text) => {
    expect(refusedIn(path, text)).toBe(1);
  });

  it.each([
    ['domain/a.ts', "import { x } from './money';"],
    ['storage/dialect.ts', "import Database from 'libsql';"],
    ['platform/shopware/a.ts', "import type { ShopPlatform } from '../platform';"],
    ['platform/http-client.ts', "import axios from 'axios';"],
    ['main.ts', "import { compose } from './compose';"],
    ['operations/a.ts', "import { x } from '../domain/money';\nimport { y } from '../stores/member-store';"],
  ])('allows in %s: %s', (path, text) => {
    expect(refusedIn(path, text)).toBe(0);
  });
});
