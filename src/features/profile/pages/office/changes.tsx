import { ask } from '#platform/command/query.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { Diff } from '#ui/parts/Diff.tsx';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
import { proxyLabels } from '../../labels.ts';
import { memberProfileChanges, type PastChange } from '../../queries/changes.ts';
import type { Route } from './+types/changes.ts';

export const handle = definePage({
  id: 'O-09-changes',
  title: proxyLabels.history,
  crumb: proxyLabels.history,
  under: [{ label: '会員情報詳細', up: 2 }],
  who: ['office'],
  audit: 'member.viewed',
});

export const meta = () => [{ title: `${proxyLabels.history} | MAMIS` }];

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const after = new URL(request.url).searchParams.get('after') ?? '';
  return orThrow(await ask(memberProfileChanges, contextOf(context), { id: params.id, after }));
}

const nothing = '(なし)';

function Papers({ base, change }: { base: string; change: PastChange }) {
  if (change.papers.length === 0) return nothing;
  return (
    <ul>
      {change.papers.map((paper) => (
        <li key={paper.id}>
          <a className="inline-flex min-h-11 items-center" href={`${base}/profile/papers/${paper.id}`} target="_blank" rel="noreferrer">
            {`${paper.fileName}(新しいタブで開きます)`}
          </a>
        </li>
      ))}
    </ul>
  );
}

function Change({ base, change }: { base: string; change: PastChange }) {
  const asked = [
    { label: '依頼の根拠', value: change.ground },
    { label: '依頼日', value: change.askedOn },
    { label: proxyLabels.papers, value: <Papers base={base} change={change} /> },
  ];
  return (
    <Section title={change.at}>
      <DefinitionTable items={[{ label: '変更した人', value: change.by }, ...(change.ground === '' ? [] : asked)]} />
      <Diff
        caption={`${change.at}の変更前と変更後`}
        changes={change.changes.map((one) => ({
          key: `${one.block}.${one.key}`,
          label: one.label,
          before: one.before === '' ? nothing : one.before,
          after: one.after === '' ? nothing : one.after,
          changed: false,
        }))}
      />
    </Section>
  );
}

/** What has been changed of a member's 登録情報, newest first. */
export default function MemberProfileChanges({ loaderData: { personId, name, rows, after } }: Route.ComponentProps) {
  const base = `/office/members/${personId}`;
  return (
    <>
      <h1>{`${proxyLabels.history}:${name} 様`}</h1>
      {rows.length === 0 ? <EmptyState>{proxyLabels.noHistory}</EmptyState> : null}
      {rows.map((change) => (
        <Change key={change.id} base={base} change={change} />
      ))}
      <Actions>
        {after === undefined ? null : <LinkButton to={`${base}/profile/changes?after=${after}`}>これより前の変更</LinkButton>}
        <LinkButton to={base}>戻る</LinkButton>
      </Actions>
    </>
  );
}
