import type { Delivery } from './rules.ts';

/** 状態 in the words of P-08. */
export const deliveryLabels: Readonly<Record<Delivery, string>> = {
  waiting: '待ち',
  sent: '送信済',
  again: '再送中',
  undelivered: '不達',
  stopped: '中止',
};

/** What each kind of mail is about: a code alone says nothing to who looks for one (`screens.md` 8). */
export const templateNames: Readonly<Record<string, string>> = {
  'M-01': 'メールアドレスの確認',
  'M-02': '登録済みの方への案内',
  'M-03': '利用者登録の完了、マイページの案内',
  'M-04': 'パスワードの再設定',
  'M-05': 'ログイン情報の変更',
  'M-06': 'ログインIDの案内',
  'M-09': '変更後のアドレスの確認',
  'M-10': '申請の受付',
  'M-11': '医師会の受付',
  'M-12': '承認',
  'M-13': '手続きの完了',
  'M-14': '差戻し',
  'M-15': '審査結果',
  'M-16': '取消・取下げ',
  'M-17': '申請に関する連絡',
  'M-18': '有効になる日の案内',
  'M-19': '代理入力',
  'M-20': '承認取消・退会取消',
  'M-22': '一時保存の期限',
  'M-23': '臨床研修の修了',
  'M-24': '会費免除の終了',
  'M-25': '異動先への入会の案内',
  'M-26': '在籍証明書の発行',
  'M-27': '登録情報の変更',
  'M-30': '事務局への招待',
  'M-31': '有効期間の案内',
  'M-32': '管理者不在のおそれ',
  'M-33': 'お問合せの受付',
  'M-34': 'お問合せへの回答',
  'M-40': '新しい申請',
  'M-41': '処理待ちの申請',
  'M-42': '再申請',
  'M-43': '確認が必要な退会',
  'M-44': '会員関連通知',
  'M-45': '承認・退会の取消',
  'M-48': 'データ出力',
  'M-53': '異動に伴う確認',
  'M-54': 'お知らせ',
  'M-55': '操作履歴の検証',
  'M-56': '在籍証明書の無効',
};

/** `M-05 ログイン情報の変更`; a kind without a name stands as its code. */
export function templateLabel(template: string): string {
  const name = templateNames[template];
  return name === undefined ? template : `${template} ${name}`;
}

export const words = {
  state: '状態',
  template: '種類',
  from: '期間(開始)',
  to: '期間(終了)',
  resent: '再送します。',
  stopped: '送信を中止しました。',
  otherAddress: '宛先が現在の登録メールアドレスと異なるため、再送できません。',
  passed: 'このメールの状態が変わっています。最新の内容をご確認ください。',
} as const;
