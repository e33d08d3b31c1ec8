import type { Day } from '#kernel/day.ts';
import { formatDay } from '#kernel/wareki.ts';
import type { Letter } from '#platform/render/letter.ts';
import { proxyNames } from './proxy-messages.ts';

/** Words of the letters L-03 and L-04 (`screens.md O-10, O-11`). Pure. */

export type LetterFacts = {
  office: { name: string; contact: readonly string[] };
  person: { name: string; address: readonly string[] };
  today: Day;
  /** '' while it is not sent yet. */
  number: string;
  paper: string;
  ground: string;
  /** 死亡年月日, for the family's letter. */
  diedOn: Day | undefined;
  /** The associations that are asked. */
  associations: readonly string[];
  wish: { label: string; on: Day | undefined };
  heldUntil: Day | undefined;
  footer: string;
};

export const letterTitles = { filed: '代理申請のお知らせ', family: 'ご遺族へのお知らせ' } as const;

type Row = Letter['rows'][number];

function row(label: string, ...lines: readonly string[]): Row[] {
  const filled = lines.filter((line) => line !== '');
  return filled.length === 0 ? [] : [{ label, lines: filled }];
}

function caseRows({ number, paper, associations, wish }: LetterFacts): Row[] {
  return [
    ...row('受付番号', number),
    ...row('届', paper),
    ...row('申請先', ...associations),
    ...row(wish.label, wish.on === undefined ? '' : formatDay(wish.on)),
  ];
}

function around(facts: LetterFacts): Pick<Letter, 'date' | 'from' | 'footer'> {
  return { date: formatDay(facts.today), from: [facts.office.name, ...facts.office.contact], footer: facts.footer };
}

/** L-03: to the doctor, at the address of record. */
export function filedLetter(facts: LetterFacts): Letter {
  const held =
    facts.heldUntil === undefined
      ? []
      : [
          `この届は、${formatDay(facts.heldUntil)}まで審査を保留しています。引き続き医師会に所属される場合は、それまでにご連絡ください。ご連絡をいただいた場合、審査は行われません。`,
        ];
  return {
    ...around(facts),
    title: letterTitles.filed,
    to: [...facts.person.address, `${facts.person.name} 様`],
    before: [`${facts.office.name}が、${facts.person.name}様の${facts.paper}を代理で入力しました。内容は次のとおりです。`],
    rows: [...caseRows(facts), ...row(proxyNames.ground, facts.ground)],
    after: [
      ...held,
      '心当たりがない場合は、上記の医師会までご連絡ください。MAMISにログインし、申請の詳細の「心当たりがない場合」からお申し出いただくこともできます。お申し出により、審査は止まります。',
    ],
  };
}

/** L-04: to the family, when a death has been registered. */
export function familyLetter(facts: LetterFacts): Letter {
  const { person } = facts;
  return {
    ...around(facts),
    title: letterTitles.family,
    to: [...person.address, `故 ${person.name} 様`, 'ご遺族 様'],
    before: [
      '謹んでお悔やみ申し上げます。',
      `${person.name}様のご逝去にともない、医師会の退会の手続きを行います。ご遺族に行っていただく手続きはありません。`,
    ],
    rows: [
      ...row('氏名', person.name),
      ...row(proxyNames.diedOn, facts.diedOn === undefined ? '' : formatDay(facts.diedOn)),
      ...caseRows(facts),
    ],
    after: [
      `${person.name}様への医師会からのお知らせは停止します。行き違いで届いた場合は、ご容赦ください。`,
      '医師年金、医師賠償責任保険、会費のお取り扱いについては、上記の医師会へお問い合わせください。',
      '内容に誤りがある場合は、お手数ですが、上記の医師会までご連絡ください。',
    ],
  };
}
