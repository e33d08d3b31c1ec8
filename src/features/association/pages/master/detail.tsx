import { Form, Link } from 'react-router';
import { newId } from '#kernel/id.ts';
import { formatDayPlain, formatInstant } from '#kernel/wareki.ts';
import { formatStart } from '#kernel/since-ever.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Card, Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import type { Route } from './+types/detail.ts';
import { reserveChange, withdrawChange } from '../../commands/keep-master.ts';
import { nameFirstAdmin } from '../../commands/open-association.ts';
import { withdrawOpening } from '../../commands/withdraw-opening.ts';
import { awaitsDay, isMoving, isUnsettled } from '../../flow.ts';
import {
  associationStateLabels,
  changeLabels,
  changeStateLabels,
  isAssociationKind,
  kindLabels,
  masterNames as names,
  movesMembers,
} from '../../master-fields.ts';
import type { MasterDetail } from '../../queries/master.ts';
import { masterDetail } from '../../queries/master.ts';
import { FirstAdmins } from './first-admins.tsx';
import { MoveState } from './move-state.tsx';
import { Opening } from './opening.tsx';

export const handle = definePage({
  id: 'J-02',
  title: '医師会',
  crumb: '医師会',
  who: ['office'],
  layers: [1],
  audit: 'association.reserveChange',
});

export const meta = () => [{ title: '医師会マスタ | MAMIS' }];

