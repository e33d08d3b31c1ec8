import { Form } from 'react-router';
import type { Refusal } from '#kernel/refusal.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import { batchTexts } from '../../batch-messages.ts';
import { masterNames as names } from '../../master-fields.ts';
import type { CheckedBatch, CheckedLine, ShownChange, ShownFault } from '../../queries/master-sheet.ts';

export const bulkPage = '/jma/associations/bulk';

/** 項目: 前 → 後, a line each. */
export function Changes({ changes }: { changes: readonly ShownChange[] }) {
  return (
    <ul>
      {changes.map(({ label, before, after }) => (
        <li key={label}>{`${label}:${before === '' ? '(なし)' : before} → ${after === '' ? '(なし)' : after}`}</li>
      ))}
    </ul>
  );
}

/** 項目: 内容, a line each, of what was not there before. */
export function Contents({ changes }: { changes: readonly ShownChange[] }) {
  return (
    <ul>
      {changes.map(({ label, after }) => (
        <li key={label}>{`${label}:${after === '' ? '－' : after}`}</li>
      ))}
    </ul>
  );
}

const lineColumns: readonly Column<CheckedLine>[] = [
  { key: 'line', head: '行', align: 'right', cell: (row) => String(row.line) },
  { key: 'code', head: 'コード', nowrap: true, cell: (row) => row.code },
  { key: 'name', head: names.name, rowHeader: true, cell: (row) => row.name },
  {
    key: 'changes',
    head: '変更前 → 変更後',
    wide: true,
    cell: (row) => (row.fresh ? <Contents changes={row.changes} /> : <Changes changes={row.changes} />),
  },
  { key: 'fresh', head: '区分', nowrap: true, cell: (row) => (row.fresh ? '新規登録' : '変更') },
  { key: 'startsOn', head: `${names.startsOn}・${names.opensOn}`, nowrap: true, cell: (row) => formatDayPlain(row.startsOn) },
];

const faultColumns: readonly Column<ShownFault & { key: string }>[] = [
  { key: 'line', head: '行', align: 'right', rowHeader: true, cell: (row) => String(row.line) },
  { key: 'item', head: '項目', cell: (row) => (row.item === '' ? '－' : row.item) },
  { key: 'value', head: '値', cell: (row) => (row.value === '' ? '－' : row.value) },
  { key: 'message', head: '内容', wide: true, cell: (row) => row.message },
];

/** A page of thousands of lines helps nobody; the file has them all. */
const mostShown = 300;

function FaultTable({ caption, faults }: { caption: string; faults: readonly ShownFault[] }) {
  const rows = faults.slice(0, mostShown).map((fault, place) => ({ ...fault, key: String(place) }));
  const more = faults.length - rows.length;
  return (
    <>
      <DataTable caption={caption} columns={faultColumns} rows={rows} rowKey={(row) => row.key} />
      {more > 0 ? <p>{`ほか${more}件。すべての内容はCSVで保存できます。`}</p> : null}
    </>
  );
}

function Numbers({ checked }: { checked: CheckedBatch }) {
  const { total, same, opened, lines, faults, warnings } = checked;
  return (
    <DefinitionTable
      items={[
        { label: '行数', value: `${total}件` },
        { label: '更新', value: `${lines.length - opened}件` },
        { label: '新規登録', value: `${opened}件` },
        { label: '変更なし', value: `${same}件` },
        { label: 'エラー', value: `${new Set(faults.map((fault) => fault.line)).size}件` },
        { label: '警告', value: `${warnings.length}件` },
      ]}
    />
  );
}

type Props = { checked: CheckedBatch; text: string; refusal: Refusal | undefined; guardKey: string };

function Faults({ checked, text }: Pick<Props, 'checked' | 'text'>) {
  const lines = new Set(checked.faults.map((fault) => fault.line)).size;
  return (
    <>
      <Notice tone="error" title={`${checked.total}行のうち${lines}行に誤りがあります。1件も変更されていません。`}>
        <p>ファイルを修正して、もう一度検査してください。</p>
      </Notice>
      <Numbers checked={checked} />
      <FaultTable caption="エラー一覧" faults={checked.faults} />
      <Form method="post" action={`${bulkPage}/faults.csv`} reloadDocument>
        <input type="hidden" name="text" value={text} />
        <Actions>
          <Button>エラー一覧をCSVで保存</Button>
          <LinkButton to={bulkPage} variant="primary" reloadDocument>
            修正したファイルを検査する
          </LinkButton>
        </Actions>
      </Form>
    </>
  );
}

function Ready({ checked, text, refusal, guardKey }: Props) {
  const shown = checked.lines.slice(0, mostShown);
  return (
    <>
      <Notice title={`${checked.lines.length}件を入力できます。まだ変更されていません。`} />
      <Numbers checked={checked} />
      {checked.warnings.length === 0 ? null : (
        <Notice tone="warn" title="次の内容をご確認ください。">
          <FaultTable caption="警告" faults={checked.warnings} />
        </Notice>
      )}
      <DataTable caption="変更の内容" columns={lineColumns} rows={shown} rowKey={(row) => row.code} />
      {checked.lines.length > shown.length ? (
        <p>{`ほか${checked.lines.length - shown.length}件。入力の後、すべての行を確認できます。`}</p>
      ) : null}
      <Form method="post" className="mt-6">
        <FormGuard idempotencyKey={guardKey} />
        <input type="hidden" name="text" value={text} />
        <FormState errors={refusal?.fields} values={undefined}>
          <TextField name="reason" label={names.reason} required width="wide" hint="200文字以内" autoComplete="off" />
        </FormState>
        <p>別の担当者が予約すると、適用日に変更され、すべての医師会にお知らせします。</p>
        {checked.opened > 0 ? <p>{batchTexts.openingNote}</p> : null}
        <Actions>
          <Button variant="primary" name="intent" value="enter">
            入力を確定する
          </Button>
          <LinkButton to={bulkPage} reloadDocument>
            ファイルを選び直す
          </LinkButton>
        </Actions>
      </Form>
    </>
  );
}

function Same({ checked }: Pick<Props, 'checked'>) {
  return (
    <>
      <Notice title="このファイルに変更はありません。">
        <p>{`${checked.total}行すべてが、現在の内容と同じです。`}</p>
      </Notice>
      <Actions>
        <LinkButton to={bulkPage} reloadDocument>
          ファイルを選び直す
        </LinkButton>
      </Actions>
    </>
  );
}

/** What the check found: every fault with its place, or what would change. */
export function CheckedFile(props: Props) {
  const { checked, refusal } = props;
  return (
    <>
      <ErrorSummary refusal={refusal} />
      {checked.faults.length > 0 ? <Faults {...props} /> : checked.lines.length > 0 ? <Ready {...props} /> : <Same checked={checked} />}
    </>
  );
}
