import { data } from 'react-router';
import { formatInstant } from '#kernel/wareki.ts';
import { mailWaiting } from '#features/mailbox/queries/mail-waiting.ts';
import { ask } from '#platform/command/query.ts';
import { definePage, everybody } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
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
  const status = statusOfService({ database: asked.ok, mailWaitingSince: asked.ok ? asked.value.since : undefined }, ctx.now);
  return data({ status, at: formatInstant(ctx.now) }, { headers: { 'Cache-Control': 'no-store' } });
}

function Part({ state }: { state: PartState }) {
  return <StateLabel tone={partTones[state]}>{partLabels[state]}</StateLabel>;
}

/** 稼働状況, from real checks. */
export default function Status({ loaderData: { status, at } }: Route.ComponentProps) {
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
    </>
  );
}
