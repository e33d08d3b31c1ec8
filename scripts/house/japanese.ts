import ts from 'typescript';
import { at, type Finding, isTest, type Source, walk } from './source.ts';

const rule = 'japanese-text';
const japanese = /[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]/;

/** Where users' words live: fields, messages, labels, findings, mails, pages, parts of the screen, descriptions of the API, the terminal, demo data. */
const homes = [
  /^src\/features\/[^/]+\/([a-z-]+-)?(fields|messages|labels|rules|schema|api)\.ts$/,
  /^src\/features\/[^/]+\/(pages|mails|documents)\//,
  /^src\/platform\/[^/]+\/messages\.ts$/,
  /^src\/(kernel|ui)\//,
  /^src\/root\.tsx$/,
  /^src\/platform\/db\/migrate\.ts$/,
  /^src\/main\/(demo|national|cli)\//,
  /^src\/main\/(api|masters|welcome)\.ts$/,
];

/** `textInput('氏名', …)`, `messages.sel('役職')`: the name of a field where the field is made. */
function namesField(node: ts.Node): boolean {
  if (!ts.isCallExpression(node.parent) || node.parent.arguments[0] !== node) return false;
  return /^(messages\.[a-z]+|[a-z]+(Input|Filter))$/i.test(node.parent.expression.getText());
}

/** Text for users stands in the files made for it, so that it can be read, corrected and compared in one place. */
export function japaneseFindings(source: Source): Finding[] {
  if (!source.path.startsWith('src/') || isTest(source.path) || homes.some((home) => home.test(source.path))) return [];
  const found: Finding[] = [];
  walk(source, (node) => {
    if (!ts.isStringLiteralLike(node) && !ts.isJsxText(node) && !ts.isTemplateHead(node) && !ts.isTemplateMiddleOrTemplateTail(node))
      return;
    if (!japanese.test(node.text) || ts.isLiteralTypeNode(node.parent) || namesField(node)) return;
    found.push(
      at(source, node, { rule, text: `Japanese text outside of its files: ${node.text.trim().replace(/\s+/g, ' ').slice(0, 60)}` }),
    );
  });
  return found;
}
