import type { Layer } from '#kernel/actor.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { isDay } from '#kernel/day.ts';
import type { AssociationSettings, RequiredDocument } from './schema.ts';

/** The fields of 環境設定 in the order of the screen, each with the plain sentences that say what it means (`screens.md O-21, D-07`). */

type Sentences = (settings: AssociationSettings, layer: Layer) => readonly string[];

export type SettingField = {
  code: keyof AssociationSettings;
  label: string;
  sentences: Sentences;
  /** Associations on these layers only; all when undefined. */
  layers?: readonly Layer[];
  /** Concerns how the office works, not any application. */
  internal?: boolean;
};

export const paperKindLabels: Record<RequiredDocument['kind'], string> = {
  join: '入会届',
  transfer: '異動届(医師会の異動)',
  change: '異動届(会員区分・施設の変更)',
  withdrawal: '退会届',
  death: '死亡による退会届',
  missing: '所在不明による退会届',
  proxy: '代理申請の依頼の書面',
};

export const twoPersonLabels: Record<AssociationSettings['twoPersonDecision'][number], string> = {
  join: '入会届',
  transfer: '異動届(医師会の異動)',
  change: '異動届(会員区分・施設の変更)',
  withdrawal: '退会届',
};

const upperLayers: Record<AssociationSettings['requiredUpperLayers'], string> = {
  none: '上位の医師会への入会は任意です。',
  prefecture: '都道府県医師会への入会が必要です。',
  all: '都道府県医師会と日本医師会への入会が必要です。',
};

const orders: Record<AssociationSettings['transferOrder'], string> = {
  parallel: '異動のとき、退会と入会の手続きは並行して進めます。',
  leave_first: '異動のとき、退会の手続きが終わってから、入会の手続きに進みます。',
  join_first: '異動のとき、入会の手続きが終わってから、退会の手続きに進みます。',
};

const dateRules: Record<AssociationSettings['dateRule'], string> = {
  wish: '入会日は、希望年月日をもとに決定します。',
  boardMeeting: '入会日は、理事会の開催日をもとに決定します。',
  firstOfMonth: '入会日は、月の1日とします。',
};

function upperSentence({ requiredUpperLayers }: AssociationSettings, layer: Layer): string {
  return layer === 2 && requiredUpperLayers === 'all' ? '日本医師会への入会が必要です。' : upperLayers[requiredUpperLayers];
}

function meetingSentence({ boardMeetings }: AssociationSettings): string {
  const days = boardMeetings.filter((on) => isDay(on)).map((on) => formatDayPlain(on));
  return days.length === 0 ? '理事会日程は登録されていません。' : `理事会は、${days.join('、')}に開催します。`;
}

function paperText({ title, required, note, form }: RequiredDocument): string {
  return `${title}(${required ? '必須' : '任意'}${note === '' ? '' : `。${note}`}${form === undefined ? '' : `。様式:${form.name}`})`;
}

/** What one kind of application must bring, as one sentence. */
export function paperSentence(settings: AssociationSettings, kind: RequiredDocument['kind']): string {
  const papers = settings.requiredDocuments.filter((paper) => paper.kind === kind).map(paperText);
  const about = paperKindLabels[kind];
  return papers.length === 0 ? `${about}に提出書類はありません。` : `${about}の提出書類は、${papers.join('、')}です。`;
}

function twoPersonSentence({ twoPersonDecision }: AssociationSettings): string {
  const kinds = twoPersonDecision.map((kind) => twoPersonLabels[kind]);
  return kinds.length === 0 ? '承認は、1名の担当者が行います。' : `${kinds.join('、')}の承認は、2名の担当者が行います。`;
}

const joining: readonly SettingField[] = [
  {
    code: 'requiredUpperLayers',
    label: '上層医師会への入会',
    layers: [2, 3, 4],
    sentences: (settings, layer) => [upperSentence(settings, layer)],
  },
  {
    code: 'allowUpperOnlyWithdrawal',
    label: '上層のみの退会',
    layers: [2, 3, 4],
    sentences: ({ allowUpperOnlyWithdrawal }) => [
      `上位の医師会だけを退会することを${allowUpperOnlyWithdrawal ? '認めます。' : '認めません。'}`,
    ],
  },
  { code: 'transferOrder', label: '異動時の退会の順序', sentences: ({ transferOrder }) => [orders[transferOrder]] },
  {
    code: 'transferWithdrawal',
    label: '異動時の退会',
    sentences: ({ transferWithdrawal }) => [
      transferWithdrawal === 'automatic'
        ? '異動届により、異動元の退会もあわせて処理します。'
        : '異動のときは、異動届とは別に退会届が必要です。',
    ],
  },
  {
    code: 'directJoin',
    label: '直接入会',
    layers: [2],
    sentences: ({ directJoin }) => [`郡市区等医師会を経由しない入会を${directJoin ? '認めます。' : '認めません。'}`],
  },
];

