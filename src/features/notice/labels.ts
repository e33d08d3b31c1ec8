import type { Day } from '#kernel/day.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { markLabel, memberMarks } from '#features/membership/fields.ts';
import type { NoticeCondition } from './condition.ts';
import { sexes } from './condition.ts';
import type { ShownState } from './flow.ts';
import { isToOffices } from './rules.ts';
import type { NoticeTarget } from './schema.ts';

/** Words of お知らせ on screens (`screens.md O-16`). */

export const shownStateLabels: Readonly<Record<ShownState, string>> = {
  draft: '下書き',
  scheduled: '予約',
  running: '掲載中',
  over: '終了',
};

type Tone = 'neutral' | 'info' | 'success';

export const shownStateTones: Readonly<Record<ShownState, Tone>> = {
  draft: 'neutral',
  scheduled: 'info',
  running: 'success',
  over: 'neutral',
};

export const targetLabels: Readonly<Record<NoticeTarget, string>> = {
  members: '自医師会の会員すべて',
  condition: '条件',
  lowerOffices: '下層の医師会事務局',
  lowerMembers: '下層の会員',
  public: '公開(ログイン画面)',
  allDoctors: '全医師',
  allOffices: '全医師会事務局',
};

/** 「2026/04/01 ～ 2026/04/30」; open where no last day was given. */
export function periodText(startsOn: Day | null, endsOn: Day | null): string {
  if (startsOn === null) return '－';
  return `${formatDayPlain(startsOn)} ～${endsOn === null ? '' : ` ${formatDayPlain(endsOn)}`}`;
}

/** 「対象者:120名」, or offices; empty where nobody is counted. */
export function readersText(target: NoticeTarget | null, count: number | null): string {
  if (count === null || target === null || target === 'public') return '';
  const number = count.toLocaleString('ja-JP');
  return isToOffices(target) ? `対象:${number}か所の医師会事務局` : `対象者:${number}名`;
}

export type Option = { value: string; label: string };

/** What the boxes of the form can be filled with. */
export type NoticeChoices = {
  categories: Option[];
  targets: Option[];
  memberCategories: Option[];
  lower: Option[];
  works: Option[];
  positions: Option[];
  designations: Option[];
  owners: Option[];
  departments: Option[];
  /** Empty where the own categories are those of 日本医師会. */
  jmaCategories: Option[];
  schools: Option[];
  leftReasons: Option[];
};

const sexLabels = { male: '男', female: '女', undisclosed: '回答しない' } as const;

/** 性別 to choose from. */
export const sexOptions: readonly Option[] = sexes.map((value) => ({ value, label: sexLabels[value] }));

/** 状態 to choose from (`screens.md O-07`). */
export const markOptions: readonly Option[] = memberMarks.map((value) => ({ value, label: markLabel(value) }));

function span(label: string, from: string | number | undefined, to: string | number | undefined): string[] {
  return from === undefined && to === undefined ? [] : [`${label}:${from ?? ''}～${to ?? ''}`];
}

const dayWord = (on: Day | undefined) => (on === undefined ? undefined : formatDayPlain(on));
const one = (value: number | undefined) => (value === undefined ? undefined : [String(value)]);

/** A condition in words, a line for each part, in the order of 会員情報管理. */
export function conditionLines(condition: NoticeCondition, choices: NoticeChoices): string[] {
  const named = (label: string, codes: readonly string[] | undefined, options: readonly Option[]) =>
    codes === undefined ? [] : [`${label}:${codes.map((code) => options.find(({ value }) => value === code)?.label ?? code).join('、')}`];
  const { name, licence, leaving, jma, facility, sex, marks, selection } = condition;
  return [
    ...(selection === undefined ? [] : ['会員一覧で選択した会員']),
    ...(name === undefined ? [] : [`氏名/フリガナ:「${name}」で始まる会員`]),
    ...(licence === undefined ? [] : [`医籍登録番号:${licence}`]),
    ...(leaving === true ? ['在籍状況:退会予定'] : []),
    ...named('会員区分', condition.categories?.map(String), choices.memberCategories),
    ...named('日医会員区分', condition.jmaCategories?.map(String), choices.jmaCategories),
    ...(jma === undefined ? [] : [`日医加入:${jma ? 'あり' : 'なし'}`]),
    ...named('下層医師会', one(condition.lower), choices.lower),
    ...(facility === undefined ? [] : [`所属施設:「${facility}」で始まる施設`]),
    ...named('開設主体', condition.owners, choices.owners),
    ...named('施設・業務', condition.works, choices.works),
    ...named('役職', condition.positions, choices.positions),
    ...named('指定医', condition.designations, choices.designations),
    ...named('主たる科名', condition.departments, choices.departments),
    ...(sex === undefined ? [] : [`性別:${sexLabels[sex]}`]),
    ...span('年齢(歳)', condition.ageFrom, condition.ageTo),
    ...named('出身校', condition.schools, choices.schools),
    ...span('卒業年', condition.graduatedFrom, condition.graduatedTo),
    ...span('入会日', dayWord(condition.joinedFrom), dayWord(condition.joinedTo)),
    ...span('退会日', dayWord(condition.leftFrom), dayWord(condition.leftTo)),
    ...named('退会事由', condition.leftReasons, choices.leftReasons),
    ...named('状態', marks, markOptions),
  ];
}
