/** Lists as CSV (`rules.md 8.2`, `screens.md §9`): true glyphs, no cell that a spreadsheet would run as a formula. */

/** What begins a formula in some spreadsheet, also in full width and behind blanks or control characters. */
const live = /^[\s\p{Cc}\p{Cf}\u3000']*[=+\-@＝＋－＠﹢﹣]/u;

/**
 * A cell that stays text: what could begin a formula gets an apostrophe in front, which spreadsheets take as the mark of
 * a text. Nothing else is changed.
 */
export function safeCell(text: string): string {
  return live.test(text) || /^[\t\r\n]/.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /["\r\n,']|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line with CRLF. A surrogate without its half, which no encoding can carry, becomes U+FFFD. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => quoted(safeCell(cell.toWellFormed()))).join(',')}\r\n`;
}
