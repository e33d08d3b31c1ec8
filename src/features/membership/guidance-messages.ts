import type { Day } from '#kernel/day.ts';
import { formatDay, formatDayPlain, formatInstant } from '#kernel/wareki.ts';
import type { Letter } from '#platform/render/letter.ts';
import type { GuidanceWay } from './fields.ts';
import { honorific } from './labels.ts';

/** Words of マイページの案内 (`screens.md O-08`): its page, its mail (frame of M-03), its letter L-05 利用者登録のご案内. Pure. */

export const guidanceTexts = {
  title: 'マイページの案内',
  send: 'マイページの案内を送る',
  sendMail: 'メールで送る',
  makeLetter: '文書を作成する',
  openLetter: '文書を印刷する',
  sent: 'マイページの案内をメールで送りました。',
  made: '案内の文書を作成しました。「文書を印刷する」から印刷して、お送りください。',
  notOffered: 'マイページの案内は送れません。マイページを利用中の方、逝去された方、連絡先の登録がない方には送れません。',
  wayChanged: '送り方が変わりました。最新の内容をご確認ください。',
  none: 'まだ送っていません。',
  elsewhere: 'ほかの医師会が送付',
} as const;

const wayWords: Readonly<Record<GuidanceWay, string>> = { mail: 'メール', letter: '文書' };

/** メール or 文書. */
export function wayLabel(way: GuidanceWay): string {
  return wayWords[way];
}

export type LastGuidance = {
  at: Date;
  /** What the own office has sent; of another association only the time is told. */
  own: { way: GuidanceWay; senderName: string } | undefined;
};

/** 「2026/01/15 10:00 メール(事務局 花子)」 */
export function lastText(last: LastGuidance | undefined): string {
  if (last === undefined) return guidanceTexts.none;
  const by = last.own === undefined ? guidanceTexts.elsewhere : `${wayLabel(last.own.way)}(${last.own.senderName})`;
  return `${formatInstant(last.at)} ${by}`;
}

/** Why it has to wait. */
export function tooSoonText(nextOn: Day, days: number): string {
  return `前回の案内から${days}日たっていません。次は${formatDayPlain(nextOn)}から送ることができます。`;
}

const about = (office: string) =>
  `${office}から、日本医師会 会員情報管理システム(MAMIS)のマイページをご案内します。マイページでは、入会・異動・退会の届、登録情報の確認と変更、お知らせの閲覧、在籍証明書の発行ができます。`;

const licenceHint =
  'お手元に医師免許証をご用意ください。登録の途中で医籍登録番号を入力すると、照合のうえ、会員としての登録と結び付けられます。照合が済むまでは、番号に「(確認前)」と表示されます。';

export type GuidanceFacts = { name: string; office: string; origin: string };

/** The mail: the name is the only personal data, the links have no power. */
export function guidanceMail({ name, office, origin }: GuidanceFacts): { subject: string; body: string } {
  return {
    subject: 'マイページの利用者登録のご案内',
    body: [
      `${name} ${honorific}`,
      '',
      about(office),
      '',
      'ご利用には、利用者登録が必要です。次のページから登録してください。',
      `利用者登録:${origin}/register`,
      '',
      licenceHint,
      '',
      `すでに登録された方は、ログインしてください。ログイン:${origin}/login`,
      '',
      'お心当たりがない場合は、このメールを破棄してください。',
    ].join('\n'),
  };
}

export type GuidanceLetterFacts = GuidanceFacts & {
  address: readonly string[];
  contact: readonly string[];
  /** The day it was made. */
  on: Day;
  printedAt: Date;
};

/** L-05: the same on paper, to the address of record. */
export function guidanceLetter({ name, office, origin, address, contact, on, printedAt }: GuidanceLetterFacts): Letter {
  return {
    title: '利用者登録のご案内',
    date: formatDay(on),
    to: [...address, `${name} ${honorific}`],
    from: [office, ...contact],
    before: [about(office), 'ご利用には、利用者登録が必要です。次のページから登録してください。'],
    rows: [
      { label: '利用者登録のページ', lines: [`${origin}/register`] },
      { label: 'ご用意いただくもの', lines: ['医師免許証(医籍登録番号、医籍登録年月日)', 'ご本人がお使いになるメールアドレス'] },
      { label: '登録にお困りのとき', lines: [`${origin}/contact`] },
    ],
    after: [licenceHint, 'お心当たりがない場合は、お手数ですが、上記の医師会までご連絡ください。'],
    footer: `${formatInstant(printedAt)} 印刷`,
  };
}
