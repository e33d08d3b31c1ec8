import { Form, Link } from 'react-router';
import type { Refusal } from '#kernel/refusal.ts';
import { Checkbox } from '#ui/fields/Choices.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import { sheetTexts } from '../messages.ts';
import type { CheckedLine, CheckedSheet, FaultLine } from '../queries/check-sheet.ts';

const lineColumns: readonly Column<CheckedLine>[] = [
  { key: 'line', head: '行', align: 'right', cell: (row) => String(row.line) },
  { key: 'name', head: '氏名', rowHeader: true, cell: (row) => row.name },
  { key: 'licence', head: '医籍登録番号', nowrap: true, cell: (row) => row.licence },
  { key: 'paper', head: '届', nowrap: true, cell: (row) => row.paper },
  { key: 'wishedOn', head: '希望年月日', nowrap: true, cell: (row) => row.wishedOn },
  { key: 'association', head: '医師会コード', nowrap: true, cell: (row) => row.association },
  { key: 'papers', head: '必要な書類', cell: (row) => (row.papers === '' ? '－' : row.papers) },
];

const faultColumns: readonly Column<FaultLine & { key: string }>[] = [
  { key: 'line', head: '行', align: 'right', cell: (row) => String(row.line) },
  { key: 'name', head: '氏名', rowHeader: true, cell: (row) => (row.name === '' ? '－' : row.name) },
  { key: 'licence', head: '医籍登録番号', nowrap: true, cell: (row) => (row.licence === '' ? '－' : row.licence) },
  { key: 'item', head: '項目', cell: (row) => (row.item === '' ? '－' : row.item) },
  { key: 'value', head: '値', cell: (row) => (row.value === '' ? '－' : row.value) },
  { key: 'message', head: '内容', cell: (row) => row.message },
];

type Props = { checked: CheckedSheet; text: string; refusal: Refusal | undefined; guardKey: string };

function Faults({ checked, text }: Pick<Props, 'checked' | 'text'>) {
  const rows = checked.faults.map((fault, place) => ({ ...fault, key: String(place) }));
  const lines = new Set(checked.faults.map((fault) => fault.line)).size;
  return (
    <>
      <Notice tone="error" title={`${checked.total}行のうち${lines}行に誤りがあります。1件も申請されていません。`}>
        <p>ファイルを修正して、もう一度検査してください。</p>
      </Notice>
      <DataTable caption="エラー一覧" columns={faultColumns} rows={rows} rowKey={(row) => row.key} />
      <Form method="post" action="/office/applications/proxy-sheet/faults.csv" reloadDocument data-unsaved="off">
        <input type="hidden" name="text" value={text} />
        <Actions>
          <Button>エラー一覧をCSVで保存</Button>
          <LinkButton to="/office/applications/proxy-sheet" variant="primary" reloadDocument>
            修正したファイルを検査する
          </LinkButton>
        </Actions>
      </Form>
    </>
  );
}

function Ready({ checked, text, refusal, guardKey }: Props) {
  return (
    <>
      <ErrorSummary refusal={refusal} />
      <Notice title={`${checked.total}行すべてを申請できます。まだ申請されていません。`} />
      <DataTable caption="申請する届" columns={lineColumns} rows={checked.lines} rowKey={(row) => String(row.line)} />
      <Form method="post">
        <FormGuard idempotencyKey={guardKey} />
        <input type="hidden" name="text" value={text} />
        <Section title="申請の確認">
          <FormState errors={refusal?.fields} values={undefined}>
            <Checkbox name="agreed" label="すべての方について、本人が個人情報の取扱いに同意しています" required />
            <Checkbox name="originals" label="必要な書類の原本を事務局で確認しました" required />
          </FormState>
        </Section>
        <p>本人に、代理で申請したことをメールでお知らせします。</p>
        <Actions>
          <Button variant="primary" name="intent" value="enter">
            {`${checked.total}件を申請する`}
          </Button>
          <LinkButton to="/office/applications/proxy-sheet" reloadDocument>
            ファイルを選び直す
          </LinkButton>
        </Actions>
      </Form>
    </>
  );
}

/** What the check found: every fault with its reason, or what would be sent off. */
export function CheckedFile(props: Props) {
  const { checked, refusal } = props;
  if (checked.faults.length === 0) return <Ready {...props} />;
  return (
    <>
      <ErrorSummary refusal={refusal} />
      <Faults {...props} />
    </>
  );
}

type EnteredRow = { line: number; id: string; number: string; name: string };

const enteredColumns: readonly Column<EnteredRow>[] = [
  { key: 'line', head: '行', align: 'right', cell: (row) => String(row.line) },
  {
    key: 'number',
    head: '受付番号',
    rowHeader: true,
    nowrap: true,
    cell: (row) => <Link to={`/office/applications/${row.id}`}>{row.number}</Link>,
  },
  { key: 'name', head: '氏名', cell: (row) => (row.name === '' ? '－' : row.name) },
];

/** Each line with its 受付番号. */
export function EnteredFile({ rows }: { rows: readonly EnteredRow[] }) {
  return (
    <>
      <Notice tone="success" title={sheetTexts.done(rows.length)} />
      <DataTable caption="申請した届" columns={enteredColumns} rows={rows} rowKey={(row) => row.id} />
      <Actions>
        <LinkButton to="/office/applications">申請一覧へ</LinkButton>
      </Actions>
    </>
  );
}
