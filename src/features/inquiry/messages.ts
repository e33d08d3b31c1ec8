import { mostFiles } from './fields.ts';

/** What お問合せ says (`screens.md A-15, D-15, O-26, P-05`). */
export const inquiryTexts = {
  kind: 'お問合せの種類',
  application: '対象の申請',
  applicationNumber: '対象の申請の受付番号',
  name: 'お名前',
  kana: 'フリガナ',
  mail: 'メールアドレス',
  association: 'ご所属の医師会',
  body: 'お問合せ内容',
  files: '添付ファイル',
  reply: '返信',
  reason: '理由',
  desk: '担当',
  office: '医師会',
  noPassword: 'パスワードは記入しないでください。',
  done: (number: string) => `お問合せを受け付けました。受付番号:${number}`,
  empty: 'お問合せはありません。',
  beforeAsking: 'よくあるお問合せは、お問合せの前にご確認ください。',
  noSuchCase: '対象の申請が見つかりません。申請中の届の受付番号を入力してください',
  chooseCase: '対象の申請を選択してください',
  noSuchOffice: '医師会を検索して、候補から選択してください',
  sameDesk: '現在の担当と同じです。別の担当を選択してください',
  noHolder: '対応中の医師会がありません。別の担当を選択してください',
  chooseDesk: '担当を選択してください',
  tooManyFiles: `添付ファイルは${mostFiles}個までです`,
  fileGone: '添付ファイルの保存期間が過ぎました。もう一度選択してください',
  chooseAgain: 'ほかの項目の入力が済んでから、添付ファイルをもう一度選択してください',
  manyUploads: (minutes: number) => `添付ファイルの送信が続いています。${minutes}分ほど待つか、添付せずにお送りください。`,
  changed: 'ほかの方がこのお問合せを更新しました。最新の内容をご確認ください。',
  waitSeconds: (seconds: number) => `しばらく待ってからお試しください。${seconds}秒後に操作できます。`,
} as const;

type TransferFacts = {
  number: string;
  name: string;
  licence: string;
  from: string;
  leftOn: string;
  to: string;
  joinedOn: string;
  pension: boolean;
};

/** A day that a transfer does not have. */
export const unknownDay = '－';

/** What a desk of the JMA reads of a completed transfer (`rules.md 6`). */
export function transferTask(facts: TransferFacts): string {
  const ask = facts.pension
    ? '医師年金の手続き(退会日と入会日の間が空いていないか)をご確認ください。'
    : '医師賠償責任保険の手続き(日本医師会の入会日と会員区分)をご確認ください。';
  return [
    `異動届${facts.number}が完了しました`,
    `会員:${facts.name} 様(医籍登録番号:${facts.licence})`,
    `異動元:${facts.from} 退会日 ${facts.leftOn}`,
    `異動先:${facts.to} 入会日 ${facts.joinedOn}`,
    ask,
  ].join('\n');
}
