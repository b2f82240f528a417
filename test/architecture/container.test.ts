/** What the files for containers name is really there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { configVariables, loadConfig } from '../../sidecar/src/config';
import { projectRoot } from '../support/source';

function read(path: string): string {
  return readFileSync(join(projectRoot, path), 'utf8');
}

const known = configVariables.map(({ name }) => name);
const envNames = [...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1] ?? '');
const compose = z
  .object({
    services: z.object({
      sidecar: z.object({ environment: z.record(z.string(), z.string()), env_file: z.literal('.env') }),
      database: z.object({ environment: z.record(z.string(), z.string()) }),
    }),
  })
  .parse(parse(read('compose.yaml')));

describe('Dockerfile', () => {
  const dockerfile = read('Dockerfile');

  it('copies files that exist and are not ignored', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap((match) => (match[1] ?? '').split(' '));
    expect(copied).toContain('sidecar');
    const ignored = read('.dockerignore').trim().split('\n');
    expect(copied.filter((path) => !existsSync(join(projectRoot, path)) || ignored.includes(path))).toEqual([]);
  });

  it('runs what npm start runs, as Node itself', () => {
    const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(read('package.json')));
    const command = z.array(z.string()).parse(JSON.parse(/^CMD (\[.*\])$/m.exec(dockerfile)?.[1] ?? 'null'));
    expect(command.join(' ')).toBe(scripts['start']);
  });

  it('has a Node that the package asks for', () => {
    const { engines } = z.object({ engines: z.object({ node: z.string() }) }).parse(JSON.parse(read('package.json')));
    const images = [...dockerfile.matchAll(/^FROM node:(\d+)-/gm)].map((match) => match[1]);
    expect(images).toHaveLength(2);
    expect(images.every((major) => engines.node.startsWith(`>=${major}.`))).toBe(true);
  });
});

describe('.env.example and compose.yaml', () => {
  it('name variables that the sidecar or the database reads', () => {
    const database = JSON.stringify(compose.services.database.environment);
    const unread = envNames.filter((name) => !known.includes(name) && !database.includes(`\${${name}:`));
    expect(unread).toEqual([]);
    expect(Object.keys(compose.services.sidecar.environment).filter((name) => !known.includes(name))).toEqual([]);
  });

  it('are enough to start: filled in as they say, the configuration has no fault', () => {
    const filled: Record<string, string> = {
      PUBLIC_URL: 'https://loyalty.example.com',
      TRUSTED_PROXIES: '1',
      ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
      IDENTITY_KEY: Buffer.alloc(32, 2).toString('base64'),
      ADMIN_TOKENS: 'a'.repeat(48),
      SHOPWARE_APP_SECRET: 'b'.repeat(64),
      DATABASE_PASSWORD: 'c'.repeat(48),
    };
    expect(Object.keys(filled).sort()).toEqual([...envNames].sort());
    const url = (compose.services.sidecar.environment['DATABASE_URL'] ?? '').replace(/\$\{DATABASE_PASSWORD:[^}]*\}/, 'c');
    expect(loadConfig({ ...filled, DATABASE_URL: url }).databaseUrl).toBe('mysql://loyalty:c@database:3306/loyalty');
  });

  it('left empty, every fault names its variable', () => {
    const empty = Object.fromEntries(envNames.map((name) => [name, '']));
    expect(() => loadConfig(empty)).toThrow(/ENCRYPTION_KEYS[\s\S]*IDENTITY_KEY/);
  });
});
