import { formatInstant } from '#kernel/wareki.ts';

/** Texts of the mails about logins (`screens.md 8`). Pure; the name is the only personal data, and where a login came from is said coarsely. */

/** When, with what and from where; what is not known has no line. `origin` as `originWords` says it. */
function circumstances({ at, device, origin }: Circumstances): string[] {
  return [`日時:${formatInstant(at)}`, `端末:${device}`, ...(origin === '' ? [] : [`接続元:${origin}`])];
}

type Circumstances = { at: Date; device: string; origin: string };

/** M-05 after a login from a device that the account has not been used on. */
export function newDeviceMail(about: Circumstances & { name: string; link: string; recover: string }): {
  subject: string;
  body: string;
} {
  return {
    subject: 'ログイン情報に変更がありました',
    body: [
      `${about.name} 様`,
      '',
      'これまでと異なる端末からログインがありました。',
      '',
      ...circumstances(about),
      '',
      'お心当たりがない場合は、ログインしてほかの端末をすべてログアウトさせ、パスワードの再設定をお願いします。',
      `ログイン:${about.link}`,
      `パスワードの再設定:${about.recover}`,
    ].join('\n'),
  };
}

/** M-05 after a change of ID, password, address, second factor or passkey; `done` is 変更, 追加 or 削除. */
export function changedMail(about: Circumstances & { name: string; what: string; done: string; link: string }): {
  subject: string;
  body: string;
} {
  return {
    subject: 'ログイン情報に変更がありました',
    body: [
      `${about.name} 様`,
      '',
      `${about.what}が${about.done}されました。`,
      '',
      ...circumstances(about),
      '',
      'お心当たりがない場合は、次のページからパスワードの再設定をお願いします。',
      about.link,
    ].join('\n'),
  };
}
