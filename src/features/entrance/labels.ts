/** Words and codes of the page that prints letters with login information (`screens.md P-04`). */

export const letterKinds = ['initial', 'reset'] as const;
export type LetterKind = (typeof letterKinds)[number];

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
