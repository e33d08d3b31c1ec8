import ts from 'typescript';
import { at, type Finding, isTest, type Source, walk } from './source.ts';

const rule = 'state-comparison';
/** Where a state may be compared with a word: the tables, decisions, permissions and words of a feature. */
const homes = /^src\/features\/[^/]+\/(flow|rules|policy|labels)\.ts$/;

function isComparison(node: ts.Node): node is ts.BinaryExpression {
  if (!ts.isBinaryExpression(node)) return false;
  const { EqualsEqualsEqualsToken, ExclamationEqualsEqualsToken, EqualsEqualsToken, ExclamationEqualsToken } = ts.SyntaxKind;
  return [EqualsEqualsEqualsToken, ExclamationEqualsEqualsToken, EqualsEqualsToken, ExclamationEqualsToken].includes(
    node.operatorToken.kind,
  );
}

/** `x.state`, `state`, `stepState`; not `navigation.state`, which is the browser's. */
function isState(node: ts.Expression): boolean {
  return /(^|\.|[a-z])[sS]tate$/.test(node.getText()) && !/(navigation|navigating|fetcher)\.state$/.test(node.getText());
}

function wordsOf(node: ts.Expression): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  return ts.isArrayLiteralExpression(node) ? node.elements.flatMap((element) => wordsOf(element)) : [];
}

/** The word and the other side of `a === 'word'`, `['word'].includes(a)` and `case 'word'`. */
function asked(node: ts.Node): { words: string[]; of: ts.Expression } | undefined {
  if (isComparison(node)) {
    const [words, of] = wordsOf(node.left).length > 0 ? [wordsOf(node.left), node.right] : [wordsOf(node.right), node.left];
    return { words, of };
  }
  if (ts.isCaseClause(node)) return { words: wordsOf(node.expression), of: node.parent.parent.expression };
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression) || node.expression.name.text !== 'includes')
    return undefined;
  const [of] = node.arguments;
  return of === undefined ? undefined : { words: wordsOf(node.expression.expression), of };
}

/**
 * States of applications and steps are compared with words only where the flow is written down; everybody else asks a
 * named question (`isOpen(state)`) or the policy.
 * @param states the states of the flows
 */
export function stateFindings(source: Source, states: ReadonlySet<string>): Finding[] {
  if (!source.path.startsWith('src/features/') || homes.test(source.path) || isTest(source.path)) return [];
  const found: Finding[] = [];
  walk(source, (node) => {
    const question = asked(node);
    const word = question?.words.find((one) => states.has(one));
    if (question === undefined || word === undefined || !isState(question.of)) return;
    found.push(at(source, node, { rule, text: `state compared with '${word}'; ask a named question of flow.ts, rules.ts or policy.ts` }));
  });
  return found;
}
