import type { Day } from '#kernel/day.ts';
import { formatDayPlain } from '#kernel/wareki.ts';

/** The mail to a doctor whom a 合併 or 分割 has carried over (`screens.md J-02, 8`). Pure; the name is the only personal data. */
export function movedMail(about: {
  name: string;
  merged: boolean;
  from: string;
  to: string;
  contact: string;
  startsOn: Day;
  link: string;
}): { subject: string; body: string } {
  const on = formatDayPlain(about.startsOn);
  return {
    subject: `${on}から所属の医師会の変更が有効になります`,
    body: [
      `${about.name} 様`,
      '',
      `${about.from}の${about.merged ? '合併' : '分割'}に伴い、${on}から、所属の医師会が${about.to}に変わります。`,
      'お手続きは必要ありません。これまでの会員歴は、医師会入退会履歴に残ります。都道府県医師会・日本医師会の会員資格は続きます。',
      '審査中の届がある場合は、まだ決定していない段階を、新しい医師会が引き継ぎます。',
      '送付物を希望しない設定は引き継がれません。必要な場合は、改めて設定してください。',
      '',
      ...(about.contact === '' ? [] : [`お問合せ先:${about.to} ${about.contact}`]),
      `マイページ:${about.link}`,
    ].join('\n'),
  };
}
