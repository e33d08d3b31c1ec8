import { Form, Link } from 'react-router';
import { contractorOf } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { formatDayPlain, formatInstant } from '#kernel/wareki.ts';
import { finishTask } from '#features/application/commands/finish-task.ts';
import { kindLabel, paperName } from '#features/application/labels.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { Button } from '#ui/parts/Button.tsx';
import { Card, CardGrid, CountLink, Section } from '#ui/parts/Card.tsx';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import { PersonName } from '#ui/parts/PersonName.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import type { Route } from './+types/office-top.ts';
import type { OfficeTop } from '../queries/office-top.ts';
import { NewestNotices } from '#features/notice/pages/newest.tsx';
import { topNotices } from '#features/notice/queries/reader-notices.ts';
import { officeTop } from '../queries/office-top.ts';
import { hideFirstSteps } from '../commands/hide-first-steps.ts';
import { ContractorTop } from './contractor-top.tsx';
import { FirstSteps } from './first-steps.tsx';
import { InquiryCard } from './inquiry-card.tsx';
import { BulkRuns, DueExports } from './office-top-bulk.tsx';
import { News } from './office-top-news.tsx';
import { StaffNotices } from './office-top-staff.tsx';

export const handle = definePage({
  id: 'O-01',
  title: 'TOP',
  who: ['office'],
  roles: ['admin', 'clerk', 'trainingContractor'],
  audit: 'desk.viewed',
});

export const meta = () => [{ title: 'TOP | MAMIS' }];

export async function loader({ context }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  if (contractorOf(ctx.actor) !== undefined) {
    return { top: undefined, notices: orThrow(await ask(topNotices, ctx, {})), key: '', keys: {} };
  }
  const top = orThrow(await ask(officeTop, ctx, {}));
  const keys: Record<string, string> = Object.fromEntries(top.work.tasks.map((task) => [task.id, newId()]));
  return { top, notices: top.notices, key: newId(), keys };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  if (form.intent === 'firstSteps') {
    const hidden = await run(hideFirstSteps, contextOf(context), form.input, form.key);
    return hidden.ok
      ? redirectWithFlash(context, '/office', hidden.value.hidden === 'yes' ? '隠しました。' : '表示しました。')
      : refusalData(hidden, form.values);
  }
  const outcome = await run(finishTask, contextOf(context), { taskId: form.input['taskId'] }, form.key);
  return outcome.ok ? redirectWithFlash(context, '/office', '確認済みにしました。') : refusalData(outcome, form.values);
}

type CardSpec = { title: string; card: OfficeTop['work']['join']; query: string };

function WorkCards({ work, certificates }: Pick<OfficeTop, 'work' | 'certificates'>) {
  const cards: readonly CardSpec[] = [
    { title: '新規', card: work.join, query: 'kind=join' },
    { title: '異動', card: work.transfer, query: 'kind=transfer&kind=change' },
    { title: '退会', card: work.withdrawal, query: 'kind=withdrawal' },
    { title: '確認待ち', card: work.confirming, query: 'state=acknowledge' },
    { title: '差戻しへの再申請', card: work.resubmitted, query: 'resubmitted=1' },
  ];
  const waiting = work.join.cases + work.transfer.cases + work.withdrawal.cases;
  return (
    <Section title="申請状況">
      {waiting === 0 ? <EmptyState>現在、処理が必要な申請はありません。</EmptyState> : null}
      <div className={waiting === 0 ? 'mt-4' : undefined}>
        <CardGrid>
          {cards.map(({ title, card, query }) => (
            <Card key={title} title={title} level={3}>
              <p>
                <CountLink to={`/office/applications?${query}`} count={card.cases} />
              </p>
              <p>
                <CountLink to={`/office/applications?${query}&late=1`} count={card.late} label={`${work.lateDays}日以上`} />
              </p>
            </Card>
          ))}
          <Card title="在籍証明書" level={3}>
            <p>
              <CountLink to="/office/applications/certificates" count={certificates} />
            </p>
          </Card>
        </CardGrid>
      </div>
    </Section>
  );
}

type AheadRow = OfficeTop['work']['ahead'][number];

const aheadColumns: readonly Column<AheadRow>[] = [
  { key: 'on', head: '効力発生日', nowrap: true, cell: (row) => formatDayPlain(row.on) },
  { key: 'name', head: '氏名', rowHeader: true, cell: (row) => <PersonName name={row.name} kana={row.kana} /> },
  { key: 'kind', head: '種別', nowrap: true, cell: (row) => kindLabel(row.kind, 'completed') },
];

