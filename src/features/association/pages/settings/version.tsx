import { Form, Link } from 'react-router';
import { formatDay, formatDayPlain, formatInstant } from '#kernel/wareki.ts';
import { isDay } from '#kernel/day.ts';
import { formatStart, isSinceEver } from '#kernel/since-ever.ts';
import { ask } from '#platform/command/query.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import type { Definition } from '#ui/parts/DefinitionTable.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import type { Route } from './+types/version.ts';
import type { SettingsDetail } from '../../queries/settings-version.ts';
import { settingsVersion } from '../../queries/settings-version.ts';
import { settingsNotice, versionAuthor, versionName, versionStateLabel } from '../../settings-labels.ts';
import { Changes, Sentences, settingsTo, stateTone } from './version-parts.tsx';

export const handle = definePage({
  id: 'O-21',
  title: '環境設定の内容',
  crumb: '内容',
  who: ['office'],
  audit: { none: 'settings of an association are no personal data' },
});

export const meta = ({ loaderData }: Route.MetaArgs) => [{ title: `環境設定 ${versionName(loaderData?.detail.version ?? 0)} | MAMIS` }];

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const compared = new URL(request.url).searchParams.get('with') ?? undefined;
  return { detail: orThrow(await ask(settingsVersion, contextOf(context), { number: params.version, with: compared })) };
}

function headItems(detail: SettingsDetail): Definition[] {
  const { state, startsOn, createdBy, recordedAt, reason, openCases, withdrawal } = detail;
  return [
    { label: '状態', value: <StateLabel tone={stateTone(state)}>{versionStateLabel(state)}</StateLabel> },
    { label: '適用開始日', value: isSinceEver(startsOn) ? formatStart(startsOn) : formatDay(startsOn) },
    { label: '作成者', value: createdBy === '' ? versionAuthor(createdBy) : `${versionAuthor(createdBy)} ${formatInstant(recordedAt)}` },
    { label: '変更の理由', value: reason },
    { label: 'この版の処理中の届', value: `${openCases.toLocaleString('ja-JP')}件` },
    ...(withdrawal === undefined
      ? []
      : [
          { label: '予定の取消', value: `${withdrawal.by} ${formatInstant(withdrawal.at)}` },
          { label: '取消の理由', value: withdrawal.reason },
        ]),
  ];
}

function Compare({ detail }: { detail: SettingsDetail }) {
  const { compared, others, version } = detail;
  if (compared === undefined) return null;
  const changed = compared.changes.filter((line) => line.changed);
  const options = others.map((other) => ({
    value: String(other.version),
    label:
      isDay(other.startsOn) && !isSinceEver(other.startsOn)
        ? `${versionName(other.version)}(${formatDayPlain(other.startsOn)}から)`
        : versionName(other.version),
  }));
  return (
    <Section title={`${versionName(compared.version)}との違い`} id="compare">
      {changed.length === 0 ? (
        <p>違いはありません。</p>
      ) : (
        <Changes caption={`${versionName(compared.version)}と${versionName(version)}の違い`} changes={changed} />
      )}
      <Form method="get" className="mt-4">
        <SelectField name="with" label="比べる版" options={options} defaultValue={String(compared.version)} placeholder={null} />
        <Actions>
          <Button>2つの版を比べる</Button>
        </Actions>
      </Form>
    </Section>
  );
}

/** 内容を見る: one version with a plain sentence for each setting, and what it changed. */
export default function SettingsVersion({ loaderData }: Route.ComponentProps) {
  const { detail } = loaderData;
  return (
    <>
      <h1>{`環境設定 ${versionName(detail.version)}`}</h1>
      <Notice title={settingsNotice} />
      <Section title="概要">
        <DefinitionTable items={headItems(detail)} />
      </Section>
      <Section title="設定の内容">
        <DefinitionTable items={detail.lines.map(({ label, lines }) => ({ label, value: <Sentences lines={lines} /> }))} />
      </Section>
      <Compare detail={detail} />
      <Actions>
        {detail.mayWithdraw ? (
          <LinkButton variant="danger" to={`${settingsTo(detail.version)}/withdraw`}>
            予定を取り消す
          </LinkButton>
        ) : null}
        <Link className="inline-flex min-h-11 items-center" to="/office/association-settings">
          環境設定に戻る
        </Link>
      </Actions>
    </>
  );
}
