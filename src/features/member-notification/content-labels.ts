import type { Day } from '#kernel/day.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import type { ShownChange } from '#features/person/schema.ts';
import type { Deed } from './labels.ts';
import { fieldText, sourceLabels } from './labels.ts';

/** 内容 and 発生元 of a notification in words (`screens.md O-15`). */

export type Told = {
  deed: Deed;
  about: string;
  also: readonly string[];
  /** How many more associations a file changed. */
  more: number;
  on: Day | null;
  categoryBefore: string | null;
  categoryAfter: string | null;
  fields: readonly string[];
  /** 登録情報の変更, item by item; none where the change is not to be seen any more. */
  changes: readonly ShownChange[];
};

type Content = { before: string; after: string };

const nothing = '';

function whereText({ about, also }: Told): string {
  return [about, ...also].filter((name) => name !== '').join('、');
}

function onText(on: Day | null): string {
  return on === null ? '' : ` ${formatDayPlain(on)}`;
}

function inBrackets(text: string | null): string {
  return text === null || text === '' ? '' : `(${text})`;
}

const contents: Readonly<Record<Deed, (told: Told) => Content>> = {
  joined: (told) => ({ before: nothing, after: `${whereText(told)} 入会日${onText(told.on)}${inBrackets(told.categoryAfter)}` }),
  left: (told) => ({ before: nothing, after: `${whereText(told)} 退会日${onText(told.on)}` }),
  categoryChanged: (told) => ({
    before: `${told.about} ${told.categoryBefore ?? '－'}`,
    after: `${told.categoryAfter ?? '－'}${told.on === null ? '' : `(${formatDayPlain(told.on)}から)`}`,
  }),
  moved: (told) => ({ before: nothing, after: `${told.about} 異動日${onText(told.on)}${inBrackets(told.categoryAfter)}` }),
  rejected: (told) => ({ before: nothing, after: `${told.about} 非承認` }),
  revoked: (told) => ({ before: told.on === null ? nothing : `${told.about} 承認${onText(told.on)}`, after: `${told.about} 承認の取消` }),
  died: (told) => ({ before: nothing, after: `死亡の登録${told.on === null ? '' : `(死亡日${onText(told.on)})`}` }),
  deathWithdrawn: () => ({ before: '死亡の登録', after: '死亡登録の取消' }),
  missing: () => ({ before: nothing, after: '所在不明による退会届の入力' }),
  objected: () => ({ before: nothing, after: '代理申請に心当たりがないとの申出' }),
  profileChanged,
  mailUndeliverable: () => ({ before: nothing, after: 'メールが届きませんでした' }),
  trainingEnds: (told) => ({ before: nothing, after: `臨床研修の修了${onText(told.on)}` }),
  waiverEnds: (told) => ({ before: nothing, after: `会費減免の終了${onText(told.on)}` }),
  infoChanged: (told) => ({ before: nothing, after: `${told.about} 医師会情報が変更されました。${inDays(told.on)}` }),
  masterChanged: (told) => ({
    before: nothing,
    after: `${told.about}${moreText(told.more)} 医師会マスタの情報が変更されました。${inDays(told.on)}`,
  }),
  openingWithdrawn: (told) => ({
    before: nothing,
    after: `${told.about} 設立の予約が取り消されました。${told.on === null ? '' : `(設立日 ${formatDayPlain(told.on)})`}`,
  }),
  settingsChanged: (told) => ({ before: nothing, after: `${told.about} 環境設定が登録されました。${inDays(told.on)}` }),
  settingsWithdrawn: (told) => ({ before: nothing, after: `${told.about} 環境設定の予定が取り消されました。` }),
};

/** 「 ほか499件」: a file tells once, with the number (`screens.md J-02`). */
function moreText(more: number): string {
  return more === 0 ? '' : ` ほか${more}件`;
}

function inDays(on: Day | null): string {
  return on === null ? '' : `(適用日 ${formatDayPlain(on)})`;
}

/** Home address, telephone, mail and birth: that they changed is news, what they are stands with the person himself (O-08). */
const unsaid: ReadonlySet<string> = new Set(['postalCode', 'addressLine', 'building', 'tel', 'fax', 'mail', 'birthOn']);

const longestValue = 30;

function valueText(value: string): string {
  const letters = [...value];
  if (letters.length === 0) return '(なし)';
  return letters.length > longestValue ? `${letters.slice(0, longestValue).join('')}…` : value;
}

/** 「項目: 前 → 後」 of each item that may be told, the name alone of the others. */
function changeLines({ changes }: Told): string[] {
  return changes.map(({ key, label, before, after }) => (unsaid.has(key) ? label : `${label}: ${valueText(before)} → ${valueText(after)}`));
}

/** One side of all items, for a file with a column for each. */
function profileChanged(told: Told): Content {
  const { changes, fields } = told;
  if (changes.length === 0) return { before: nothing, after: fieldText(fields) };
  const open = changes.filter(({ key }) => !unsaid.has(key));
  const side = (texts: readonly string[]) => texts.join('、');
  return {
    before: side(open.map(({ label, before }) => `${label}: ${valueText(before)}`)),
    after: side(changes.map(({ key, label, after }) => (unsaid.has(key) ? label : `${label}: ${valueText(after)}`))),
  };
}

/** 内容 before and after, and line by line where several items changed. */
export function contentOf(told: Told): Content & { lines: readonly string[] } {
  return { ...contents[told.deed](told), lines: changeLines(told) };
}

/** 内容 on one line: before → after. */
export function contentLine(told: Told): string {
  const { before, after, lines } = contentOf(told);
  if (lines.length > 0) return lines.join('、');
  return before === '' ? after : `${before} → ${after}`;
}

/** 発生元: 本人 / {医師会} / システム. */
export function sourceText(source: string, association: string | null): string {
  if (source === 'office') return association ?? '';
  return source === 'person' ? sourceLabels.person : sourceLabels.system;
}
