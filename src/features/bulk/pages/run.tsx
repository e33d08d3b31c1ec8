import { useEffect } from 'react';
import { Link, useRevalidator } from 'react-router';
import { formatInstant } from '#kernel/wareki.ts';
import { kindLabel } from '#features/application/labels.ts';
import { ask } from '#platform/command/query.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import { PersonName } from '#ui/parts/PersonName.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import type { Route } from './+types/run.ts';
import { bulkWord, resultLabel } from '../labels.ts';
import type { BulkProgress, BulkResult } from '../queries/run.ts';
import { bulkRun } from '../queries/run.ts';

export const handle = definePage({ id: 'O-04', title: '一括操作の結果', crumb: '一括操作', who: ['office'], audit: 'application.listed' });

export const meta = () => [{ title: '一括操作の結果 | MAMIS' }];

export async function loader({ context, params }: Route.LoaderArgs) {
  return { run: orThrow(await ask(bulkRun, contextOf(context), { id: params.id })) };
}

const lookAgainMs = 2_000;

/** Looks again while the jobs work; without script the page does so by itself. */
function useProgress(finished: boolean): void {
  const { revalidate, state } = useRevalidator();
  useEffect(() => {
    if (finished || state !== 'idle') return undefined;
    const timer = setTimeout(() => void revalidate(), lookAgainMs);
    return () => clearTimeout(timer);
  }, [finished, revalidate, state]);
}

const columns: readonly Column<BulkResult>[] = [
  {
    key: 'result',
    head: '結果',
    nowrap: true,
    cell: (row) => <StateLabel tone={row.done ? 'success' : 'warn'}>{resultLabel(row.done)}</StateLabel>,
  },
  { key: 'name', head: '氏名', rowHeader: true, cell: (row) => <PersonName name={row.name} kana={row.kana} /> },
  { key: 'number', head: '受付番号', nowrap: true, cell: (row) => row.number },
  { key: 'kind', head: '種別', nowrap: true, cell: (row) => kindLabel(row.kind, row.state) },
  { key: 'reason', head: '理由', cell: (row) => (row.reason === '' ? '－' : row.reason) },
  { key: 'at', head: '処理日時', nowrap: true, cell: (row) => formatInstant(row.at) },
];

function Working({ run }: { run: BulkProgress }) {
  const worked = run.done + run.refused;
  return (
    <>
      <noscript>
        <meta httpEquiv="refresh" content="3" />
      </noscript>
      <Notice tone="info" title={`処理しています(${worked}件/${run.total}件)`}>
        <p>
          <progress className="w-full max-w-xl" max={run.total} value={worked} aria-label="一括操作の進み具合" />
        </p>
        <p>このページを離れても処理は続きます。結果はTOPの「一括操作」からご確認いただけます。</p>
        <p>
          <Link className="inline-flex min-h-11 items-center" to="." reloadDocument>
            最新の状態を表示する
          </Link>
        </p>
      </Notice>
    </>
  );
}

function Finished({ run }: { run: BulkProgress }) {
  const tone = run.refused === 0 ? 'success' : 'warn';
  return (
    <>
      <Notice tone={tone} title={`処理が終わりました。完了 ${run.done}件、未実行 ${run.refused}件`} />
      <DataTable
        caption="一括操作の結果"
        columns={columns}
        rows={run.results}
        rowKey={(row) => row.applicationId}
        rowTo={(row) => `/office/applications/${row.applicationId}`}
      />
      <Actions>
        {run.refused === 0 ? null : <LinkButton to={`/office/applications/bulk?run=${run.id}`}>未実行の申請を再実行</LinkButton>}
        <LinkButton to={`/office/exports/new?list=bulkResults&conditions=${encodeURIComponent(`?run=${run.id}`)}`}>
          結果をCSVで保存
        </LinkButton>
        <LinkButton to="/office/applications">申請一覧へ</LinkButton>
      </Actions>
    </>
  );
}

export default function BulkRunPage({ loaderData }: Route.ComponentProps) {
  const { run } = loaderData;
  useProgress(run.finished);
  return (
    <>
      <h1>{`一括操作:${bulkWord(run.action)}`}</h1>
      <DefinitionTable
        items={[
          { label: '依頼者', value: run.actorName },
          { label: '依頼日時', value: formatInstant(run.createdAt) },
          { label: '対象', value: `${run.total}件` },
        ]}
      />
      <div className="mt-6" aria-live="polite">
        {run.finished ? <Finished run={run} /> : <Working run={run} />}
      </div>
    </>
  );
}