const dates: readonly SettingField[] = [
  {
    code: 'wishWindow',
    label: '希望年月日の範囲',
    sentences: ({ wishWindow }) => [`希望年月日は、申請する日の${wishWindow.back}日前から${wishWindow.ahead}日後まで指定できます。`],
  },
  {
    code: 'decisionWindow',
    label: '承認日付の範囲',
    sentences: ({ decisionWindow }) => [`承認の日付は、承認する日の${decisionWindow.back}日前から${decisionWindow.ahead}日後までです。`],
  },
  {
    code: 'farFuture',
    label: '1年以上先の日付',
    sentences: ({ farFuture }) => [
      farFuture === 'warn' ? '1年以上先の日付は、注意を表示したうえで承認できます。' : '1年以上先の日付では、承認できません。',
    ],
  },
  { code: 'dateRule', label: '入会日の決め方', sentences: ({ dateRule }) => [dateRules[dateRule]] },
  { code: 'boardMeetings', label: '理事会日程', sentences: (settings) => [meetingSentence(settings)] },
];

const work: readonly SettingField[] = [
  {
    code: 'requiredDocuments',
    label: '提出書類',
    sentences: (settings) =>
      [...new Set(settings.requiredDocuments.map((paper) => paper.kind))].map((kind) => paperSentence(settings, kind)),
  },
  {
    code: 'autoReceive',
    label: '受付の省略',
    sentences: ({ autoReceive }) => [autoReceive ? '届は、到着すると自動で受付されます。' : '届は、担当者が受付します。'],
  },
  {
    code: 'reminderDays',
    label: '督促の日数',
    sentences: ({ reminderDays }) => [`届いてから${reminderDays}日を過ぎた届は、期限超過として担当者に知らせます。`],
  },
  {
    code: 'acknowledgeDays',
    label: '確認の自動処理',
    sentences: ({ acknowledgeDays }) => [`確認待ちの届は、${acknowledgeDays}日を過ぎると自動で確認済になります。`],
  },
  { code: 'twoPersonDecision', label: '2名での承認', sentences: (settings) => [twoPersonSentence(settings)] },
  {
    code: 'exportThreshold',
    label: '大きな出力の承認',
    internal: true,
    sentences: ({ exportThreshold }) => [`${exportThreshold.toLocaleString('ja-JP')}行以上のデータ出力には、別の担当者の承認が必要です。`],
  },
];

const fields: readonly SettingField[] = [...joining, ...dates, ...work];

/** The fields that an association on this layer has. */
export function settingFields(layer: Layer): readonly SettingField[] {
  return fields.filter((field) => field.layers === undefined || field.layers.includes(layer));
}

/** The label of a setting by its code; undefined for a code that is none. */
export function settingLabelOf(code: string): string | undefined {
  return fields.find((field) => field.code === code)?.label;
}

export type SettingLine = { code: string; label: string; lines: readonly string[] };

/** All settings as label and sentences. */
export function settingLines(settings: AssociationSettings, layer: Layer): SettingLine[] {
  return settingFields(layer).map(({ code, label, sentences }) => ({ code, label, lines: sentences(settings, layer) }));
}

export type SettingChange = { code: string; label: string; before: readonly string[]; after: readonly string[]; changed: boolean };

/** Two versions side by side; a line is changed when its sentences differ. */
export function settingChanges(before: AssociationSettings, after: AssociationSettings, layer: Layer): SettingChange[] {
  return settingFields(layer).map(({ code, label, sentences }) => {
    const [was, is] = [sentences(before, layer), sentences(after, layer)];
    return { code, label, before: was, after: is, changed: was.join('\n') !== is.join('\n') };
  });
}
