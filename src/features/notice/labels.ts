import type { Day } from '#kernel/day.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
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
};

const sexLabels = { male: '男', female: '女', undisclosed: '回答しない' } as const;

/** 性別 to choose from. */
export const sexOptions: readonly Option[] = sexes.map((value) => ({ value, label: sexLabels[value] }));

/** A condition in words, a line for each part. */
export function conditionLines(condition: NoticeCondition, choices: NoticeChoices): string[] {
  const named = (label: string, codes: readonly string[] | undefined, options: readonly Option[]) =>
    codes === undefined ? [] : [`${label}:${codes.map((code) => options.find((one) => one.value === code)?.label ?? code).join('、')}`];
  const { categories, jma, lower, works, facility, positions, designations, sex, owners, departments } = condition;
  const { ageFrom, ageTo, training, selection } = condition;
  return [
    ...named('会員区分', categories?.map(String), choices.memberCategories),
    ...(jma === undefined ? [] : [`日医加入:${jma ? 'あり' : 'なし'}`]),
    ...named('下層医師会', lower === undefined ? undefined : [String(lower)], choices.lower),
    ...(facility === undefined ? [] : [`所属施設:「${facility}」で始まる施設`]),
    ...named('施設・業務', works, choices.works),
    ...named('役職', positions, choices.positions),
    ...named('指定医', designations, choices.designations),
    ...named('開設主体', owners, choices.owners),
    ...named('主たる科名', departments, choices.departments),
    ...(sex === undefined ? [] : [`性別:${sexLabels[sex]}`]),
    ...(ageFrom === undefined && ageTo === undefined ? [] : [`年齢:${ageFrom ?? ''}～${ageTo ?? ''}歳`]),
    ...(training === true ? ['臨床研修中'] : []),
    ...(selection === undefined ? [] : ['会員一覧で選択した会員']),
  ];
}
