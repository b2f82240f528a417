/** What `npm pack` makes must run by itself: every file that its commands load, and every package, is in it. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importedModules, parseSource, projectRoot, resolveImport } from '../support/source';
import { existsSync } from 'node:fs';

const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');
const manifest = JSON.parse(read('package.json')) as { bin: Record<string, string>; dependencies: Record<string, string> };
const bin = read('bin/loyalty-sidecar.mjs');
const commandFiles = [...bin.matchAll(/\['([\w/-]+\.ts)',/g)].map(([, file = '']) => file);

function packedFiles(): Set<string> {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts', '--silent'];
  const [packed] = JSON.parse(execFileSync('npm', args, { cwd: projectRoot, encoding: 'utf8' })) as {
    files: { path: string }[];
  }[];
  return new Set(packed?.files.map(({ path }) => path));
}

/** Files and packages that the commands load, whatever loads them. */
function loaded(): { readonly files: Set<string>; readonly packages: Set<string> } {
  const files = new Set<string>();
  const packages = new Set(['commander', 'tsx']);
  const queue = [...commandFiles];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (files.has(path)) continue;
    files.add(path);
    for (const module of importedModules(parseSource(path, read(path)))) {
      if (module.startsWith('.')) queue.push(fileOf(resolveImport(path, module)));
      else if (!module.startsWith('node:'))
        packages.add(
          module
            .split('/')
            .slice(0, module.startsWith('@') ? 2 : 1)
            .join('/'),
        );
    }
  }
  return { files, packages };
}

function fileOf(target: string): string {
  return [`${target}.ts`, `${target}/index.ts`].find((file) => existsSync(join(projectRoot, file))) ?? target;
}

describe('the package', () => {
  const { files, packages } = loaded();
  const packed = packedFiles();

  it('has a command for each thing that operators do', () => {
    expect(Object.keys(manifest.bin)).toEqual(['loyalty-sidecar']);
    expect(commandFiles).toEqual(
      expect.arrayContaining(['sidecar/src/main.ts', 'sidecar/src/cli/migrate.ts', 'test/demo/demo.ts']),
    );
  });

  it('contains every file that its commands load', () => {
    expect(files.size).toBeGreaterThan(200);
    expect([...files].filter((file) => !packed.has(file))).toEqual([]);
  });

  it('contains what they read: the app, the pages’ styles, the demo’s programme', () => {
    const needed = [
      'bin/loyalty-sidecar.mjs',
      'tsconfig.json',
      'shopware-app/manifest.xml',
      'shopware-app/Resources/flow.xml',
      'shopware-app/Resources/snippet/en-GB/storefront.en-GB.json',
      'test/demo/programme.yaml',
      'test/demo/storefront/style.css',
      'magento-bridge/composer.json',
      'docs/first-programme.yaml',
    ];
    expect(needed.filter((file) => !packed.has(file))).toEqual([]);
  });

  it('asks for every package that they load', () => {
    expect([...packages].filter((name) => !(name in manifest.dependencies))).toEqual([]);
  });

  it('leaves out what only tests need', () => {
    expect(
      [...packed].filter((file) => /\.test\.ts$|^test\/(unit|contract|flow|e2e)\/|^magento-bridge\/Test\//.test(file)),
    ).toEqual([]);
  });
});
