import { formatLicence } from '#kernel/licence.ts';
import { formatDay, formatWareki } from '#kernel/wareki.ts';
import { formatYearMonth } from '#kernel/year-month.ts';
import type { YearMonth } from '#kernel/year-month.ts';
import type { Day } from '#kernel/day.ts';
import { sexLabel } from '#features/person/labels.ts';
import type { Profile } from '#features/person/schema.ts';

/** What A-08 shows of the entries of A-07, in their blocks. */

export type ReviewBlock = {
  title: string /** Shown, not to be changed here. */;
  fixed?: boolean;
  items: readonly { label: string; value: string; changed?: boolean }[];
};

/** Words that are no part of the profile itself. */
export type ReviewWords = {
  loginId: string;
  prefecture: (code: string) => string;
  department: (code: string) => string;
  school: string;
};

const licenceTitle = '医籍';
const item = (label: string, value: string) => ({ label, value });
const day = (value: Day) => `${formatDay(value)} ${formatWareki(value)}`;
const month = (value: YearMonth | undefined) => (value === undefined ? '' : formatYearMonth(value));
const hidden = '●●●●●●●●';

function names(profile: Profile): ReviewBlock[] {
  const former = [profile.formerSurname, profile.formerGivenName].filter((part) => part !== '').join(' ');
  const formerKana = [profile.formerSurnameKana, profile.formerGivenNameKana].filter((part) => part !== '').join(' ');
  return [
    {
      title: '氏名',
      items: [item('フリガナ', `${profile.surnameKana} ${profile.givenNameKana}`), item('氏名', `${profile.surname} ${profile.givenName}`)],
    },
    {
      title: '旧姓・旧名',
      items: [
        item('フリガナ', formerKana),
        item('旧姓・旧名', former),
        item('送付物の宛名に旧姓・旧名を使用する', profile.useFormerName ? 'はい' : 'いいえ'),
      ],
    },
  ];
}

function study(profile: Profile, words: ReviewWords): ReviewBlock[] {
  return [
    {
      title: '診療科',
      items: [
        item('主たる科名', words.department(profile.mainDepartment)),
        item('担当する科名', profile.departments.map(words.department).join('、')),
      ],
    },
    {
      title: '学歴',
      items: [
        item('出身校', words.school === '' ? profile.schoolText : words.school),
        item('卒業年月', month(profile.graduatedOn)),
        item('学位(大学・大学院名)', profile.degreeText),
        item('学位取得年月(博士号)', month(profile.degreeOn)),
        item('臨床研修修了(予定)年月', month(profile.trainingEndsOn)),
      ],
    },
    { title: '所属学会', items: [item('所属学会', [...profile.societies, ...profile.societyTexts].join('、'))] },
  ];
}

/** The entries in words, as the page shows them. */
export function reviewBlocks(profile: Profile, words: ReviewWords): ReviewBlock[] {
  return [
    { title: 'ログイン情報', items: [item('ログインID', words.loginId), item('パスワード', hidden)] },
    {
      title: licenceTitle,
      items: [item('医籍登録番号', formatLicence(profile.licenceNumber)), item('医籍登録日', day(profile.licensedOn))],
    },
    ...names(profile),
    {
      title: '自宅現住所',
      items: [
        item('郵便番号', profile.postalCode.replace(/^(\d{3})(\d{4})$/, '$1-$2')),
        item('住所', `${words.prefecture(profile.prefectureCode)}${profile.addressLine}`),
        item('建物名・部屋番号', profile.building),
      ],
    },
    { title: '連絡先', items: [item('TEL', profile.tel), item('FAX', profile.fax), item('メールアドレス', profile.mail)] },
    { title: '属性', items: [item('生年月日', day(profile.birthOn)), item('性別', sexLabel(profile.sex))] },
    ...study(profile, words),
  ];
}

/** Marks the entries that differ from what was there before; login ID and password are new by duty, the licence stands. */
export function withChanges(blocks: readonly ReviewBlock[], before: readonly ReviewBlock[]): ReviewBlock[] {
  const former = new Map(before.flatMap((block) => block.items.map((one) => [`${block.title} ${one.label}`, one.value])));
  return blocks.map((block, place) => ({
    ...block,
    fixed: block.title === licenceTitle,
    items: block.items.map((one) => {
      const known = former.get(`${block.title} ${one.label}`);
      return place > 0 && known !== undefined && known !== one.value ? { ...one, changed: true } : one;
    }),
  }));
}
