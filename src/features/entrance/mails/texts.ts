import { formatInstant } from '#kernel/wareki.ts';

/** Texts of the mails before and around the first login (`screens.md 8`). Pure; the name is the only personal data. */

type MailText = { subject: string; body: string };

/** M-01: the link that shows that the address is one's own. */
export function mailCheck(about: { link: string; hours: number }): MailText {
  return {
    subject: 'メールアドレスの確認(24時間以内にお手続きください)'.replace('24', String(about.hours)),
    body: [
      'MAMISの利用者登録のお申し込みをいただき、ありがとうございます。',
      '',
      'お手続きはまだ完了していません。次のURLから登録手続きを行ってください。',
      about.link,
      '',
      `URLの有効期限は送信後${about.hours}時間です。使用できるのは1回だけです。`,
      '',
      'お心当たりがない場合は、このメールを破棄してください。登録は行われません。',
    ].join('\n'),
  };
}

/** M-02: to the holder of an address that is registered already. */
export function alreadyRegistered(about: { name: string; login: string; recover: string }): MailText {
  return {
    subject: '利用者登録のお申し込みについて',
    body: [
      `${about.name} 様`,
      '',
      'このメールアドレスで利用者登録のお申し込みがありましたが、すでに登録済みです。新しい登録は行われません。',
      '',
      `ログイン:${about.login}`,
      `ログインIDまたはパスワードをお忘れの場合:${about.recover}`,
      '',
      'お心当たりがない場合は、このメールを破棄してください。',
    ].join('\n'),
  };
}

/** M-03: done; a number that nobody has seen yet is checked later. */
export function registered(about: { name: string; login: string; checked: boolean }): MailText {
  return {
    subject: '利用者登録が完了しました',
    body: [
      `${about.name} 様`,
      '',
      'MAMISの利用者登録が完了しました。',
      '',
      ...(about.checked
        ? []
        : ['医籍登録番号は、医師会での初回の受付時、または運営事務局の照合により確認されます。それまで「(確認前)」と表示されます。', '']),
      '医師会に入会される場合は、ログインして「入会届」へお進みください。',
      `ログイン:${about.login}`,
    ].join('\n'),
  };
}

/** M-04: the link by which its owner sets a new password. */
export function resetMail(about: { name: string; link: string; hours: number }): MailText {
  return {
    subject: 'パスワード再設定のご案内',
    body: [
      `${about.name} 様`,
      '',
      'ご本人からのお申し出により、パスワードの再設定をご案内します。次のURLから、新しいパスワードを設定してください。',
      about.link,
      '',
      `URLの有効期限は送信後${about.hours}時間です。使用できるのは1回だけです。`,
      '',
      'お心当たりがない場合は、このメールを破棄してください。パスワードは変わりません。',
    ].join('\n'),
  };
}

/** M-06: the login ID; no link with power. */
export function loginIdMail(about: { name: string; loginId: string; login: string }): MailText {
  return {
    subject: 'ログインIDのご案内',
    body: [
      `${about.name} 様`,
      '',
      'お申し出により、ログインIDをご案内します。',
      '',
      `ログインID:${about.loginId}`,
      '',
      `ログイン:${about.login}`,
      '',
      'お心当たりがない場合は、このメールを破棄してください。',
    ].join('\n'),
  };
}

/** M-09: the link that shows that the new address is one's own. */
export function newAddressMail(about: { name: string; link: string; hours: number }): MailText {
  return {
    subject: '変更後のメールアドレスの確認',
    body: [
      `${about.name} 様`,
      '',
      'メールアドレスの変更のお申し出を受け付けました。次のURLで確認すると、このアドレスに変更されます。',
      about.link,
      '',
      `URLの有効期限は送信後${about.hours}時間です。使用できるのは1回だけです。`,
      '',
      'お心当たりがない場合は、このメールを破棄してください。アドレスは変わりません。',
    ].join('\n'),
  };
}

/** M-05 to the former address, `origin` as `originWords` says it: a new one is known to be the owner's; agree, take back, or wait. */
export function oldAddressMail(about: { name: string; at: Date; origin: string; appliesAt: Date; link: string }): MailText {
  return {
    subject: 'ログイン情報に変更がありました',
    body: [
      `${about.name} 様`,
      '',
      'メールアドレスの変更のお申し出があり、新しいメールアドレスの確認が済みました。',
      '',
      `日時:${formatInstant(about.at)}`,
      ...(about.origin === '' ? [] : [`接続元:${about.origin}`]),
      '',
      '次のURLで同意すると、すぐに変更されます。',
      about.link,
      '',
      `同意がない場合は、${formatInstant(about.appliesAt)}に変更されます。`,
      'お心当たりがない場合は、それまでに同じURLで変更を取り消し、パスワードを再設定してください。',
    ].join('\n'),
  };
}

/** M-05 to the new address, from the moment it holds. */
export function newAddressHoldsMail(about: { name: string; at: Date; recover: string }): MailText {
  return {
    subject: 'ログイン情報に変更がありました',
    body: [
      `${about.name} 様`,
      '',
      'メールアドレスが、このメールをお送りしたアドレスに変更されました。これからのお知らせは、このアドレスに届きます。',
      '',
      `日時:${formatInstant(about.at)}`,
      '',
      'お心当たりがない場合は、次のページからパスワードの再設定をお願いします。',
      about.recover,
    ].join('\n'),
  };
}
