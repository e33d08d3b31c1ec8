import ts from 'typescript';
import { at, type Finding, isTest, type Source, walk } from './source.ts';

const rule = 'japanese-text';
const japanese = /[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]/;

/** Where users' words live: fields, messages, labels, rules' findings, mails, pages, parts of the screen, demo data. */
const homes = [
  /^src\/features\/[^/]+\/([a-z-]+-)?(fields|messages|labels|rules|schema)\.ts$/,
  /^src\/features\/[^/]+\/(pages|mails|documents)\//,
  /^src\/(kernel|ui)\//,
  /^src\/root\.tsx$/,
  /^src\/main\/demo\//,
];

/** Text for users stands in the files made for it, so that it can be read, corrected and compared in one place. */
export function japaneseFindings(source: Source): Finding[] {
  if (!source.path.startsWith('src/') || isTest(source.path) || homes.some((home) => home.test(source.path))) return [];
  const found: Finding[] = [];
  walk(source, (node) => {
    if (!ts.isStringLiteralLike(node) && !ts.isJsxText(node) && !ts.isTemplateHead(node) && !ts.isTemplateMiddleOrTemplateTail(node)) return;
    if (japanese.test(node.text)) found.push(at(source, node, { rule, text: `Japanese text outside of its files: ${node.text.trim().slice(0, 30)}` }));
  });
  return found;
}
