import mammoth from 'mammoth';
import readSheets from 'read-excel-file/node';
import type { RenderAnswer, TextBlock } from './job.ts';
import { limits } from './job.ts';

/** Word and Excel by their words and tables alone; runs in the rendering process only. */

/** A node of the document as mammoth reads it; only what is used here. */
type Node = { type?: unknown; value?: unknown; styleName?: unknown; children?: unknown };

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}

function childrenOf(node: Node): Node[] {
  return Array.isArray(node.children) ? node.children.filter(isNode) : [];
}

/** All words below a node; paragraphs within a cell on lines of their own. */
function textOf(node: Node): string {
  if (node.type === 'text') return typeof node.value === 'string' ? node.value : '';
  if (node.type === 'tab') return '\t';
  if (node.type === 'break') return '\n';
  const parts = childrenOf(node);
  const below = parts.map(textOf);
  return parts.some((part) => part.type === 'paragraph') ? below.filter((text) => text !== '').join('\n') : below.join('');
}

function isHeading(node: Node): boolean {
  return typeof node.styleName === 'string' && /^(heading|title|見出し|表題)/i.test(node.styleName);
}

function blocksOf(node: Node): TextBlock[] {
  if (node.type === 'paragraph') {
    const text = textOf(node).trim();
    return text === '' ? [] : [{ kind: isHeading(node) ? 'heading' : 'paragraph', text }];
  }
  if (node.type === 'table') {
    const rows = childrenOf(node).map((row) => childrenOf(row).slice(0, limits.columns).map(textOf));
    return [{ kind: 'table', title: '', rows: rows.slice(0, limits.rows) }];
  }
  return childrenOf(node).flatMap(blocksOf);
}

function lengthOf(block: TextBlock): number {
  return block.kind === 'table' ? block.rows.flat().reduce((sum, text) => sum + text.length, 0) : block.text.length;
}

/** As many blocks as a page of HTML can carry. */
function bounded(blocks: readonly TextBlock[], cut: boolean): RenderAnswer {
  const kept: TextBlock[] = [];
  let length = 0;
  for (const block of blocks) {
    length += lengthOf(block);
    if (length > limits.characters) return { ok: true, kind: 'text', blocks: kept, cut: true };
    kept.push(block);
  }
  return kept.length === 0 ? { ok: false, reason: 'no text' } : { ok: true, kind: 'text', blocks: kept, cut };
}

/** Paragraphs and tables of a Word document (.docx). */
export async function readWord(bytes: Uint8Array): Promise<RenderAnswer> {
  const found: TextBlock[] = [];
  const transformDocument = (document: unknown) => {
    if (isNode(document)) found.push(...blocksOf(document));
    return { type: 'document', children: [], notes: {}, comments: [] };
  };
  await mammoth.convertToHtml({ buffer: Buffer.from(bytes) }, { transformDocument, externalFileAccess: false });
  return bounded(found, false);
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10).replaceAll('-', '/');
  return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** Sheets of an Excel book (.xlsx), one table each. */
export async function readExcel(bytes: Uint8Array): Promise<RenderAnswer> {
  const sheets = await readSheets(Buffer.from(bytes));
  const blocks = sheets.slice(0, limits.sheets).map(({ sheet, data }): TextBlock => {
    const rows = data.slice(0, limits.rows).map((row) => row.slice(0, limits.columns).map(cellText));
    return { kind: 'table', title: sheet, rows };
  });
  const cut =
    sheets.length > limits.sheets ||
    sheets.some(({ data }) => data.length > limits.rows || data.some((row) => row.length > limits.columns));
  return bounded(blocks, cut);
}
