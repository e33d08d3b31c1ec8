/** The small part of Markdown that the manual uses, as data: what the page draws, what the search reads. */

export type Inline =
  | { kind: 'text' | 'strong' | 'code'; text: string }
  | { kind: 'link'; text: string; to: string }
  | { kind: 'picture'; text: string; source: string };

export type Block =
  | { kind: 'heading'; level: number; text: string; id: string }
  | { kind: 'paragraph' | 'quote'; parts: Inline[] }
  /** `start`: the number of its first item, which goes on after a picture or a table. */
  | { kind: 'list'; ordered: boolean; start: number; items: Inline[][] }
  | { kind: 'table'; head: Inline[][]; rows: Inline[][][] };

const inlinePattern = /!\[([^\]]*)\]\(([^)]+)\)|\[([^\]]+)\]\(([^)]+)\)|\*\*([^*]+)\*\*|`([^`]+)`/g;

function marked(found: RegExpMatchArray): Inline {
  const [, alt, source, linked, to, strong, code] = found;
  if (source !== undefined) return { kind: 'picture', text: alt ?? '', source };
  if (to !== undefined) return { kind: 'link', text: linked ?? '', to };
  return strong === undefined ? { kind: 'code', text: code ?? '' } : { kind: 'strong', text: strong };
}

/** Words with their marks, in order. */
export function parseInline(line: string): Inline[] {
  const parts: Inline[] = [];
  let from = 0;
  for (const found of line.matchAll(inlinePattern)) {
    if (found.index > from) parts.push({ kind: 'text', text: line.slice(from, found.index) });
    parts.push(marked(found));
    from = found.index + found[0].length;
  }
  if (from < line.length) parts.push({ kind: 'text', text: line.slice(from) });
  return parts;
}

/** The words alone. */
export function plainText(parts: readonly Inline[]): string {
  return parts.map((part) => part.text).join('');
}

function cellsOf(line: string): Inline[][] {
  return line
    .trim()
    .replace(/^\|/, '')
    .replace(/\|$/, '')
    .split('|')
    .map((cell) => parseInline(cell.trim()));
}

function tableOf(lines: readonly string[]): Block {
  const [head = '', , ...rows] = lines;
  return { kind: 'table', head: cellsOf(head), rows: rows.map(cellsOf) };
}

const item = /^(?:-|(\d+)\.)\s+(.*)$/;

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** A point within an item is a line of it: as an item of its own it would take a number. */
function listOf(lines: readonly string[]): Block {
  const items: string[] = [];
  const outer = indentOf(lines[0] ?? '');
  for (const line of lines) {
    const found = item.exec(line.trim());
    if (found === null) items.push(`${items.pop() ?? ''}${line.trim()}`);
    else if (indentOf(line) > outer) items.push(`${items.pop() ?? ''}\n• ${found[2] ?? ''}`);
    else items.push(found[2] ?? '');
  }
  const first = /^\d+/.exec(lines[0]?.trim() ?? '')?.[0];
  return { kind: 'list', ordered: first !== undefined, start: Number(first ?? 1), items: items.map(parseInline) };
}

function blockOf(lines: readonly string[], number: number): Block[] {
  const [first = ''] = lines;
  const heading = /^(#{1,4})\s+(.*)$/.exec(first);
  if (heading !== null) {
    const rest = lines.slice(1);
    const [, marks = '', text = ''] = heading;
    return [{ kind: 'heading', level: marks.length, text, id: `s${number}` }, ...(rest.length === 0 ? [] : blockOf(rest, number))];
  }
  if (first.startsWith('|')) return [tableOf(lines)];
  if (first.startsWith('>')) return [{ kind: 'quote', parts: parseInline(lines.map((line) => line.replace(/^>\s?/, '')).join('')) }];
  const start = lines.findIndex((line) => item.test(line.trim()));
  if (start === 0) return [listOf(lines)];
  const words = start < 0 ? lines : lines.slice(0, start);
  const block: Block = { kind: 'paragraph', parts: parseInline(words.join('')) };
  return start < 0 ? [block] : [block, listOf(lines.slice(start))];
}

/** A page of the manual as blocks; blocks are parted by empty lines, as everywhere in it. */
export function parseMarkdown(source: string): Block[] {
  const groups = source
    .replaceAll('\r\n', '\n')
    .split(/\n\s*\n/)
    .map((group) => group.split('\n').filter((line) => line.trim() !== ''))
    .filter((group) => group.length > 0);
  return groups.flatMap((group, number) => blockOf(group, number));
}
