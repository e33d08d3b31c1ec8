import { formatDayPlain, formatInstant } from '#kernel/wareki.ts';
import { formatStart, sinceText } from '#kernel/since-ever.ts';
import { ask } from '#platform/command/query.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import type { Route } from './+types/view.ts';
import { infoNames as names, requestStateLabels } from '../../info-fields.ts';
import type { InfoVersion, InfoView } from '../../queries/info.ts';
import { associationInfo } from '../../queries/info.ts';

export const handle = definePage({
  id: 'O-19',
  title: '医師会情報',
  who: ['office'],
  audit: { none: 'what an association says of itself is no personal data' },
});

export const meta = () => [{ title: '医師会情報 | MAMIS' }];

export async function loader({ context }: Route.LoaderArgs) {
  return { view: orThrow(await ask(associationInfo, contextOf(context), {})) };
}

const stateWords = { current: '適用中', ahead: '予定', past: '過去' } as const;

const versionColumns: readonly Column<InfoVersion>[] = [
  { key: 'startsOn', head: names.startsOn, nowrap: true, rowHeader: true, cell: (row) => formatStart(row.startsOn) },
  { key: 'changes', head: '変更した項目', cell: (row) => row.changes.join('、') || '－' },
  { key: 'by', head: '変更した人', cell: (row) => row.by || '－' },
  { key: 'at', head: '変更日時', nowrap: true, cell: (row) => formatInstant(row.at) },
  {
    key: 'state',
    head: '状態',
    nowrap: true,
    cell: (row) => <StateLabel tone={row.state === 'current' ? 'success' : 'neutral'}>{stateWords[row.state]}</StateLabel>,
  },
];

const planColumn: Column<InfoVersion> = {
  key: 'plan',
  head: '予定の変更',
  cell: (row) =>
    row.state === 'ahead' ? (
      <LinkButton variant="text" to={`/office/association/edit?on=${row.startsOn}`}>
        {`${formatDayPlain(row.startsOn)}からの予定を変更する`}
      </LinkButton>
    ) : (
      '－'
    ),
};

type Request = InfoView['requests'][number];

function requestWord(state: string): string {
  return state === 'accepted' || state === 'declined' ? requestStateLabels[state] : requestStateLabels.requested;
}

const requestColumns: readonly Column<Request>[] = [
  { key: 'at', head: '申出日時', nowrap: true, cell: (row) => formatInstant(row.requestedAt) },
  { key: 'name', head: '新しい名称', rowHeader: true, cell: (row) => `${row.name}(${row.kana})` },
  { key: 'on', head: names.startsOn, nowrap: true, cell: (row) => formatDayPlain(row.startsOn) },
  { key: 'state', head: '状態', nowrap: true, cell: (row) => requestWord(row.state) },
  { key: 'answer', head: '回答', cell: (row) => row.answer || '－' },
];

function Fixed({ view }: { view: InfoView }) {
  const { association, parent } = view;
  return (
    <Section title="名称">
      <DefinitionTable
        items={[
          { label: '医師会コード', value: association.code },
          { label: '階層', value: `${association.layer}層` },
          { label: '上位医師会', value: parent || '－' },
          { label: names.name, value: association.name },
          { label: names.kana, value: association.kana },
        ]}
      />
      <p className="mt-4">名称・フリガナは、日本医師会が変更します。</p>
      {view.mayEdit ? (
        <Actions>
          <LinkButton to="/office/association/name">名称の変更を申し出る</LinkButton>
        </Actions>
      ) : null}
      {view.requests.length === 0 ? null : (
        <DataTable caption="名称の変更の申出" columns={requestColumns} rows={view.requests} rowKey={(row) => row.id} />
      )}
    </Section>
  );
}

export default function AssociationInfo({ loaderData }: Route.ComponentProps) {
  const { view } = loaderData;
  const planned = view.mayEdit && view.versions.some((one) => one.state === 'ahead');
  return (
    <>
      <h1>医師会情報</h1>
      <Fixed view={view} />
      <Section title="連絡先・会長・在籍証明書">
        {view.since === undefined ? <p>まだ登録されていません。</p> : <p>{`${sinceText(view.since)}適用されています。`}</p>}
        <DefinitionTable
          items={view.lines.map(({ key, label, value }) => ({
            key,
            label,
            value: key === 'joinGuide' ? <span className="whitespace-pre-line">{value || '－'}</span> : value || '－',
          }))}
        />
        {view.sealId === null ? null : (
          <img className="mt-4 h-24 w-24 object-contain" src={`/office/association/seal/${view.sealId}`} alt="登録されている印影" />
        )}
        {view.mayEdit ? (
          <Actions>
            <LinkButton variant="primary" to="/office/association/edit">
              変更する
            </LinkButton>
          </Actions>
        ) : null}
      </Section>
      <Section title="変更の履歴">
        <DataTable
          caption="医師会情報の履歴"
          columns={planned ? [...versionColumns, planColumn] : versionColumns}
          rows={view.versions}
          rowKey={(row) => String(row.version)}
          empty="変更の履歴はまだありません。"
        />
      </Section>
    </>
  );
}
