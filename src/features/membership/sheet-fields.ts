import type { Day } from '#kernel/day.ts';
import { formatPost } from '#kernel/fold-input.ts';
import { formatDayPlain, formatInstant } from '#kernel/wareki.ts';
import { sexLabel } from '#features/person/labels.ts';
import type { SheetColumn } from '#platform/sheet/list-definition.ts';
import { markLabel } from './fields.ts';
import { nameOnLabel } from './postal-label.ts';
import type { MemberFilter } from './queries/member-filter.ts';
import type { MemberLine } from './queries/members.ts';

/** Columns and words of 会員一覧 as a file (`screens.md §9`). */

/** What only the file shows of a person. */
export type MemberFacts = {
  personId: string;
  licensedOn: Day;
  surname: string;
  givenName: string;
  surnameKana: string;
  givenNameKana: string;
  formerSurname: string;
  formerGivenName: string;
  useFormerName: boolean;
  birthOn: Day;
  sex: string;
  postalCode: string;
  prefectureCode: string;
  addressLine: string;
  building: string;
  tel: string;
  fax: string;
  mail: string;
  departments: string[];
  schoolCode: string;
  schoolText: string;
  graduatedOn: string;
};

/** A workplace and category of a person through time. */
export type MemberWork = {
  personId: string;
  startsOn: Day;
  endsOn: Day | null;
  categoryCode: string;
  leftReason: string;
  facilityName: string;
  facilityPostalCode: string;
  facilityAddress: string;
  facilityTel: string;
  facilityFax: string;
  ownerType: string;
  workCode: string;
  positionCode: string;
  positionText: string;
  designations: string[];
};

/** Without what must not be shown any more (`screens.md O-08`). */
export function withoutContact(facts: MemberFacts): MemberFacts {
  return { ...facts, postalCode: '', prefectureCode: '', addressLine: '', building: '', tel: '', fax: '', mail: '' };
}

export type MemberSheetRow = { line: MemberLine; facts: MemberFacts | undefined; work: MemberWork | undefined; word: CodeWord };

export const memberSheetTitle = '会員一覧';
export const facilityMembersTitle = '施設の所属会員';

type Column = SheetColumn<MemberSheetRow>;

const month = (text: string) => text.replace('-', '/');
const ofPerson = (code: string, label: string, text: (facts: MemberFacts, word: CodeWord) => string): Column => ({
  code,
  label,
  text: ({ facts, word }) => (facts === undefined ? '' : text(facts, word)),
});
const secret = (column: Column): Column => ({ ...column, sensitive: true });
const ofWork = (code: string, label: string, text: (work: MemberWork, word: CodeWord) => string): Column => ({
  code,
  label,
  text: ({ work, word }) => (work === undefined ? '' : text(work, word)),
});

const licence: Column = { code: 'licence', label: '医籍登録番号', text: ({ line }) => line.licence };
const category: Column = { code: 'category', label: '会員区分', text: ({ line }) => line.category };
const joinedOn: Column = {
  code: 'joinedOn',
  label: '入会日',
  text: ({ line }) => (line.joinedOn === null ? '' : formatDayPlain(line.joinedOn)),
};

function positionOf(work: MemberWork, word: CodeWord): string {
  if (work.positionCode === '') return '';
  return `${word('position', work.positionCode)}${work.positionText === '' ? '' : `(${work.positionText})`}`;
}

const person: readonly Column[] = [
  licence,
  ofPerson('licensedOn', '医籍登録日', (facts) => formatDayPlain(facts.licensedOn)),
  ofPerson('surnameKana', 'セイ', (facts) => facts.surnameKana),
  ofPerson('givenNameKana', 'メイ', (facts) => facts.givenNameKana),
  ofPerson('surname', '姓', (facts) => facts.surname),
  ofPerson('givenName', '名', (facts) => facts.givenName),
  ofPerson('formerSurname', '旧姓', (facts) => facts.formerSurname),
  ofPerson('formerGivenName', '旧名', (facts) => facts.formerGivenName),
  secret(ofPerson('birthOn', '生年月日', (facts) => formatDayPlain(facts.birthOn))),
  ofPerson('sex', '性別', (facts) => sexLabel(facts.sex)),
  secret(ofPerson('postalCode', '郵便番号', (facts) => formatPost(facts.postalCode))),
  secret(ofPerson('prefecture', '都道府県', (facts, word) => word('prefecture', facts.prefectureCode))),
  secret(ofPerson('addressLine', '市区町村番地', (facts) => facts.addressLine)),
  secret(ofPerson('building', '建物', (facts) => facts.building)),
  secret(ofPerson('tel', 'TEL', (facts) => facts.tel)),
  secret(ofPerson('fax', 'FAX', (facts) => facts.fax)),
  secret(ofPerson('mail', 'メールアドレス', (facts) => facts.mail)),
  { code: 'mainDepartment', label: '主たる科名', text: ({ line }) => line.department },
  ofPerson('departments', '担当する科名', (facts, word) => facts.departments.map((code) => word('department', code)).join('、')),
  ofPerson('school', '出身校', (facts, word) => (facts.schoolCode === '' ? facts.schoolText : word('school', facts.schoolCode))),
  ofPerson('graduatedOn', '卒業年月', (facts) => month(facts.graduatedOn)),
];

