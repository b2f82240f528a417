/** House rules that no linter knows. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import ts from 'typescript';
import {
  filesBelow,
  importedModules,
  parseSource,
  placeOf,
  projectRoot,
  readSources,
  resolveImport,
  walk,
  type SourceFile,
} from '../support/source';

const source = readSources('sidecar/src');
const tests = readSources('test');
const scripts = readSources('scripts');

/** `object.property` of a property access or call on two plain names, else null. */
function dotted(node: ts.Node): string | null {
  return ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)
    ? `${node.expression.text}.${node.name.text}`
    : null;
}

function findIn(files: readonly SourceFile[], matches: (node: ts.Node, file: SourceFile) => boolean): string[] {
  return files.flatMap((file) => {
    const places: string[] = [];
    walk(file.tree, (node) => {
      if (matches(node, file)) places.push(placeOf(file, node));
    });
    return places;
  });
}

const usesMathRandom = (node: ts.Node): boolean => dotted(node) === 'Math.random';

const readsMachineTime = (node: ts.Node): boolean =>
  ['Date.now', 'performance.now', 'process.hrtime'].includes(dotted(node) ?? '') ||
  (ts.isNewExpression(node) && node.expression.getText() === 'Date' && (node.arguments?.length ?? 0) === 0) ||
  (ts.isCallExpression(node) && node.expression.getText() === 'Date');

const readsEnvironment = (node: ts.Node): boolean => dotted(node) === 'process.env';

const writesToConsole = (node: ts.Node): boolean =>
  ts.isIdentifier(node) && node.text === 'console' && !ts.isPropertyAssignment(node.parent);

const sleeps = (node: ts.Node): boolean =>
  ts.isCallExpression(node) &&
  ((node.expression.getText() === 'setTimeout' &&
    node.arguments.length > 1 &&
    !/^0?$/.test(node.arguments[1]?.getText() ?? '')) ||
    /^(sleep|delay)$/.test(node.expression.getText()));

const leavesTestOut = (node: ts.Node): boolean =>
  (ts.isPropertyAccessExpression(node) &&
    ['only', 'skip', 'todo', 'failing'].includes(node.name.text) &&
    /^(it|test|describe)\b/.test(node.expression.getText())) ||
  (ts.isCallExpression(node) && /^(xit|xtest|xdescribe|fit|fdescribe)$/.test(node.expression.getText()));

const BANNED_WORD = /manager|utils|wallet/i;

const declaresBannedName = (node: ts.Node): boolean => {
  if (!ts.isIdentifier(node) || !BANNED_WORD.test(node.text)) return false;
  const { parent } = node;
  return (
    (ts.isVariableDeclaration(parent) ||
      ts.isFunctionDeclaration(parent) ||
      ts.isClassDeclaration(parent) ||
      ts.isInterfaceDeclaration(parent) ||
      ts.isTypeAliasDeclaration(parent) ||
      ts.isMethodDeclaration(parent) ||
      ts.isPropertySignature(parent) ||
      ts.isParameter(parent)) &&
    parent.name === node
  );
};

/** Files that `entries` reach by relative imports. */
function reachableFrom(entries: readonly string[], files: readonly SourceFile[]): Set<string> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const reached = new Set<string>();
  const queue = [...entries];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    const file = byPath.get(path);
    if (!file || reached.has(path)) continue;
    reached.add(path);
    for (const module of importedModules(file)) {
      if (!module.startsWith('.')) continue;
      const target = resolveImport(path, module);
      queue.push(`${target}.ts`, `${target}/index.ts`);
    }
  }
  return reached;
}

describe('source', () => {
  it('takes randomness as an argument', () => {
    expect(findIn([...source, ...tests], usesMathRandom)).toEqual([]);
  });

  it('reads the time in clock.ts alone', () => {
    expect(findIn(source, (node, file) => file.path !== 'sidecar/src/clock.ts' && readsMachineTime(node))).toEqual([]);
  });

  it('reads the environment in config.ts alone; starting points pass it on', () => {
    const allowed = (path: string): boolean => /^sidecar\/src\/(config|main|cli\/[^/]+)\.ts$/.test(path);
    expect(findIn(source, (node, file) => !allowed(file.path) && readsEnvironment(node))).toEqual([]);
  });

  it('writes nothing to the console', () => {
    expect(findIn([...source, ...tests, ...scripts], writesToConsole)).toEqual([]);
  });

  it('holds no file that no starting point reaches', () => {
    const entries = source.map((file) => file.path).filter((path) => /^sidecar\/src\/(main|cli\/[^/]+)\.ts$/.test(path));
    expect(entries).not.toEqual([]);
    const reached = reachableFrom(entries, source);
    expect(source.map((file) => file.path).filter((path) => !reached.has(path))).toEqual([]);
  });
});

