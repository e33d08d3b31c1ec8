import ts from 'typescript';
import { at, type Finding, isTest, type Source, walk } from './source.ts';

const rule = 'clock';
const calls = ['Date.now', 'Math.random', 'crypto.randomUUID'];

/** Features take time from the context and chance from the kernel: no `new Date()`, no `Math.random()`. */
export function clockFindings(source: Source): Finding[] {
  if (!/^src\/(features|kernel)\//.test(source.path) || isTest(source.path) || source.path === 'src/kernel/id.ts') return [];
  const found: Finding[] = [];
  walk(source, (node) => {
    if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && (node.arguments?.length ?? 0) === 0) {
      found.push(at(source, node, { rule, text: 'new Date() reads the clock; take ctx.now or ctx.today' }));
    }
    if (ts.isCallExpression(node) && calls.includes(node.expression.getText())) {
      found.push(
        at(source, node, { rule, text: `${node.expression.getText()}() reads clock or chance; take it from the context or kernel/id.ts` }),
      );
    }
  });
  return found;
}
