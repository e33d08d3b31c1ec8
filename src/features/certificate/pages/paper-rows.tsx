import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import type { PaperRow } from '../labels.ts';
import type { Sheet } from '../queries/sheet.ts';

/** The facts of a paper as a table. */
export function PaperRows({ rows }: { rows: readonly PaperRow[] }) {
  return (
    <DefinitionTable
      items={rows.map((row) => ({
        label: row.label,
        value: row.lines.map((line) => (
          <span className="block" key={line}>
            {line}
          </span>
        )),
      }))}
    />
  );
}

/** The paper as it will print, in words (`screens.md D-13`). */
export function PaperSheet({ sheet }: { sheet: Sheet }) {
  return (
    <>
      <PaperRows rows={sheet.rows} />
      <p className="my-4">{sheet.statement}</p>
      <p>{sheet.issuedOn}</p>
      <p className="font-bold">{[sheet.association, sheet.president].filter((part) => part !== '').join(' ')}</p>
    </>
  );
}
