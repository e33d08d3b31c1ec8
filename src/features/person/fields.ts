import type { Day } from '#kernel/day.ts';
import { formatLicence } from '#kernel/licence.ts';
import { formatDay, formatWareki } from '#kernel/wareki.ts';
import { formatYearMonth, type YearMonth } from '#kernel/year-month.ts';
import { sexLabel } from './labels.ts';
import type { Profile, ShownChange } from './schema.ts';

/** The profile field set in words, block by block, D-03, O-08, O-09. */

export type ProfileItem = { key: string; label: string; value: string; changed?: boolean };

export type ProfileBlock = {
  code: string;
  title: string;
  /** Shown, not to be changed here. */
  fixed?: boolean;
  items: readonly ProfileItem[];
};

/** Words of the masters that a profile names by code. */
export type ProfileWords = {
  prefecture: (code: string) => string;
  department: (code: string) => string;
  school: (code: string) => string;
};

const titles = {
  licence: '医籍',
  name: '氏名',
  formerName: '旧姓・旧名',
  address: '自宅現住所',
  contact: '連絡先',
  attribute: '属性',
  department: '診療科',
  study: '学歴',
  society: '所属学会',
  mailing: '送付物設定',
} as const;

/** Codes of the blocks; 送付物設定 (D-04) counts as one where changes are told. */
export type BlockCode = keyof typeof titles;

function isBlock(code: string): code is BlockCode {
  return Object.hasOwn(titles, code);
}

/** The title of a block by its code. */
export function blockTitle(code: string): string {
  return isBlock(code) ? titles[code] : code;
}

const head = (code: BlockCode) => ({ code, title: titles[code] });
const item = (key: string, label: string, value: string): ProfileItem => ({ key, label, value });
const day = (value: Day) => `${formatDay(value)} ${formatWareki(value)}`;
const month = (value: YearMonth | undefined) => (value === undefined ? '' : formatYearMonth(value));
const joined = (...parts: string[]) => parts.filter((part) => part !== '').join(' ');

function names(profile: Profile): ProfileBlock[] {
  return [
    {
      ...head('name'),
      items: [
        item('surnameKana', 'フリガナ', `${profile.surnameKana} ${profile.givenNameKana}`),
        item('surname', '氏名', `${profile.surname} ${profile.givenName}`),
      ],
    },
    {
      ...head('formerName'),
      items: [
        item('formerSurnameKana', 'フリガナ', joined(profile.formerSurnameKana, profile.formerGivenNameKana)),
        item('formerSurname', '旧姓・旧名', joined(profile.formerSurname, profile.formerGivenName)),
        item('useFormerName', '送付物の宛名に旧姓・旧名を使用する', profile.useFormerName ? 'はい' : 'いいえ'),
      ],
    },
  ];
}

function places(profile: Profile, words: ProfileWords): ProfileBlock[] {
  return [
    {
      ...head('address'),
      items: [
        item('postalCode', '郵便番号', profile.postalCode.replace(/^(\d{3})(\d{4})$/, '$1-$2')),
        item('addressLine', '住所', `${words.prefecture(profile.prefectureCode)}${profile.addressLine}`),
        item('building', '建物名・部屋番号', profile.building),
      ],
    },
    {
      ...head('contact'),
      items: [item('tel', 'TEL', profile.tel), item('fax', 'FAX', profile.fax), item('mail', 'メールアドレス', profile.mail)],
    },
  ];
}

function study(profile: Profile, words: ProfileWords): ProfileBlock[] {
  const school = profile.schoolCode === '' ? '' : words.school(profile.schoolCode);
  return [
    {
      ...head('department'),
      items: [
        item('mainDepartment', '主たる科名', words.department(profile.mainDepartment)),
        item('departments', '担当する科名', profile.departments.map(words.department).join('、')),
      ],
    },
    {
      ...head('study'),
      items: [
        item('schoolCode', '出身校', school === '' ? profile.schoolText : school),
        item('graduatedOn', '卒業年月', month(profile.graduatedOn)),
        item('degreeText', '学位(大学・大学院名)', profile.degreeText),
        item('degreeOn', '学位取得年月(博士号)', month(profile.degreeOn)),
        item('trainingEndsOn', '臨床研修修了(予定)年月', month(profile.trainingEndsOn)),
      ],
    },
    {
      ...head('society'),
      items: [item('societyTexts', '所属学会', [...profile.societies, ...profile.societyTexts].join('、'))],
    },
  ];
}

/** A profile in words; every item is keyed by (one of) its fields. */
export function profileBlocks(profile: Profile, words: ProfileWords): ProfileBlock[] {
  return [
    {
      ...head('licence'),
      items: [
        item('licenceNumber', '医籍登録番号', formatLicence(profile.licenceNumber)),
        item('licensedOn', '医籍登録日', day(profile.licensedOn)),
      ],
    },
    ...names(profile),
    ...places(profile, words),
    {
      ...head('attribute'),
      items: [item('birthOn', '生年月日', day(profile.birthOn)), item('sex', '性別', sexLabel(profile.sex))],
    },
    ...study(profile, words),
  ];
}

/** Two states of one profile, line by line. */
export function comparedBlocks(before: readonly ProfileBlock[], after: readonly ProfileBlock[]): (ShownChange & { changed: boolean })[] {
  const former = new Map(before.flatMap((block) => block.items.map((one) => [`${block.code}.${one.key}`, one.value])));
  return after.flatMap((block) =>
    block.items.map((one) => {
      const old = former.get(`${block.code}.${one.key}`) ?? '';
      return {
        block: block.code,
        key: one.key,
        label: block.title === one.label ? one.label : `${block.title} ${one.label}`,
        before: old,
        after: one.value,
        changed: old !== one.value,
      };
    }),
  );
}

/** The lines that differ, as they are kept. */
export function shownChangesOf(before: readonly ProfileBlock[], after: readonly ProfileBlock[]): ShownChange[] {
  return comparedBlocks(before, after)
    .filter((one) => one.changed)
    .map(({ changed: _changed, ...line }) => line);
}

/** Marks the entries that differ from what was there before; the licence stands there. */
export function withChanges(blocks: readonly ProfileBlock[], before: readonly ProfileBlock[]): ProfileBlock[] {
  const changed = new Set(shownChangesOf(before, blocks).map((one) => `${one.block}.${one.key}`));
  return blocks.map((block) => ({
    ...block,
    fixed: block.code === 'licence',
    items: block.items.map((one) => (changed.has(`${block.code}.${one.key}`) ? { ...one, changed: true } : one)),
  }));
}
