import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** One file of the house as the checks see it; `path` is relative to the root, with slashes. */
export type Source = { path: string; text: string; tree: ts.SourceFile };

/** What is wrong, where; `rule` names the check. */
export type Finding = { rule: string; path: string; line: number; text: string };

const rooms = ['src', 'tests', 'scripts', 'bench'];

/** All TypeScript files of the rooms, generated ones left out, in order of paths. */
export function readSources(root: string): Source[] {
  return rooms.flatMap((room) => filesBelow(root, room)).map((path) => sourceOf(path, readFileSync(join(root, path), 'utf8')));
}

/** A file from its text, for checks and their tests. */
export function sourceOf(path: string, text: string): Source {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind) };
}

function filesBelow(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  const entries = readdirSync(join(root, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return filesBelow(root, path);
    return /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.gen.ts') ? [path] : [];
  });
}

/** True for tests and what only tests use. */
export function isTest(path: string): boolean {
  return path.startsWith('tests/') || /\.(test|test-support)\.tsx?$/.test(path);
}

/** Calls `visit` for every node of a file. */
export function walk(source: Source, visit: (node: ts.Node) => void): void {
  const go = (node: ts.Node): void => {
    visit(node);
    ts.forEachChild(node, go);
  };
  go(source.tree);
}

/** A finding at a node. */
export function at(source: Source, node: ts.Node, finding: { rule: string; text: string }): Finding {
  const line = source.tree.getLineAndCharacterOfPosition(node.getStart(source.tree)).line + 1;
  return { ...finding, path: source.path, line };
}
