import type { Day } from '#kernel/day.ts';
import { formatDay } from '#kernel/wareki.ts';
import type { Letter } from '#platform/render/letter.ts';
import { type LetterKind, letterTexts } from './labels.ts';

/** Words of the letters L-01 初期ログイン情報 and L-02 ログインの再設定 (`screens.md A-10, A-11`). Pure. */

export const letterTitles: Readonly<Record<LetterKind, string>> = {
  initial: '初期ログイン情報のお知らせ',
  reset: 'ログインの再設定のお知らせ',
};

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
      '2段階認証を設定していて、認証アプリもリカバリーコードも使えない場合は、再設定の画面で解除できます。',
      '運営事務局の職員が、パスワードを見ること、決めること、おたずねすることはありません。',
      'お申し出に心当たりがない場合は、この書状を破棄し、上記のお問合せ先までご連絡ください。',
    ],
  };
}
