import { Form } from 'react-router';
import { newId } from '#kernel/id.ts';
import { formatDayPlain, formatInstant } from '#kernel/wareki.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import type { Route } from './+types/batch.ts';
import { batchTexts } from '../../batch-messages.ts';
import { reserveBatch, withdrawBatch } from '../../commands/keep-batch.ts';
import { changeFlow, mayWithdraw } from '../../flow.ts';
import { changeStateLabels, masterNames as names, openingStateLabels } from '../../master-fields.ts';
import type { BatchDetail, BatchLine } from '../../queries/master-sheet.ts';
import { batchDetail } from '../../queries/master-sheet.ts';
import { bulkPage, Changes, Contents } from './bulk-parts.tsx';

export const handle = definePage({
  id: 'J-02',
  title: batchTexts.detailTitle,
  crumb: batchTexts.detailTitle,
  who: ['office'],
  layers: [1],
  audit: 'association.reserveBatch',
});

export const meta = () => [{ title: `${batchTexts.detailTitle} | MAMIS` }];

export async function loader({ context, params }: Route.LoaderArgs) {
  return { detail: orThrow(await ask(batchDetail, contextOf(context), { id: params.id })), key: newId() };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  orThrow(await ask(batchDetail, ctx, { id: params.id }));
  const form = await parseForm(request);
  const reserve = form.intent === 'reserve';
  const outcome = await run(reserve ? reserveBatch : withdrawBatch, ctx, { id: params.id }, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirectWithFlash(context, `${bulkPage}/${params.id}`, reserve ? batchTexts.reserved : batchTexts.withdrawn);
}

const beginning: readonly Column<BatchLine>[] = [
  { key: 'code', head: 'コード', nowrap: true, cell: (row) => row.code },
  { key: 'name', head: names.name, rowHeader: true, cell: (row) => row.name },
];

const columns: readonly Column<BatchLine>[] = [
  ...beginning,
  { key: 'changes', head: '変更前 → 変更後', wide: true, cell: (row) => <Changes changes={row.changes} /> },
  { key: 'startsOn', head: names.startsOn, nowrap: true, cell: (row) => formatDayPlain(row.startsOn) },
  { key: 'state', head: names.state, nowrap: true, cell: (row) => changeStateLabels[row.state] },
];

const openingColumns: readonly Column<BatchLine>[] = [
  ...beginning,
  { key: 'changes', head: '内容', wide: true, cell: (row) => <Contents changes={row.changes} /> },
  { key: 'startsOn', head: names.opensOn, nowrap: true, cell: (row) => formatDayPlain(row.startsOn) },
  { key: 'state', head: names.state, nowrap: true, cell: (row) => openingStateLabels[row.state] ?? '' },
];

function Buttons({ detail, idempotencyKey }: { detail: BatchDetail; idempotencyKey: string }) {
  const all = [...detail.openings, ...detail.lines];
  const waiting = all.some((line) => changeFlow.next(line.state, 'reserve') !== undefined);
  const open = all.some((line) => mayWithdraw(line.state));
  if (!detail.mayKeep || !open) return null;
  return (
    <Form method="post">
      <FormGuard idempotencyKey={idempotencyKey} />
      {waiting && detail.openings.length > 0 ? <p>{batchTexts.openingNote}</p> : null}
      {waiting ? <p>{detail.own ? '別の担当者の確認を待っています。' : '内容を確認して予約してください。'}</p> : null}
      <Actions>
        {waiting && !detail.own ? (
          <Button variant="primary" name="intent" value="reserve">
            {`${all.length}件を予約する`}
          </Button>
        ) : null}
        <Button variant="danger" name="intent" value="withdraw">
          取り消す
        </Button>
      </Actions>
    </Form>
  );
}

/** One 一括更新: every line for the eyes of the second person. */
export default function BatchPage({ loaderData, actionData }: Route.ComponentProps) {
  const { detail, key } = loaderData;
  const { batch } = detail;
  return (
    <>
      <h1>{batchTexts.detailTitle}</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      <DefinitionTable
        items={[
          { label: '変更する医師会', value: `${batch.rows - detail.openings.length}件` },
          { label: '新しい医師会', value: `${detail.openings.length}件` },
          { label: names.reason, value: batch.reason },
          { label: '入力した人', value: `${batch.proposedName} ${formatInstant(batch.proposedAt)}` },
        ]}
      />
      <Buttons detail={detail} idempotencyKey={key} />
      {detail.openings.length === 0 ? null : (
        <Section title="新しい医師会">
          <DataTable caption="新しい医師会" columns={openingColumns} rows={detail.openings} rowKey={(row) => row.id} />
        </Section>
      )}
      {detail.lines.length === 0 ? null : (
        <Section title="変更の内容">
          <DataTable
            caption="変更の内容"
            columns={columns}
            rows={detail.lines}
            rowKey={(row) => row.id}
            rowTo={(row) => `/jma/associations/${row.code}`}
          />
        </Section>
      )}
      <Actions>
        <LinkButton variant="text" to="/jma/associations">
          医師会マスタに戻る
        </LinkButton>
      </Actions>
    </>
  );
}
