/**
 * 本文 of a notice (`screens.md O-16`): headings, lists and links by marks at the beginning of a line, no HTML. Pure: the page
 * makes React elements of what this returns, so that nothing in the text can become markup.
 */

export type Inline = { kind: 'text'; text: string } | { kind: 'link'; text: string; to: string };
export type Block =
  | { kind: 'heading'; level: 2 | 3; text: Inline[] }
  | { kind: 'list'; ordered: boolean; items: Inline[][] }
  | { kind: 'paragraph'; lines: Inline[][] };

const headingLine = /^(#{1,2})[ \u3000]+(.+)$/;
const bulletLine = /^(?:[-*][ \u3000]+|・[ \u3000]*)(.+)$/;
const numberLine = /^[0-9０-９]{1,3}[.)．)][ \u3000]+(.+)$/;
/** [words](address), or an address by itself; addresses end where a space, a Japanese letter or a closing bracket begins. */
const link = /\[([^[\]\n]{1,200})\]\((https?:\/\/[^\s()<>"'\u3000]{1,1000})\)|(https?:\/\/[\w\-.~:/?#@!$&*+,;=%]{1,1000})/g;

/** Of a host and perhaps a port: who puts a name or a password before the host hides where he leads. */
const address = /^https?:\/\/[^\s/?#@:\\]+(?::\d{1,5})?(?:[/?#][^\s\\]*)?$/;

/** One line with its links. */
export function inlineOf(line: string): Inline[] {
  const found: Inline[] = [];
  let from = 0;
  for (const match of line.matchAll(link)) {
    const [whole, words, named, bare] = match;
    const raw = named ?? bare ?? '';
    // A full stop after an address belongs to the sentence.
    const to = named === undefined ? raw.replace(/[.,;:!?]+$/, '') : raw;
    if (!address.test(to)) continue;
    if (match.index > from) found.push({ kind: 'text', text: line.slice(from, match.index) });
    found.push({ kind: 'link', text: words ?? to, to });
    from = match.index + (named === undefined ? to.length : whole.length);
  }
  if (from < line.length) found.push({ kind: 'text', text: line.slice(from) });
  return found;
}

type Line =
  | { kind: 'heading'; level: 2 | 3; text: string }
  | { kind: 'item'; ordered: boolean; text: string }
  | { kind: 'line'; text: string };

function lineOf(text: string): Line | undefined {
  const trimmed = text.trimEnd();
  if (trimmed.trim() === '') return undefined;
  const heading = headingLine.exec(trimmed);
  if (heading !== null) return { kind: 'heading', level: heading[1] === '#' ? 2 : 3, text: heading[2] ?? '' };
  const bullet = bulletLine.exec(trimmed);
  if (bullet !== null) return { kind: 'item', ordered: false, text: bullet[1] ?? '' };
  const numbered = numberLine.exec(trimmed);
  return numbered === null ? { kind: 'line', text: trimmed } : { kind: 'item', ordered: true, text: numbered[1] ?? '' };
}

function append(blocks: Block[], line: Line): void {
  const last = blocks.at(-1);
  const inline = inlineOf(line.text);
  if (line.kind === 'heading') blocks.push({ kind: 'heading', level: line.level, text: inline });
  else if (line.kind === 'item') {
    if (last?.kind === 'list' && last.ordered === line.ordered) last.items.push(inline);
    else blocks.push({ kind: 'list', ordered: line.ordered, items: [inline] });
  } else if (last?.kind === 'paragraph') last.lines.push(inline);
  else blocks.push({ kind: 'paragraph', lines: [inline] });
}

/** The blocks of a text; an empty line ends paragraph and list. */
export function blocksOf(body: string): Block[] {
  const groups: Block[][] = [[]];
  for (const text of body.split(/\r\n|\r|\n/)) {
    const line = lineOf(text);
    if (line === undefined) groups.push([]);
    else append(groups.at(-1) ?? [], line);
  }
  return groups.flat();
}