describe('every file', () => {
  const paths = ['sidecar', 'test', 'scripts', 'docs'].flatMap((folder) =>
    filesBelow(folder, '.ts', '.mjs', '.md', '.json', '.html', '.css'),
  );
  const texts = paths.map((path) => ({ path, text: readFileSync(join(projectRoot, path), 'utf8') }));
  const linesWith = (pattern: RegExp, except: readonly string[] = []): string[] =>
    texts.flatMap(({ path, text }) =>
      except.includes(path)
        ? []
        : text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}`] : [])),
    );

  it('is finished: no notes of work left to do', () => {
    expect(linesWith(new RegExp(['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X'].map((word) => `\\b${word}\\b`).join('|')))).toEqual([]);
  });

  it('works in any folder: no absolute path of one machine', () => {
    expect(linesWith(/["'`\s(]\/(home|Users|root|work|tmp|var\/folders)\/\w/)).toEqual([]);
  });

  it('has a name that says what it is', () => {
    expect(paths.filter((path) => BANNED_WORD.test(basename(path)))).toEqual([]);
    expect(findIn([...source, ...tests, ...scripts], declaresBannedName)).toEqual([]);
  });

  it('has a kebab-case name', () => {
    const named = paths.filter((path) => path.endsWith('.ts')).map((path) => basename(path, '.ts').replace(/\.(test|d)$/, ''));
    expect(named.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))).toEqual([]);
  });
});

describe('tests', () => {
  it('all run: none skipped, none singled out', () => {
    expect(findIn(tests, leavesTestOut)).toEqual([]);
  });

  it('wait for what they expect instead of sleeping', () => {
    // These poll for a process outside, which has no clock to move.
    const pollers = ['test/support/mariadb.ts'];
    expect(findIn(tests, (node, file) => !pollers.includes(file.path) && sleeps(node))).toEqual([]);
  });
});

describe('the checks themselves', () => {
  const found = (text: string, matches: (node: ts.Node) => boolean): number =>
    findIn([parseSource('a.ts', text)], matches).length;

  it.each([
    ['Math.random()', usesMathRandom],
    ['Date.now()', readsMachineTime],
    ['new Date()', readsMachineTime],
    ['Date()', readsMachineTime],
    ['process.env.PORT', readsEnvironment],
    ["process.env['PORT']", readsEnvironment],
    ["console.log('x')", writesToConsole],
    ['setTimeout(resolve, 50)', sleeps],
    ['await sleep(5)', sleeps],
    ["it.only('x', () => {})", leavesTestOut],
    ["describe.skip('x', () => {})", leavesTestOut],
    ["it.only.each([1])('x', () => {})", leavesTestOut],
    ["xit('x', () => {})", leavesTestOut],
    ['class ShopManager {}', declaresBannedName],
    ['const walletBalance = 1;', declaresBannedName],
  ])('find %s', (text, matches) => {
    expect(found(text, matches)).toBe(1);
  });

  it.each([
    ['new Date(ms)', readsMachineTime],
    ['Date.parse(text)', readsMachineTime],
    ['setTimeout(resolve, 0)', sleeps],
    ["it('x', () => {})", leavesTestOut],
  ])('let %s pass', (text, matches) => {
    expect(found(text, matches)).toBe(0);
  });

  it('follow imports from the starting points', () => {
    const files = [
      parseSource('s/main.ts', "import './a';"),
      parseSource('s/a.ts', "export * from './b/c';"),
      parseSource('s/b/c.ts', ''),
      parseSource('s/dead.ts', ''),
    ];
    expect([...reachableFrom(['s/main.ts'], files)].sort()).toEqual(['s/a.ts', 's/b/c.ts', 's/main.ts']);
  });
});

describe('package.json', () => {
  const manifest = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
    dependencies: Record<string, string>;
    devDependencies: Record<string, string>;
  };

  it('pins exact versions', () => {
    const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
    );
    expect(loose).toEqual([]);
  });

  it('has the agreed commands, and their files exist', () => {
    expect(Object.keys(manifest.scripts)).toEqual(
      expect.arrayContaining(['demo', 'start', 'dev', 'test', 'lint', 'types', 'bench', 'migrate', 'verify']),
    );
    const files = Object.values(manifest.scripts).flatMap((command) => command.match(/[\w./-]+\.ts\b/g) ?? []);
    expect(files.filter((file) => !existsSync(join(projectRoot, file)))).toEqual([]);
  });

  const packagesOf = (files: readonly SourceFile[]): Set<string> => {
    const modules = files.flatMap(importedModules).filter((module) => !module.startsWith('.') && !module.startsWith('node:'));
    return new Set(
      modules.map((module) =>
        module
          .split('/')
          .slice(0, module.startsWith('@') ? 2 : 1)
          .join('/'),
      ),
    );
  };

  it('names every package the source imports as a runtime dependency', () => {
    expect([...packagesOf(source)].filter((name) => !(name in manifest.dependencies))).toEqual([]);
  });

  it('names no runtime dependency that nothing imports', () => {
    const started = [...source, ...scripts, ...tests.filter((file) => /^test\/(demo|bench)\//.test(file.path))];
    // tsx runs the source; no file imports it.
    const used = packagesOf(started).add('tsx');
    expect(Object.keys(manifest.dependencies).filter((name) => !used.has(name))).toEqual([]);
  });
});
