import type { Day } from '#kernel/day.ts';
import { formatDayPlain, formatInstant } from '#kernel/wareki.ts';

/** M-30 to M-32 (`screens.md 8`). Pure; the name is the only personal data. */

export type MailText = { subject: string; body: string };

/** M-30: the link that makes somebody a 事務局ユーザー. */
export function invitationMail(about: { name: string; office: string; inviter: string; until: Day; link: string }): MailText {
  return {
    subject: 'MAMIS事務局ユーザーへの招待',
    body: [
      `${about.name} 様`,
      '',
      `${about.office}の${about.inviter}さんから、MAMISの事務局ユーザーとして招待されました。`,
      `${formatDayPlain(about.until)}までに、次のURLからログインIDとパスワードを登録してください。`,
      '',
      about.link,
      '',
      'お心当たりがない場合は、上のURLを開いて「心当たりがない」を押してください。招待は取り消されます。',
    ].join('\n'),
  };
}

/** To the inviter: the address was not the right person's. */
export function declinedMail(about: { name: string; link: string }): MailText {
  return {
    subject: '事務局ユーザーへの招待に「心当たりがない」との回答がありました',
    body: [
      `${about.name} 様への招待に、「心当たりがない」との回答がありました。招待は取り消されています。`,
      'メールアドレスをご確認のうえ、必要な場合は改めて登録してください。',
      '',
      `事務局ユーザー管理:${about.link}`,
    ].join('\n'),
  };
}

/** M-05 to somebody whose second factor a 管理者 has lifted. */
export function factorLiftedMail(about: { name: string; at: Date; link: string }): MailText {
  return {
    subject: 'ログイン情報に変更がありました',
    body: [
      `${about.name} 様`,
      '',
      '所属医師会の管理者が、2段階認証を解除しました。',
      '',
      `日時:${formatInstant(about.at)}`,
      '',
      '次のログインのときに、2段階認証を設定し直してください。設定し直してからしばらくは、承認・出力ができません。',
      'お心当たりがない場合は、すぐに所属医師会の管理者にご連絡ください。',
      `ログイン:${about.link}`,
    ].join('\n'),
  };
}

/** M-31: to the person himself, and to the 管理者 of his office. */
export function endingMail(about: { name: string; until: Day; own: boolean; link: string }): MailText {
  const what = about.own ? 'あなたのアカウント' : `${about.name} 様のアカウント`;
  return {
    subject: 'アカウントの有効期間が近づいています',
    body: [
      `MAMISの${what}の有効期間は、${formatDayPlain(about.until)}までです。`,
      about.own ? '続けて利用する場合は、管理者に有効期間の延長をご依頼ください。' : '続けて利用する場合は、有効期間を延長してください。',
      '',
      `${about.own ? 'ログイン' : '事務局ユーザー管理'}:${about.link}`,
    ].join('\n'),
  };
}

type OfficeEnd = { from: string; to: string | undefined; carriesStaff: boolean; startsOn: Day; lastDay: Day; link: string };

/** M-31 to the 管理者 of an association that ends (`screens.md J-02`): what ends with it and what to do before. */
export function officeEndMail({ from, to, carriesStaff, startsOn, lastDay, link }: OfficeEnd): MailText {
  const last = formatDayPlain(lastDay);
  const what = to === undefined ? '廃止されます' : `${to}と合併します`;
  return {
    subject: '医師会の組織改編とアカウントの終了について',
    body: [
      `${from}は、${formatDayPlain(startsOn)}に${what}。`,
      '',
      `事務局ユーザーのアカウントは、${last}まで利用できます。${to === undefined ? '' : '両方の医師会で処理中の届が残っている間は、それが終わるまで利用できます。'}`,
      ...(to === undefined
        ? []
        : [
            carriesStaff
              ? `その後は、同じログインIDとパスワードで、${to}の事務局ユーザーとして利用できます。権限と有効期間は同じです。移る方には、改めてメールでお知らせします。`
              : `${to}で引き続き事務を行う方は、${to}の管理者からの招待をお受けください。`,
          ]),
      `会員メモと送付物の設定は、移る先の医師会に引き継がれません。独自項目は、移る先に同じ名称・種類の項目があるものだけが引き継がれます。必要なものは、${last}までにデータ出力で保存してください。`,
      '',
      `ログイン:${link}`,
    ].join('\n'),
  };
}

