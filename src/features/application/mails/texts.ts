import type { Day } from '#kernel/day.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { correcting, reasonLines } from '../messages.ts';

/** Texts of the mails about applications (`screens.md 8`). Pure: facts in, subject and body out. The name and 受付番号 are the only personal data. */

export type MailText = { subject: string; body: string };

export type CaseFacts = { name: string; number: string; paper: string; kindWord: string; wishName: string; link: string };

function toDoctor(facts: CaseFacts, lines: readonly string[]): string {
  return [`${facts.name} 様`, '', ...lines, '', `受付番号:${facts.number}`, `進み具合:${facts.link}`].join('\n');
}

/** M-10 */
export function submittedMail(facts: CaseFacts, about: { associations: readonly string[]; wishedOn: Day }): MailText {
  return {
    subject: `MAMISで${facts.kindWord}申請を受付けました`,
    body: toDoctor(facts, [
      `${facts.paper}を受付けました。`,
      'お手続きはまだ完了していません。各医師会で審査・承認後に完了となります。',
      '',
      `申請先:${about.associations.join('、')}`,
      `${facts.wishName}:${formatDayPlain(about.wishedOn)}`,
      '',
      '医師会事務局よりご連絡することがありますので、ご対応のほどよろしくお願いいたします。',
    ]),
  };
}

/** M-19: an office has entered it for the doctor; what to do if he knows nothing of it. */
export function enteredMail(
  facts: CaseFacts,
  about: {
    office: string;
    ground: string;
    associations: readonly string[];
    wishedOn: Day;
    heldUntil: Day | undefined;
    contact: string;
  },
): MailText {
  const hold =
    about.heldUntil === undefined
      ? []
      : [
          `この届は、${formatDayPlain(about.heldUntil)}まで審査が保留されています。引き続き医師会に所属される場合は、それまでにご連絡ください。`,
        ];
  return {
    subject: `${about.office}が代理で届を入力しました`,
    body: toDoctor(facts, [
      `${about.office}が、あなたの${facts.paper}を代理で入力し、申請しました。`,
      '',
      `根拠:${about.ground}`,
      `申請先:${about.associations.join('、')}`,
      `${facts.wishName}:${formatDayPlain(about.wishedOn)}`,
      ...hold,
      '',
      '心当たりがない場合は、次のページの「心当たりがない場合」からお申し出ください。審査は止まります。',
      ...contactLine(about.contact),
    ]),
  };
}

/** M-11 */
export function receivedMail(facts: CaseFacts, about: { office: string; contact: string }): MailText {
  return {
    subject: `${about.office}が申請を受付しました`,
    body: toDoctor(facts, [`${about.office}が${facts.paper}を受付しました。審査の結果をお待ちください。`, ...contactLine(about.contact)]),
  };
}

function contactLine(contact: string): string[] {
  return contact === '' ? [] : [`お問い合わせ先:${contact}`];
}

/** M-12; `next` is '' where the other side of a transfer is still at it. */
export function approvedMail(facts: CaseFacts, about: { office: string; decidedOn: Day; next: string }): MailText {
  return {
    subject: `${about.office}が承認しました`,
    body: toDoctor(facts, [
      `${about.office}が${facts.paper}を承認しました(${formatDayPlain(about.decidedOn)}付)。`,
      about.next === '' ? '引き続き、ほかの医師会の審査をお待ちください。' : `次は${about.next}が審査します。お待ちください。`,
    ]),
  };
}

/** M-13 */
export function completedMail(
  facts: CaseFacts,
  about: {
    dates: readonly { office: string; dateName: string; decidedOn: Day }[];
    notes?: readonly string[];
    certificates?: string | undefined;
  },
): MailText {
  return {
    subject: `${facts.paper}の手続きが完了しました`,
    body: toDoctor(facts, [
      `${facts.paper}の手続きがすべて完了しました。`,
      ...about.dates.map((one) => `${one.office}:${one.dateName} ${formatDayPlain(one.decidedOn)}`),
      ...(about.notes ?? []),
      ...(about.certificates === undefined ? [] : [`在籍証明書:${about.certificates}`]),
    ]),
  };
}

/** M-14 */
export function returnedMail(facts: CaseFacts, about: { office: string; message: string; fields: readonly string[] }): MailText {
  return {
    subject: '申請の修正をお願いします',
    body: toDoctor(facts, [
      `${about.office}より、${facts.paper}の修正のお願いがあります。`,
      '',
      ...correcting(about),
      '',
      '次のページにログインして内容をご確認のうえ、修正して再申請してください。',
    ]),
  };
}

/** M-15; `stays` says what becomes of the memberships. */
export function rejectedMail(
  facts: CaseFacts,
  about: { office: string; contact: string; reasons: readonly string[]; stays: readonly string[] },
): MailText {
  return {
    subject: '申請の審査結果について',
    body: toDoctor(facts, [
      `${about.office}の審査の結果、${facts.paper}は承認されませんでした。`,
      ...reasonLines(about.reasons),
      '詳しくは次のページにログインしてご確認ください。',
      ...about.stays,
      ...contactLine(about.contact),
    ]),
  };
}

/** M-16 */
export function endedMail(facts: CaseFacts, { how, reasons }: { how: 'cancelled' | 'retracted'; reasons: readonly string[] }): MailText {
  const said = how === 'cancelled' ? '申請が取り消されました' : '申請を取り下げました';
  return { subject: said, body: toDoctor(facts, [`${facts.paper}の${said}。`, ...reasonLines(reasons)]) };
}

/** M-20 */
export function revokedMail(facts: CaseFacts, about: { office: string; leave: boolean }): MailText {
  const word = about.leave ? '退会' : '承認';
  return {
    subject: `${word}が取り消されました`,
    body: toDoctor(facts, [
      `${about.office}が${facts.paper}の${word}を取り消しました。`,
      about.leave ? '退会は行われません。会員資格は継続します。' : '手続きは、この医師会の審査に戻りました。',
      '詳しくは次のページにログインしてご確認ください。',
    ]),
  };
}

/** M-17; the text of the message is read after login only. */
export function messagedMail(facts: CaseFacts, about: { from: string }): MailText {
  return {
    subject: '申請に関する連絡があります',
    body: toDoctor(facts, [`${about.from}より、申請に関する連絡があります。次のページにログインしてご確認ください。`]),
  };
}

/** M-16, M-17, M-40, M-42, M-45 to an office: number and kind, no name. */
export function officeMail(about: {
  office: string;
  subject: string;
  sentence: string;
  number: string;
  kindWord: string;
  link: string;
}): MailText {
  return {
    subject: about.subject,
    body: [
      `${about.office} 御中`,
      '',
      about.sentence,
      '',
      `受付番号:${about.number}`,
      `種別:${about.kindWord}`,
      `申請の詳細:${about.link}`,
    ].join('\n'),
  };
}

/** M-17 to 運営事務局, which sees no case: what it needs to ask the office (`screens.md D-07`). */
export function operationsMail(about: { subject: string; sentence: string; number: string; kindWord: string; office: string }): MailText {
  return {
    subject: about.subject,
    body: [
      'MAMIS運営事務局 御中',
      '',
      about.sentence,
      '',
      `受付番号:${about.number}`,
      `種別:${about.kindWord}`,
      `代理申請した医師会:${about.office}`,
    ].join('\n'),
  };
}
