import type { Day } from '#kernel/day.ts';
import { formatDay } from '#kernel/wareki.ts';
import type { Letter } from '#platform/render/letter.ts';

/** Words of the letters L-01 初期ログイン情報 and L-02 ログインの再設定, and of the page that prints them (`screens.md, P-04`). Pure. */

export const letterKinds = ['initial', 'reset'] as const;
export type LetterKind = (typeof letterKinds)[number];

export const letterTitles: Readonly<Record<LetterKind, string>> = {
  initial: '初期ログイン情報のお知らせ',
  reset: 'ログインの再設定のお知らせ',
};

export const kindLabels: Readonly<Record<LetterKind, string>> = {
  initial: '初期ログイン情報(まだログインしていない移行データの会員)',
  reset: 'ログインの再設定(書状のコード)',
};

/** 閲覧の目的 (`screens.md 6`). All but the first are at the doctor's own request. */
export const purposes = ['posting', 'lost', 'reset', 'other'] as const;
export type LetterPurpose = (typeof purposes)[number];

export const purposeLabels: Readonly<Record<LetterPurpose, string>> = {
  posting: '初期ログイン情報の書状の発行',
  lost: '初期ログイン情報の書状の再発行(本人の依頼)',
  reset: 'ログインの再設定(本人の依頼)',
  other: 'その他(本人の依頼)',
};

/** How the doctor has agreed (P-03). */
export const consents = ['tel', 'paper', 'office'] as const;
export const consentLabels: Readonly<Record<(typeof consents)[number], string>> = { tel: '電話', paper: '書面', office: '医師会を通じて' };

export const letterTexts = {
  title: 'ログイン情報の書状',
  kind: '書状の種類',
  purpose: '閲覧の目的',
  purposeNote: '閲覧の目的(補足)',
  consent: '本人の同意',
  consentMissing: '本人の同意を確認してください',
  consentHow: '同意の確認方法',
  consentOn: '同意を確認した日',
  wrongPurpose: 'ログインの再設定の書状は、本人の依頼による目的を選択してください',
  noMatch: '一致しません:確認できた項目のみで進めることはできません',
  notYet: 'この医師は、まだ自分のログイン情報をお持ちではありません。初期ログイン情報の書状を印刷してください。',
  noAddress: '住所が登録されていないため、書状を印刷できません。所属医師会に本人確認を依頼してください。',
  tooManyDoctor: (most: number) => `この医師への書状は、1日${most}通までです。`,
  tooManyAgent: (most: number) => `書状の印刷は、1日${most}通までです。`,
  printed: (at: string) => `${at} 印刷`,
  operations: 'MAMIS運営事務局',
} as const;

export type LetterFacts = {
  name: string;
  address: readonly string[];
  today: Day;
  /** Until when what stands in the letter can be used. */
  until: Day;
  origin: string;
  footer: string;
};

function around(facts: LetterFacts, kind: LetterKind): Pick<Letter, 'title' | 'date' | 'to' | 'from' | 'footer'> {
  return {
    title: letterTitles[kind],
    date: formatDay(facts.today),
    to: [...facts.address, `${facts.name} 様`],
    from: [letterTexts.operations, `お問合せ ${facts.origin}/contact`],
    footer: facts.footer,
  };
}

const untilRow = (until: Day) => ({ label: '有効期限', lines: [`${formatDay(until)}まで`] });

/** L-01: the login with which a migrated doctor begins. */
export function initialLetter(facts: LetterFacts, login: { loginId: string; password: string }): Letter {
  return {
    ...around(facts, 'initial'),
    before: [
      `${facts.name}様の登録情報を、日本医師会 会員情報管理システム(MAMIS)に引き継ぎました。次のログイン情報で初回ログインを行い、新しいログインIDとパスワードをお決めください。`,
    ],
    rows: [
      { label: 'ログインページ', lines: [`${facts.origin}/login`] },
      { label: '初期ログインID', lines: [login.loginId] },
      { label: '初期パスワード', lines: [login.password] },
      untilRow(facts.until),
    ],
    after: [
      'ログインIDとパスワードは、ハイフン(-)を含めて、書かれているとおりに入力してください。パスワードの英字は大文字です。数字の0と1、英字のI、L、Oは使われていません。',
      'ログインすると「初回ログイン」が開きます。ご本人確認のため生年月日を入力し、規約への同意、メールアドレスの確認のあと、登録されている内容をご確認ください。',
      '登録が終わると、この書状のログイン情報は使えなくなります。この書状は、ほかの人に見せず、登録が終わるまで大切に保管してください。',
      'あて名に心当たりがない場合は、お手数ですが、上記のお問合せ先までご連絡ください。',
    ],
  };
}

/** L-02: a code that opens パスワードの再設定 once. Nothing of the present login changes before. */
export function resetLetter(facts: LetterFacts, code: string): Letter {
  return {
    ...around(facts, 'reset'),
    before: ['お申し出により、ログインの再設定に使うコードをお送りします。次のページで、医籍登録番号、生年月日とともに入力してください。'],
    rows: [
      { label: '入力するページ', lines: [`${facts.origin}/recover/letter`] },
      { label: '書状のコード', lines: [code] },
      untilRow(facts.until),
      { label: '使用できる回数', lines: ['1回'] },
    ],
    after: [
      'ログインID・パスワードは変更されません。ご本人が再設定するまで、現在のものが有効です。',
      '運営事務局の職員が、パスワードを見ること、決めること、おたずねすることはありません。',
      'お申し出に心当たりがない場合は、この書状を破棄し、上記のお問合せ先までご連絡ください。',
    ],
  };
}