type OfficeGrows = { from: string; to: string; carriesStaff: boolean; startsOn: Day; link: string };

/** M-31 to the 管理者 of the association that takes the members over: whom to invite, or who comes. */
export function officeGrowsMail({ from, to, carriesStaff, startsOn, link }: OfficeGrows): MailText {
  return {
    subject: carriesStaff ? '組織改編に伴う事務局ユーザーの引継ぎについて' : '組織改編に伴う事務局ユーザーの招待について',
    body: [
      `${formatDayPlain(startsOn)}に、${from}の会員と処理中の届が、${to}に移ります。`,
      '',
      carriesStaff
        ? `${from}の事務局ユーザーは、会員がすべて移ると、同じ権限と有効期間で${to}の事務局ユーザーになります。必要のない方は、その後に事務局ユーザー管理から利用停止または削除してください。`
        : `${from}の事務局ユーザーは、自動では移りません。引き続き事務を行う方を、適用日までに事務局ユーザー管理から招待してください。`,
      '',
      `事務局ユーザー管理:${link}`,
    ].join('\n'),
  };
}

/** M-31 to somebody of the staff whom a 合併 has carried over. */
export function carriedOverMail(about: { name: string; from: string; to: string; role: string; until: Day; link: string }): MailText {
  return {
    subject: '所属する事務局が変わりました',
    body: [
      `${about.name} 様`,
      '',
      `${about.from}の合併に伴い、${about.to}の事務局ユーザーになりました。`,
      'ログインIDとパスワードは変わりません。次にログインすると、新しい事務局の画面が表示されます。',
      '',
      `権限:${about.role}`,
      `有効期間:${formatDayPlain(about.until)}まで`,
      '',
      '保存した条件と担当の案件は引き継がれません。心当たりがない場合は、新しい事務局の管理者にご連絡ください。',
      '',
      `ログイン:${about.link}`,
    ].join('\n'),
  };
}

/** To both, when it is taken back. */
export function officeStaysMail({ from, link }: { from: string; link: string }): MailText {
  return {
    subject: '医師会の組織改編の取消について',
    body: [
      `先にお知らせした${from}の組織改編は、取り消されました。事務局ユーザーのアカウントは、これまでどおり利用できます。`,
      '',
      `ログイン:${link}`,
    ].join('\n'),
  };
}

/** M-32: to the upper association. */
export function adminlessMail(about: { office: string; until: Day | null }): MailText {
  const fact =
    about.until === null
      ? '利用できる管理者が登録されていません。'
      : `最後の管理者の有効期間が${formatDayPlain(about.until)}に終わります。`;
  return {
    subject: '管理者不在のおそれがある医師会について',
    body: [
      `${about.office}では、${fact}`,
      '後任の管理者を登録するよう、ご案内をお願いいたします。登録できる管理者がいない場合は、日本医師会会員情報室にご連絡ください。',
    ].join('\n'),
  };
}

/** A long night brings no endless mail. */
const mostLines = 100;

/** M-40 once a day, for those who have chosen so (`screens.md O-27`): what came since the last. */
export function digestMail(about: { lines: readonly string[]; link: string }): MailText {
  const more = about.lines.length - mostLines;
  return {
    subject: `申請のお知らせのまとめ(${about.lines.length}件)`,
    body: [
      '前回のまとめの後に、次のお知らせがありました。',
      '',
      ...about.lines.slice(0, mostLines).map((line) => `・${line}`),
      ...(more > 0 ? [`ほか${more}件`] : []),
      '',
      'ログインして内容をご確認ください。',
      `TOP:${about.link}`,
      '',
      'メールの受け取り方は、「ログイン情報」の「メールの受け取り方」で変更できます。',
    ].join('\n'),
  };
}