/** After a conflict the page shows the present state. */
export const shouldRevalidate = ({ actionStatus, defaultShouldRevalidate }: { actionStatus?: number; defaultShouldRevalidate: boolean }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export async function loader({ context, params }: Route.LoaderArgs) {
  return { detail: orThrow(await ask(masterDetail, contextOf(context), { code: params.code })), key: newId() };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  orThrow(await ask(masterDetail, ctx, { code: params.code }));
  const form = await parseForm(request);
  if (form.intent === 'invite') {
    const invited = await run(nameFirstAdmin, ctx, { ...form.input, code: params.code }, form.key);
    if (!invited.ok) return refusalData(invited, form.values);
    return redirectWithFlash(context, `/jma/associations/${params.code}`, '招待メールを送信しました。');
  }
  if (form.intent === 'withdrawOpening') {
    const taken = await run(withdrawOpening, ctx, { ...form.input, code: params.code }, form.key);
    if (!taken.ok) return refusalData(taken, form.values);
    return redirectWithFlash(context, `/jma/associations/${params.code}`, '設立の予約を取り消しました。');
  }
  const reserve = form.intent === 'reserve';
  const outcome = reserve ? await run(reserveChange, ctx, form.input, form.key) : await run(withdrawChange, ctx, form.input, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirectWithFlash(context, `/jma/associations/${params.code}`, reserve ? '予約しました。' : '取り消しました。');
}

type Version = MasterDetail['versions'][number];
type Change = MasterDetail['changes'][number];

const versionColumns: readonly Column<Version>[] = [
  {
    key: 'from',
    head: '期間',
    nowrap: true,
    cell: (row) => `${formatStart(row.startsOn)} – ${row.endsOn === null ? '' : formatDayPlain(row.endsOn)}`,
  },
  { key: 'name', head: names.name, rowHeader: true, cell: (row) => row.name },
  { key: 'kana', head: names.kana, cell: (row) => row.kana },
  { key: 'parent', head: names.parent, cell: (row) => row.parent ?? '－' },
];

function whatOf(change: Change): string {
  if (change.kind === 'rename') return `${changeLabels.rename}:${change.name ?? ''}(${change.kana ?? ''})`;
  if (movesMembers(change.kind))
    return `${changeLabels[change.kind]}:${change.target}へ${change.carriesStaff ? '(事務局ユーザーも引き継ぐ)' : ''}`;
  if (change.kind === 'revise') return `${changeLabels.revise}:${change.columns.join('、')}`;
  return change.kind === 'reparent' ? `${changeLabels.reparent}:${change.parent}` : changeLabels.close;
}

const changeColumns: readonly Column<Change>[] = [
  { key: 'on', head: names.startsOn, nowrap: true, cell: (row) => formatDayPlain(row.startsOn) },
  { key: 'what', head: '内容', rowHeader: true, cell: whatOf },
  { key: 'reason', head: names.reason, cell: (row) => row.reason },
  { key: 'by', head: '入力した人', cell: (row) => `${row.proposedName} ${formatInstant(row.proposedAt)}` },
  { key: 'state', head: '状態', nowrap: true, cell: (row) => changeStateLabels[row.state] },
];

type OpenProps = { change: Change; progress: MasterDetail['progress']; idempotencyKey: string; mayKeep: boolean };

function OpenChange({ change, progress, idempotencyKey, mayKeep }: OpenProps) {
  const waits = awaitsDay(change.state);
  if (change.batchId !== null)
    return (
      <Card level={3} title={`${whatOf(change)} ${formatDayPlain(change.startsOn)}から`}>
        <p>
          <Link to={`/jma/associations/bulk/${change.batchId}`}>一括更新の内容を開く</Link>
        </p>
      </Card>
    );
  if (isMoving(change.state)) return <MoveState change={change} progress={progress} />;
  return (
    <Card level={3} title={`${whatOf(change)} ${formatDayPlain(change.startsOn)}から`}>
      <p>{waits ? '予約済です。適用日に変更されます。' : '別の担当者の確認を待っています。'}</p>
      {mayKeep ? (
        <Form method="post">
          <FormGuard idempotencyKey={idempotencyKey} />
          <input type="hidden" name="id" value={change.id} />
          <Actions>
            {waits || change.own ? null : (
              <Button variant="primary" name="intent" value="reserve">
                予約する
              </Button>
            )}
            <Button variant="danger" name="intent" value="withdraw">
              取り消す
            </Button>
          </Actions>
        </Form>
      ) : null}
    </Card>
  );
}

function stateText({ state, closesOn, withdrawn }: MasterDetail['row']): string {
  return closesOn === null || withdrawn ? associationStateLabels[state] : `廃止(${formatDayPlain(closesOn)}まで)`;
}

function Facts({ detail }: { detail: MasterDetail }) {
  const { row, burden } = detail;
  return (
    <DefinitionTable
      items={[
        { label: names.code, value: row.code },
        { label: names.kana, value: row.kana },
        { label: names.layer, value: `${row.layer}層` },
        { label: names.parent, value: row.parent ?? '－' },
        { label: names.kind, value: isAssociationKind(row.kind) ? kindLabels[row.kind] : row.kind },
        { label: names.prefecture, value: row.prefecture ?? '－' },
        { label: '状態', value: stateText(row) },
        { label: '会員(予定を含む)', value: `${burden.members.toLocaleString('ja-JP')}名` },
        { label: '処理中の届', value: `${burden.cases}件` },
        { label: '下位の医師会', value: `${burden.below}件` },
        { label: '事務局ユーザー', value: `${burden.staff}名(うち管理者 ${detail.admins}名)` },
      ]}
    />
  );
}

export default function MasterPage({ loaderData, actionData }: Route.ComponentProps) {
  const { detail, key } = loaderData;
  const open = detail.changes.find((change) => isUnsettled(change.state));
  const history = detail.row.withdrawn ? '予定していた名称・上位医師会' : '名称・上位医師会の履歴';
  const changeable = detail.mayKeep && open === undefined && detail.row.closesOn === null;
  return (
    <>
      <h1>{detail.row.name}</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      <Facts detail={detail} />
      <Opening detail={detail} state={actionData} idempotencyKey={key} />
      <Section title="組織改編">
        {open === undefined ? (
          <p>予定されている改編はありません。</p>
        ) : (
          <OpenChange change={open} progress={detail.progress} idempotencyKey={key} mayKeep={detail.mayKeep} />
        )}
        {changeable ? (
          <Actions>
            <LinkButton to={`/jma/associations/${detail.row.code}/reorganisation`}>改称・合併・分割・上位変更・廃止を入力する</LinkButton>
          </Actions>
        ) : null}
        {detail.changes.length === 0 ? null : (
          <DataTable caption="組織改編の履歴" columns={changeColumns} rows={detail.changes} rowKey={(row) => row.id} />
        )}
      </Section>
      <FirstAdmins detail={detail} state={actionData} idempotencyKey={key} />
      <Section title={history}>
        <DataTable caption={history} columns={versionColumns} rows={detail.versions} rowKey={(row) => row.startsOn} />
      </Section>
      <Actions>
        <LinkButton variant="text" to="/jma/associations">
          医師会マスタに戻る
        </LinkButton>
      </Actions>
    </>
  );
}
