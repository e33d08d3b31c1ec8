import type { Day } from '#kernel/day.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import type { MailText } from './texts.ts';

/** Texts of the mails that a day brings, not an act (`screens.md 8`). Pure. */

type WaitingCase = { number: string; kindWord: string; days: number };

/** M-41: numbers only, oldest first. */
export function reminderMail(about: { office: string; cases: readonly WaitingCase[]; count: number; link: string }): MailText {
  const more = about.count - about.cases.length;
  return {
    subject: `処理待ちの申請があります(${about.count}件)`,
    body: [
      `${about.office} 御中`,
      '',
      '次の申請が処理を待っています。MAMISにログインしてご確認ください。',
      '',
      ...about.cases.map((one) => `受付番号:${one.number} ${one.kindWord} ${one.days}日経過`),
      ...(more > 0 ? [`ほか${more}件`] : []),
      '',
      `申請一覧:${about.link}`,
    ].join('\n'),
  };
}

/** M-22 */
export function draftWarningMail(about: { name: string; paper: string; deletedOn: Day; link: string }): MailText {
  const on = formatDayPlain(about.deletedOn);
  return {
    subject: '一時保存中の届があります',
    body: [
      about.name,
      '',
      `一時保存中の${about.paper}があります。`,
      `このまま操作がない場合、${on}に削除されます。申請される場合は、それまでに続きを入力してください。`,
      '',
      `一時保存:${about.link}`,
    ].join('\n'),
  };
}

type EffectEvent = { office: string; deed: string; category: string | null };

const deedWords: Readonly<Record<string, string>> = {
  joined: '入会',
  left: '退会',
  category_changed: '会員区分',
  facility_changed: '異動',
};

/** The word for all that happens on one day: 異動 for a transfer as a whole, else what happens most visibly. */
function effectWord(kind: string, events: readonly EffectEvent[]): string {
  if (kind === 'transfer') return '異動';
  const first = ['left', 'joined', 'category_changed'].find((deed) => events.some((event) => event.deed === deed));
  return deedWords[first ?? 'facility_changed'] ?? '';
}

function effectLine(event: EffectEvent): string {
  if (event.deed === 'left') return `${event.office}:退会(この日までは会員です)`;
  if (event.deed === 'facility_changed') return `${event.office}:所属施設の変更`;
  const category = event.category === null ? '' : `(${event.category})`;
  return `${event.office}:${event.deed === 'joined' ? '入会' : '会員区分の変更'}${category}`;
}

/** M-18 */
export function effectMail(about: {
  name: string;
  number: string;
  kind: string;
  on: Day;
  events: readonly EffectEvent[];
  link: string;
}): MailText {
  const on = formatDayPlain(about.on);
  return {
    subject: `${on}から${effectWord(about.kind, about.events)}が有効になります`,
    body: [
      `${about.name} 様`,
      '',
      '承認された次の内容の効力発生日をお知らせします。',
      '',
      `効力発生日:${on}`,
      ...about.events.map(effectLine),
      '',
      `受付番号:${about.number}`,
      `進み具合:${about.link}`,
    ].join('\n'),
  };
}

const trainingSubject = '臨床研修修了に伴う会員区分の変更について';

/** M-23 to the doctor. */
export function trainingMail(about: { name: string; endsOn: Day; link: string }): MailText {
  const on = formatDayPlain(about.endsOn);
  return {
    subject: trainingSubject,
    body: [
      `${about.name} 様`,
      '',
      `臨床研修の修了(予定:${on.slice(0, 7)})が近づいています。`,
      '研修医の会員区分は、臨床研修の修了とともに終了します。引き続き会員として活動されるには、会員区分の変更(異動届)が必要です。',
      `${on}までに、次のページから申請してください。異動事由には「臨床研修修了」があらかじめ選択されています。`,
      '修了の時期が変わった場合は、登録情報の「臨床研修修了(予定)年月」を変更してください。',
      '',
      `異動届:${about.link}`,
    ].join('\n'),
  };
}

/** M-23 to the district: no names, one link a member. */
export function trainingOfficeMail(about: { office: string; endsOn: Day; links: readonly string[] }): MailText {
  const on = formatDayPlain(about.endsOn);
  return {
    subject: trainingSubject,
    body: [
      `${about.office} 御中`,
      '',
      `臨床研修の修了(予定:${on.slice(0, 7)})が近づいている会員が${about.links.length}名います。`,
      `会員区分の変更(異動届)の申請を、${on}までにご案内ください。ご本人にもメールでお知らせしています。`,
      '',
      ...about.links.map((link) => `会員情報詳細:${link}`),
    ].join('\n'),
  };
}

/** M-25 */
export function joinReminderMail(about: { name: string; number: string; link: string }): MailText {
  return {
    subject: '異動先の医師会への入会について',
    body: [
      `${about.name} 様`,
      '',
      '異動先が未定の異動届により、前の医師会を退会されています。',
      '異動先が決まりましたら、次のページから入会届を申請してください。異動届の続きとして申請できます。',
      '医師年金など、退会からの期間により取扱いが変わるものがあります。お早めにお手続きください。',
      '',
      `受付番号:${about.number}`,
      `入会届:${about.link}`,
    ].join('\n'),
  };
}

/** M-24 */
export function waiverMail(about: { name: string; until: Day; category: string; office: string; contact: string; link: string }): MailText {
  const on = formatDayPlain(about.until);
  return {
    subject: '会費免除期間の終了について',
    body: [
      `${about.name} 様`,
      '',
      `日本医師会の会費免除期間は、${on}で終了する見込みです。`,
      `現在の会員区分:日本医師会 ${about.category}`,
      '会員区分の変更が必要な場合は、次のページから異動届を申請してください。',
      `お問い合わせ先:${about.office}${about.contact === '' ? '' : ` ${about.contact}`}`,
      '',
      `異動届:${about.link}`,
    ].join('\n'),
  };
}
