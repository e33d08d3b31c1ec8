import ts from 'typescript';
import { at, type Finding, isTest, type Source } from './source.ts';

const rule = 'docstring';
/** What React Router calls by name; its meaning is the framework's. */
const framework = [
  'loader',
  'action',
  'clientLoader',
  'clientAction',
  'meta',
  'headers',
  'links',
  'handle',
  'shouldRevalidate',
  'middleware',
  'ErrorBoundary',
  'Layout',
];

function isFunction(node: ts.Expression | undefined): boolean {
  return node !== undefined && (ts.isArrowFunction(node) || ts.isFunctionExpression(node));
}

function isExported(statement: ts.FunctionDeclaration | ts.VariableStatement): boolean {
  const modifiers = statement.modifiers ?? [];
  return (
    modifiers.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword) &&
    !modifiers.some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword)
  );
}

function nameOf(statement: ts.Statement): string | undefined {
  if (ts.isFunctionDeclaration(statement) && isExported(statement)) return statement.name?.text ?? 'default';
  if (!ts.isVariableStatement(statement) || !isExported(statement)) return undefined;
  return statement.declarationList.declarations.find((declaration) => isFunction(declaration.initializer))?.name.getText();
}

/** Every exported function says what it does; in a folder of pages, parts are named by what they show. */
export function docstringFindings(source: Source): Finding[] {
  if (!source.path.startsWith('src/') || /\/pages\//.test(source.path) || isTest(source.path)) return [];
  return source.tree.statements.flatMap((statement, place) => {
    const name = nameOf(statement);
    if (name === undefined || framework.includes(name)) return [];
    const earlier = source.tree.statements[place - 1];
    const overloaded =
      earlier !== undefined && ts.isFunctionDeclaration(earlier) && earlier.body === undefined && earlier.name?.text === name;
    const spoken = ts.getJSDocCommentsAndTags(statement).length > 0;
    return spoken || overloaded ? [] : [at(source, statement, { rule, text: `exported function ${name} has no docstring` })];
  });
}