const membership: readonly Column[] = [
  ofWork('categoryCode', '会員区分コード', (work) => work.categoryCode),
  category,
  { code: 'jmaCategory', label: '日医会員区分', text: ({ line }) => line.jmaCategory },
  joinedOn,
  { code: 'leftOn', label: '退会日', text: ({ line }) => (line.leftOn === null ? '' : formatDayPlain(line.leftOn)) },
  ofWork('leftReason', '退会事由', (work, word) => word('reason.withdrawal', work.leftReason)),
];

const workplace: readonly Column[] = [
  ofWork('facility', '所属施設名', (work) => work.facilityName),
  ofWork('facilityPostalCode', '施設郵便番号', (work) => formatPost(work.facilityPostalCode)),
  ofWork('facilityAddress', '施設住所', (work) => work.facilityAddress),
  ofWork('facilityTel', '施設TEL', (work) => work.facilityTel),
  ofWork('facilityFax', '施設FAX', (work) => work.facilityFax),
  ofWork('ownerType', '開設主体', (work, word) => word('ownerType', work.ownerType)),
  ofWork('work', '施設・業務', (work, word) => word('work', work.workCode)),
  ofWork('position', '役職', positionOf),
  ofWork('designations', '指定医', (work, word) => work.designations.map((code) => word('designation', code)).join('、')),
];

const mailing: readonly Column[] = [
  { code: 'sendTo', label: '文書送付先', text: ({ line }) => line.sendTo },
  {
    code: 'addressee',
    label: '宛名',
    text: ({ line, facts }) => (facts === undefined || line.died ? '' : nameOnLabel(facts, facts.useFormerName)),
  },
];

/** 会員一覧, in the order of `screens.md §9`. */
export const memberSheetColumns: readonly Column[] = [...person, ...membership, ...workplace, ...mailing];

/** 施設の所属会員: what a facility is told before anything is lent to it (`screens.md O-14`); the rest only when ticked. */
export const facilityMemberColumns: readonly Column[] = [
  { code: 'name', label: '氏名', text: ({ line }) => line.name },
  { code: 'kana', label: 'フリガナ', text: ({ line }) => line.kana },
  licence,
  category,
  joinedOn,
  ...[...person, ...membership, ...workplace, ...mailing]
    .filter(({ code }) => code !== licence.code && code !== category.code && code !== joinedOn.code)
    .map((column) => ({ ...column, spare: true })),
];

/** The word that a code of a list stands for; `category` and `association` are numbers as text. */
export type CodeWord = (list: string, code: string) => string;

const statusWords: Record<MemberFilter['status'], string> = {
  current: '在籍',
  left: '退会',
  joining: '入会予定',
  leaving: '退会予定',
  all: 'すべて',
};

/** 在籍状況 as a condition, in the order of the boxes. */
export const statusOptions = Object.entries(statusWords).map(([value, label]) => ({ value, label }));

function span(label: string, from: string | undefined, to: string | undefined): string[] {
  return from === undefined && to === undefined ? [] : [`${label}:${from ?? ''}～${to ?? ''}`];
}

function named(label: string, text: string | number | undefined): string[] {
  return text === undefined || text === '' ? [] : [`${label}:${text}`];
}

const dayWord = (on: Day | undefined) => (on === undefined ? undefined : formatDayPlain(on));
const textOf = (value: number | undefined) => (value === undefined ? undefined : String(value));

/** The conditions of 会員情報管理 in words, for 保存した条件 and the manifest of a file. */
export function memberWords(filter: MemberFilter, word: CodeWord = (_list, code) => code): string[] {
  const coded = (label: string, list: string, code: string | number | undefined) =>
    named(label, code === undefined || code === '' ? '' : word(list, String(code)));
  return [
    `在籍状況:${statusWords[filter.status]}`,
    ...named('対象', filter.selection === '' ? '' : '会員一覧で選択した会員'),
    ...named('基準日', dayWord(filter.on)),
    ...named('記録の時点', filter.knownAt === undefined ? '' : formatInstant(filter.knownAt)),
    ...named('氏名/フリガナ', filter.name),
    ...named('医籍登録番号', filter.licence),
    ...coded('会員区分', 'category', filter.category),
    ...coded('日医会員区分', 'category', filter.jmaCategory),
    ...named('日医加入', filter.jma === '' ? '' : filter.jma === 'yes' ? 'あり' : 'なし'),
    ...coded('下層医師会', 'association', filter.below),
    ...named('所属施設', filter.facility),
    ...named('所属施設', filter.facilityId === '' ? '' : '一つの施設のみ'),
    ...coded('開設主体', 'ownerType', filter.ownerType),
    ...coded('施設・業務', 'work', filter.work),
    ...coded('役職', 'position', filter.position),
    ...coded('指定医', 'designation', filter.designation),
    ...coded('主たる科名', 'department', filter.department),
    ...named('性別', sexLabel(filter.sex)),
    ...span('年齢', textOf(filter.ageFrom), textOf(filter.ageTo)),
    ...coded('出身校', 'school', filter.school),
    ...span('卒業年', textOf(filter.graduatedFrom), textOf(filter.graduatedTo)),
    ...span('入会日', dayWord(filter.joinedFrom), dayWord(filter.joinedTo)),
    ...span('退会日', dayWord(filter.leftFrom), dayWord(filter.leftTo)),
    ...coded('退会事由', 'reason.withdrawal', filter.leftReason),
    ...named('状態', filter.mark.map(markLabel).join('、')),
  ];
}