function AheadEvents({ ahead }: { ahead: readonly AheadRow[] }) {
  return (
    <Section title="承認済・効力発生日待ち">
      {ahead.length === 0 ? (
        <EmptyState>効力発生日を待っている申請はありません。</EmptyState>
      ) : (
        <>
          <DataTable
            caption="承認済・効力発生日待ち"
            columns={aheadColumns}
            rows={ahead}
            rowKey={(row) => row.applicationId}
            rowTo={(row) => `/office/applications/${row.applicationId}?tab=ahead`}
          />
          <p>
            <Link className="inline-flex min-h-11 items-center" to="/office/applications?tab=ahead">
              すべて見る
            </Link>
          </p>
        </>
      )}
    </Section>
  );
}

type TaskProps = { task: OfficeTop['work']['tasks'][number]; idempotencyKey: string };

/** After 非承認 above us: what becomes of our own membership is ours to decide (`rules.md 3.4`). */
function TaskCard({ task, idempotencyKey }: TaskProps) {
  return (
    <Card level={3} title={`${task.name} 様の会員資格の確認`}>
      <p>{`${paperName(task.kind)}(${task.number})が上層の医師会で非承認となりました(${formatInstant(task.createdAt)})。貴会の会員資格は続いています。取扱いをご確認ください。`}</p>
      <p>
        <Link className="inline-flex min-h-11 items-center" to={`/office/applications/${task.applicationId}`}>
          申請の詳細を見る
        </Link>
      </p>
      <Form method="post">
        <FormGuard idempotencyKey={idempotencyKey} />
        <input type="hidden" name="taskId" value={task.id} />
        <Button size="small" aria-label={`${task.name} 様の会員資格の確認を確認済みにする`}>
          確認済みにする
        </Button>
      </Form>
    </Card>
  );
}

function Members({ members }: { members: OfficeTop['members'] }) {
  const { change } = members;
  const sign = change > 0 ? '+' : change < 0 ? '−' : '±';
  return (
    <Section title="会員数">
      <p>
        <span className="ui-big-number">{`${members.today.toLocaleString('ja-JP')}人`}</span>
        {`(本日時点)　${members.periodLabel}の初日から ${sign}${Math.abs(change).toLocaleString('ja-JP')}人`}
      </p>
      <p>
        <Link className="inline-flex min-h-11 items-center" to="/office/members">
          会員一覧を見る
        </Link>
      </p>
    </Section>
  );
}

function Staff({ top }: { top: OfficeTop }) {
  return (
    <>
      <StaffNumber top={top} />
      {top.staffNotice === undefined ? null : <StaffNotices notice={top.staffNotice} />}
    </>
  );
}

function StaffNumber({ top }: { top: OfficeTop }) {
  if (top.staff.people < 2) {
    return (
      <Notice tone="warn" title="まず、事務局ユーザーを登録してください。">
        {top.admin ? (
          <p>
            <Link className="inline-flex min-h-11 items-center" to="/office/staff-members">
              事務局ユーザー管理
            </Link>
          </p>
        ) : (
          <p>登録は管理者が行います。</p>
        )}
      </Notice>
    );
  }
  return top.admin && top.staff.admins < 2 ? <Notice tone="warn" title="管理者が1名のみです。もう1名の登録をお勧めします。" /> : null;
}

export default function OfficeTopPage({ loaderData, actionData }: Route.ComponentProps) {
  const { top, notices, key, keys } = loaderData;
  if (top === undefined) return <ContractorTop notices={notices} />;
  return (
    <>
      <h1>TOP</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      <Staff top={top} />
      {top.firstSteps.hidden ? null : <FirstSteps steps={top.firstSteps} admin={top.admin} idempotencyKey={key} />}
      <WorkCards work={top.work} certificates={top.certificates} />
      {top.work.tasks.length === 0 ? null : (
        <Section title="確認が必要なこと">
          {top.work.tasks.map((task) => (
            <TaskCard key={task.id} task={task} idempotencyKey={keys[task.id] ?? ''} />
          ))}
        </Section>
      )}
      <Section title="お問合せ">
        <InquiryCard title="会員からのお問合せ" counts={top.inquiries.own} to="/office/inquiries" />
        {top.inquiries.sections === undefined ? null : (
          <InquiryCard title="担当課のお問合せ" counts={top.inquiries.sections} to="/operations/inquiries" />
        )}
      </Section>
      <AheadEvents ahead={top.work.ahead} />
      <News news={top.news} settingsToday={top.settingsToday} admin={top.admin} />
      <Section title="上層の医師会からのお知らせ">
        <NewestNotices rows={notices} to="/office/received-notices" />
      </Section>
      <BulkRuns runs={top.bulkRuns} />
      <DueExports count={top.dueExports} />
      <Members members={top.members} />
      {top.firstSteps.hidden ? <FirstSteps steps={top.firstSteps} admin={top.admin} idempotencyKey={key} /> : null}
    </>
  );
}
