/** Reads the project's own source as syntax trees, for the architecture tests. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import ts from 'typescript';

export const projectRoot = join(__dirname, '..', '..');

export interface SourceFile {
  /** From the project's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
}

export function parseSource(path: string, text: string): SourceFile {
  return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) };
}

/** Every file below a folder whose name ends so, as project paths. */
export function filesBelow(folder: string, ...endings: readonly string[]): string[] {
  return readdirSync(join(projectRoot, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => relative(projectRoot, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !path.includes('node_modules/'))
    .sort();
}

export function readSources(folder: string): SourceFile[] {
  return filesBelow(folder, '.ts').map((path) => parseSource(path, readFileSync(join(projectRoot, path), 'utf8')));
}

/** Calls `visit` for each node of the tree, parents first. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** What a file imports, by whatever syntax: the text between the quotes, in order. */
export function importedModules(file: SourceFile): string[] {
  const modules: string[] = [];
  const add = (node: ts.Node | undefined): void => {
    if (node && ts.isStringLiteralLike(node)) modules.push(node.text);
  };
  walk(file.tree, (node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) add(node.moduleSpecifier);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal);
    else if (ts.isExternalModuleReference(node)) add(node.expression);
    else if (ts.isCallExpression(node) && isModuleLoad(node.expression)) add(node.arguments[0]);
  });
  return modules;
}

function isModuleLoad(callee: ts.Expression): boolean {
  return callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require');
}

/** Project path, without ending, that a relative import points to. */
export function resolveImport(fromPath: string, module: string): string {
  return posix.join(posix.dirname(fromPath), module).replace(/\.(ts|js)$/, '');
}

/** `file:line` of a node, for messages. */
export function placeOf(file: SourceFile, node: ts.Node): string {
  return `${file.path}:${file.tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}
