import { Link, redirect, useLocation } from 'react-router';
import { newId } from '#kernel/id.ts';
import { ask } from '#platform/command/query.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import { formatDayPlain, formatInstant } from '#kernel/wareki.ts';
import { isSinceEver } from '#kernel/since-ever.ts';
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { Mark } from '#ui/parts/Mark.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import { versionName } from '#features/association/settings-labels.ts';
import { OfficeShortcuts } from '#ui/parts/OfficeShortcuts.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import type { Route } from './+types/detail.ts';
import { kindLabel, paperName } from '../../labels.ts';
import { myConfirmation } from '../../queries/my-retract.ts';
import { inboxNeighbours } from '../../queries/inbox-neighbours.ts';
import type { OfficeApplication } from '../../queries/office-application.ts';
import { officeApplication } from '../../queries/office-application.ts';
import { ApplicantSection } from './detail-applicant.tsx';
import { AssigneeForm } from './assignee-form.tsx';
import { ContentSection } from './detail-content.tsx';
import { HistorySection } from './detail-history.tsx';
import { AttentionSection, MemoSection, MessageSection } from './detail-notes.tsx';
import { AcrossSection, StepsSection } from './detail-steps.tsx';
import { LinkedSection } from '../linked-section.tsx';
import { CaseActions } from './case-actions.tsx';
import { EnteredSection } from './detail-entered.tsx';
import { TwoPersonsNotice } from './two-persons-notice.tsx';
import { caseTo, decisionTo, fromList } from './list-links.ts';
import { ViewersNotice } from './viewers-notice.tsx';
import { WhatIfPanel } from './what-if-panel.tsx';
import { stateTone, stateWord } from './words.ts';

export const handle = definePage({ id: 'O-05', title: '申請の詳細', who: ['office'], audit: 'application.viewed' });

export const meta = ({ loaderData }: Route.MetaArgs) => [{ title: `${loaderData?.application.number ?? ''} 申請の詳細 | MAMIS` }];

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const { search, searchParams } = new URL(request.url);
  const found = await ask(officeApplication, ctx, { id: params.id });
  if (!found.ok && found.refusal.code === 'notFound') {
    const draft = await ask(myConfirmation, ctx, { id: params.id });
    if (draft.ok && draft.value.number === '') throw redirect(draft.value.continueTo);
  }
  const application = orThrow(found);
  const input = { ...Object.fromEntries([...searchParams.keys()].map((name) => [name, many(searchParams.getAll(name))])), id: params.id };
  const around = fromList(search) ? await ask(inboxNeighbours, ctx, input) : undefined;
  return {
    application,
    neighbours: around?.ok === true ? around.value : { next: undefined, previous: undefined },
    keys: { assignee: newId(), message: newId(), memo: newId(), attention: newId(), originals: newId() },
    associationId: application.own.associationId,
  };
}

function many(values: readonly string[]): string | readonly string[] {
  const [only] = values;
  return values.length === 1 && only !== undefined ? only : values;
}

function Neighbours({ next, previous }: { next: string | undefined; previous: string | undefined }) {
  const { search } = useLocation();
  if (next === undefined && previous === undefined) return null;
  return (
    <nav className="ui-pager ui-no-print" aria-label="一覧の前後の申請">
      <ul>
        <li>
          {previous === undefined ? (
            <span className="ui-page ui-off">前へ</span>
          ) : (
            <Link data-nav="prev" to={caseTo(previous, search)}>
              前へ
            </Link>
          )}
        </li>
        <li>
          {next === undefined ? (
            <span className="ui-page ui-off">次へ</span>
          ) : (
            <Link data-nav="next" to={caseTo(next, search)}>
              次へ
            </Link>
          )}
        </li>
      </ul>
    </nav>
  );
}

type Applied = OfficeApplication['settings'][number];

/** One association's version; the whole of the own one stands on its page (`screens.md O-21`). */
function AppliedSettings({ applied, own }: { applied: Applied; own: boolean }) {
  const { associationName, version, startsOn, sentences } = applied;
  return (
    <details>
      <summary className="min-h-11 cursor-pointer py-2">
        {`${associationName} ${versionName(version)}${isSinceEver(startsOn) ? '' : `(${formatDayPlain(startsOn)}から)`} 内容を見る`}
      </summary>
      <ul className="list-disc pl-6">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {own ? <Link to={`/office/association-settings/${version}`}>{`環境設定 ${versionName(version)}を開く`}</Link> : null}
    </details>
  );
}

