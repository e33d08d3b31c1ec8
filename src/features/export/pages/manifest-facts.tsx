import { formatDayPlain, formatInstant } from '#kernel/wareki.ts';
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import { labelSheetLabel } from '../fields.ts';
import { encodingLabel, leftOutWords, mailingLabel, rowsWords } from '../labels.ts';
import { exportTexts } from '../messages.ts';
import type { Manifest } from '../queries/manifest.ts';

type Event = Manifest['events'][number];

const eventWords: Readonly<Record<string, string>> = { approved: '承認', declined: '却下', fetched: '取得', deleted: '削除報告' };

const eventColumns: readonly Column<Event>[] = [
  { key: 'at', head: '日時', nowrap: true, rowHeader: true, cell: (event) => formatInstant(event.at) },
  { key: 'kind', head: '操作', nowrap: true, cell: (event) => eventWords[event.kind] ?? event.kind },
  { key: 'by', head: '担当者', cell: (event) => event.actorName },
  {
    key: 'reason',
    head: '理由など',
    cell: (event) => (event.onDay === null ? event.reason : `${formatDayPlain(event.onDay)}に削除`) || '－',
  },
];

/** With a selector: without its font it looks like the usual form of the letter, which the encoding has. */
const variant = /[\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}]/u;

function Unmapped({ manifest }: { manifest: Manifest }) {
  const { unmapped } = manifest;
  if (unmapped.length === 0) return null;
  const total = unmapped.reduce((sum, one) => sum + one.count, 0);
  return (
    <Notice tone="warn" title={`変換できない文字が${total}件あります`}>
      <p>
        {manifest.unmappedWay === 'substitute'
          ? '次の文字は代替文字(〓)で出力しました。'
          : 'このため、ファイルは作成していません。UTF-8で作成するか、代替文字での出力を選んでください。'}
      </p>
      <ul className="flex flex-wrap gap-x-6 gap-y-1">
        {unmapped.map(({ glyph, count }) => (
          <li key={glyph}>{`「${glyph}」${variant.test(glyph) ? '(異体字)' : ''} ${count}件`}</li>
        ))}
      </ul>
    </Notice>
  );
}

/** 用紙, 送付物 and who got no label. */
function labelItems({ labelSheet, mailing, leftOut }: Manifest) {
  if (labelSheet === '') return [];
  const words = leftOutWords(leftOut);
  return [
    { label: exportTexts.labelSheet, value: labelSheetLabel(labelSheet) },
    { label: exportTexts.mailing, value: mailingLabel(mailing?.name ?? '') },
    { label: '宛名を印刷しなかった会員', value: words.length === 0 ? 'なし' : words.join('、') },
  ];
}

/** 件数 of the file; before it is made, of the list as it is now. */
function countText({ rowCount, expected }: Manifest): string {
  if (rowCount !== null) return `${rowCount.toLocaleString('ja-JP')}件`;
  return expected === undefined ? '－' : `${rowsWords(expected)}(現在の一覧)`;
}

function itemsOf(manifest: Manifest) {
  return [
    { label: '状態', value: manifest.shownLabel },
    { label: '対象', value: manifest.title },
    { label: '条件', value: manifest.conditionWords.join(' / ') },
    { label: '目的', value: [manifest.purposeLabel, manifest.purposeText].filter((part) => part !== '').join(':') },
    ...(manifest.recipient === '' ? [] : [{ label: '提供先', value: manifest.recipient }]),
    ...(manifest.sensitiveReason === '' ? [] : [{ label: '配慮を要する項目の理由', value: manifest.sensitiveReason }]),
    { label: '項目', value: manifest.columnLabels.join('、') },
    { label: '件数', value: countText(manifest) },
    { label: '基準日', value: formatDayPlain(manifest.baseOn) },
    { label: '形式', value: encodingLabel(manifest.encoding) },
    ...labelItems(manifest),
    { label: '作成者', value: manifest.actorName },
    { label: '依頼日時', value: formatInstant(manifest.createdAt) },
    { label: '作成日時', value: manifest.readyAt === null ? '－' : formatInstant(manifest.readyAt) },
    { label: '取得の期限', value: manifest.fetchUntil === null ? '－' : formatInstant(manifest.fetchUntil) },
    { label: '削除予定日', value: formatDayPlain(manifest.deleteBy) },
  ];
}

function digestsOf(manifest: Manifest) {
  return [
    { label: 'ファイルのSHA-256', value: <span className="break-all">{manifest.fileDigest}</span> },
    { label: '対象の番号のSHA-256', value: <span className="break-all">{manifest.idDigest}</span> },
  ];
}

/** The manifest: all that is known of the file but its rows. */
export function ManifestFacts({ manifest }: { manifest: Manifest }) {
  return (
    <>
      <Unmapped manifest={manifest} />
      <Section title="出力の内容">
        <DefinitionTable items={[...itemsOf(manifest), ...(manifest.fileDigest === '' ? [] : digestsOf(manifest))]} />
      </Section>
      {manifest.events.length === 0 ? null : (
        <Section title="取得と削除の記録">
          <DataTable
            caption="取得と削除の記録"
            columns={eventColumns}
            rows={manifest.events}
            rowKey={(event) => `${event.kind} ${event.at.toISOString()}`}
          />
        </Section>
      )}
    </>
  );
}
