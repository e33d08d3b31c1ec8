import type { DoctorsMailing } from '#features/own-list/queries/mailings-of-doctor.ts';
import { ErrorLines } from '#ui/fields/FieldFrame.tsx';
import { textOf, useField } from '#ui/fields/formState.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import { mailingLabels as labels } from '../labels.ts';

type Line = DoctorsMailing & { line: number };

function SendTo({ row }: { row: Line }) {
  const name = `choices.${row.line}.sendTo`;
  const parts = useField({ name });
  return (
    <>
      <input type="hidden" name={`choices.${row.line}.mailingId`} value={row.id} />
      <input type="hidden" name={`choices.${row.line}.seen`} value={row.sendTo} />
      <ErrorLines parts={parts} />
      <select
        className="ui-input ui-input-medium"
        id={parts.id}
        name={name}
        aria-label={`${row.associationName} ${row.name}の送付先`}
        aria-invalid={parts.invalid}
        aria-describedby={parts.describedBy}
        defaultValue={textOf(parts.value) ?? row.sendTo}
      >
        {row.offered.map((one) => (
          <option key={one} value={one}>
            {labels.sendTo[one]}
          </option>
        ))}
      </select>
    </>
  );
}

const columns: readonly Column<Line>[] = [
  { key: 'association', head: '送付元医師会', cell: (row) => row.associationName },
  { key: 'name', head: '送付物', rowHeader: true, cell: (row) => `${row.name}(${row.kind})` },
  { key: 'sendTo', head: '送付先', cell: (row) => <SendTo row={row} /> },
];

/** 送付物ごとの送付先 (`screens.md D-04`): one line for each thing that an association of the doctor sends. */
export function MailingChoices({ mailings }: { mailings: readonly DoctorsMailing[] }) {
  if (mailings.length === 0) return null;
  return (
    <fieldset className="ui-field">
      <legend className="ui-label">{labels.single}</legend>
      <DataTable
        caption={labels.single}
        columns={columns}
        rows={mailings.map((mailing, line) => ({ ...mailing, line }))}
        rowKey={(row) => String(row.id)}
      />
    </fieldset>
  );
}
