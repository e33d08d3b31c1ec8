import { data } from 'react-router';
import { formatInstant } from '#kernel/wareki.ts';
import { kindLabels, phaseLabels, phaseTones } from '#features/service-notice/labels.ts';
import type { ServiceLine } from '#features/service-notice/queries/service-notices.ts';
import { serviceTold } from '#features/service-notice/queries/service-notices.ts';
import { mailWaiting } from '#features/mailbox/queries/mail-waiting.ts';
import { ask } from '#platform/command/query.ts';
import { definePage, everybody } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { Card, Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import type { Route } from './+types/status.ts';
import { partLabels, partTones } from '../labels.ts';
import type { PartState } from '../rules.ts';
import { statusOfService } from '../rules.ts';

export const handle = definePage({
  id: 'A-16-status',
  title: '稼働状況',
  crumb: '稼働状況',
  who: everybody,
  audit: { none: 'whether the service runs, nothing about anybody' },
});

export const meta = () => [{ title: '稼働状況 | MAMIS' }];

/** Asks what the service itself needs, at the moment of the request. */
export async function loader({ context }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const asked = await ask(mailWaiting, { ...ctx, actor: { kind: 'system', name: 'status' } }, {});
  const told = await ask(serviceTold, ctx, {});
  const lines = told.ok ? told.value.lines : [];
  const status = statusOfService({ database: asked.ok, mailWaitingSince: asked.ok ? asked.value.since : undefined, told: lines }, ctx.now);
  return data({ status, lines, at: formatInstant(ctx.now) }, { headers: { 'Cache-Control': 'no-store' } });
}

function Part({ state }: { state: PartState }) {
  return <StateLabel tone={partTones[state]}>{partLabels[state]}</StateLabel>;
}

function Told({ line }: { line: ServiceLine }) {
  return (
    <Card level={3} title={kindLabels[line.kind]}>
      <p>
        <StateLabel tone={phaseTones[line.phase]}>{phaseLabels[line.phase]}</StateLabel>
      </p>
      <p>{line.sentence}</p>
      {line.kind === 'maintenance' && line.impact !== '' ? <p>{`影響:${line.impact}`}</p> : null}
      {line.workaround === '' ? null : <p>{`回避方法:${line.workaround}`}</p>}
    </Card>
  );
}

/** 稼働状況, from real checks, with the known faults and planned stops of P-07. */
export default function Status({ loaderData: { status, lines, at } }: Route.ComponentProps) {
  return (
    <>
      <h1>{`稼働状況 ${partLabels[status.overall]}`}</h1>
      <p className="mb-4">{`${at}現在`}</p>
      <DefinitionTable
        items={[
          { label: '画面・申請・ログイン', value: <Part state={status.screens} /> },
          {
            label: 'メールの送信',
            value: (
              <>
                <Part state={status.mail} />
                {status.mailSince === undefined ? null : <span>{` ${formatInstant(status.mailSince)}からメールが遅れています。`}</span>}
              </>
            ),
          },
        ]}
      />
      <Section title="メンテナンス・障害">
        {lines.length === 0 ? <EmptyState>予定されているメンテナンス、発生中の障害はありません。</EmptyState> : null}
        {lines.map((line) => (
          <Told key={line.id} line={line} />
        ))}
      </Section>
    </>
  );
}
