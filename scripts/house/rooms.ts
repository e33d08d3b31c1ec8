import ts from 'typescript';
import { at, type Finding, type Source } from './source.ts';

const nameless = ['utils', 'util', 'helpers', 'helper', 'common', 'lib', 'misc', 'shared'];

/** A folder is named after what lives in it. */
export function folderFindings(source: Source): Finding[] {
  const bad = source.path
    .split('/')
    .slice(0, -1)
    .find((folder) => nameless.includes(folder.toLowerCase()));
  return bad === undefined
    ? []
    : [{ rule: 'folder-name', path: source.path, line: 1, text: `a folder called ${bad} says nothing about what lives in it` }];
}

/** No file that only passes on other files, no `export *`: an import names the file where a thing is. */
export function barrelFindings(source: Source): Finding[] {
  const rule = 'barrel';
  const statements = source.tree.statements;
  const passed = statements.filter((statement) => ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined);
  const star = passed.find(
    (statement) =>
      ts.isExportDeclaration(statement) && (statement.exportClause === undefined || ts.isNamespaceExport(statement.exportClause)),
  );
  if (star !== undefined) return [at(source, star, { rule, text: 'export * hides where a thing is' })];
  const first = passed[0];
  const rest = statements.filter((statement) => !ts.isImportDeclaration(statement));
  if (first === undefined || (passed.length < rest.length && !/\/index\.tsx?$/.test(source.path))) return [];
  return [at(source, first, { rule, text: 'a file that only passes on other files; import from where the thing is' })];
}