function dayOrNothing(day: OfficeApplication['wishedOn']): string {
  return day === null ? '' : formatDayPlain(day);
}

function Head({ application }: { application: OfficeApplication }) {
  const { state, aheadOn, late, lateDays, attention, proxyAssociation } = application;
  return (
    <DefinitionTable
      items={[
        { label: '受付番号', value: application.number },
        { label: '種別', value: kindLabel(application.kind, state, application.own.leg) },
        {
          label: '状況',
          value: (
            <>
              <StateLabel tone={stateTone(state)}>{stateWord(state, aheadOn)}</StateLabel>
              {late ? <Mark kind="late" days={lateDays} /> : null}
              {attention ? <Mark kind="attention" /> : null}
              {aheadOn === undefined ? null : ` ${formatDayPlain(aheadOn)}から`}
            </>
          ),
        },
        { label: '申請日時', value: application.submittedAt === undefined ? '' : formatInstant(application.submittedAt) },
        { label: '希望日', value: dayOrNothing(application.leaveWishedOn ?? application.wishedOn) },
        ...(proxyAssociation === undefined
          ? []
          : [
              {
                label: '代理申請',
                value: (
                  <>
                    <Mark kind="proxy" /> {proxyAssociation}
                    {(application.ground ?? []).map((line) => (
                      <span className="block" key={line.label}>{`${line.label}:${line.lines.join('、')}`}</span>
                    ))}
                  </>
                ),
              },
            ]),
        {
          label: '適用した環境設定',
          value: application.settings.map((applied) => (
            <AppliedSettings key={applied.associationId} applied={applied} own={applied.associationId === application.own.associationId} />
          )),
        },
      ]}
    />
  );
}

/** Who of our office has the case in hand (`screens.md O-05`). */
function AssigneeSection({ application, idempotencyKey }: { application: OfficeApplication; idempotencyKey: string }) {
  const { search } = useLocation();
  const { present } = application.assignee;
  return (
    <Section title="担当者" id="assignee">
      {present === undefined || present.mine ? (
        <p>{present === undefined ? '担当者は未定です。' : 'ご自身が担当しています。'}</p>
      ) : (
        <Notice title={`${present.name}が担当しています。`} />
      )}
      <AssigneeForm
        assignee={application.assignee}
        action={decisionTo(application.id, 'assignee', search)}
        idempotencyKey={idempotencyKey}
      />
    </Section>
  );
}

function Findings({ findings }: { findings: readonly string[] }) {
  if (findings.length === 0) return null;
  return (
    <Notice tone="warn" title="次の点をご確認ください。">
      <ul className="list-disc pl-6">
        {findings.map((finding) => (
          <li key={finding}>{finding}</li>
        ))}
      </ul>
    </Notice>
  );
}

export default function ApplicationDetail({ loaderData }: Route.ComponentProps) {
  const { application, keys, neighbours } = loaderData;
  return (
    <>
      <h1>{`${paperName(application.kind)} ${application.name} 様`}</h1>
      <Neighbours next={neighbours.next} previous={neighbours.previous} />
      <ViewersNotice viewers={application.viewers} />
      <TwoPersonsNotice twoPersons={application.twoPersons} />
      <EnteredSection application={application} />
      <CaseActions summary={application} place="上" />
      <Section title="概要">
        <Head application={application} />
      </Section>
      <AssigneeSection application={application} idempotencyKey={keys.assignee} />
      <Findings findings={application.findings} />
      <ApplicantSection application={application} />
      <ContentSection application={application} originalsKey={keys.originals} />
      <AcrossSection summary={application} />
      <LinkedSection link={application.link} base="/office/applications" />
      <StepsSection summary={application} />
      {application.whatIf === undefined ? null : (
        <Section title="承認後の見込み" id="what-if">
          <WhatIfPanel whatIf={application.whatIf} />
        </Section>
      )}
      <MessageSection application={application} idempotencyKey={keys.message} />
      <MemoSection application={application} idempotencyKey={keys.memo} />
      <AttentionSection application={application} idempotencyKey={keys.attention} />
      <HistorySection history={application.history} />
      <CaseActions summary={application} place="下" />
      <OfficeShortcuts />
    </>
  );
}
