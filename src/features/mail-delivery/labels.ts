import type { Delivery } from './rules.ts';

/** 状態 in the words of P-08. */
export const deliveryLabels: Readonly<Record<Delivery, string>> = {
  waiting: '待ち',
  sent: '送信済',
  again: '再送中',
  undelivered: '不達',
  stopped: '中止',
};

export const words = {
  state: '状態',
  template: '種類',
  from: '期間(開始)',
  to: '期間(終了)',
  resent: '再送します。',
  stopped: '送信を中止しました。',
  otherAddress: '宛先が現在の登録メールアドレスと異なるため、再送できません。',
  passed: 'このメールの状態が変わっています。最新の内容をご確認ください。',
  templateShape: '種類は「M-10」のように入力してください',
} as const;
