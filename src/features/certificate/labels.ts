import type { Day } from '#kernel/day.ts';
import { partsOfDay } from '#kernel/day.ts';
import { formatLicence } from '#kernel/licence.ts';
import { formatWareki } from '#kernel/wareki.ts';
import type { ContentCode } from './fields.ts';
import type { ShownState } from './flow.ts';
import { certificateTexts as texts } from './messages.ts';
import type { Paper } from './schema.ts';

/** Words of 在籍証明書 (`screens.md D-13, A-14`). */

export const contentLabels: Readonly<Record<ContentCode, string>> = {
  licence: '医籍登録番号',
  birth: '生年月日',
  category: '会員区分',
  joined: '入会日',
  facility: '所属施設',
  periods: '在籍期間の一覧',
};

export const nameFormLabels = { current: '現姓', former: '旧姓併記' } as const;

export const deliveryLabels: Readonly<Record<string, string>> = { myPage: '本人のマイページ', print: '印刷して渡す' };

const states: Readonly<Record<ShownState, string>> = {
  requested: '医師会の確認待ち',
  returned: '差戻し',
  issued: '有効',
  corrected: '訂正あり',
  revoked: '無効',
};

/** 状態 of a certificate in lists. */
export function certificateStateLabel(state: ShownState): string {
  return states[state];
}

export type StateTone = 'progress' | 'warn' | 'success' | 'neutral';

const tones: Readonly<Record<ShownState, StateTone>> = {
  requested: 'progress',
  returned: 'warn',
  issued: 'success',
  corrected: 'warn',
  revoked: 'neutral',
};

/** The colour that repeats the word. */
export function certificateStateTone(state: ShownState): StateTone {
  return tones[state];
}

const issuerLayers: Readonly<Record<number, string>> = {
  1: '日本医師会',
  2: '都道府県医師会',
  3: '郡市区等医師会',
  4: '地区医師会',
};

/** 「2026年1月15日」 */
export function shortDay(value: Day): string {
  const { year, month, date } = partsOfDay(value);
  return `${year}年${month}月${date}日`;
}

/** 「2026年1月15日(令和8年1月15日)」, as papers for people of all ages and countries write it. */
export function paperDay(value: Day): string {
  return `${shortDay(value)}(${formatWareki(value)})`;
}

function periodText({ from, to }: { from: Day; to: Day | null }): string {
  return `${shortDay(from)} から ${to === null ? '基準日現在' : shortDay(to)} まで`;
}

export type PaperRow = { label: string; lines: readonly string[] };

/** The facts of a paper, one below the other: the same on the paper, before it is printed, and where it is checked. */
export function paperRows(paper: Paper): PaperRow[] {
  const row = (label: string, ...lines: readonly (string | null)[]): PaperRow[] => {
    const filled = lines.filter((line) => line !== null);
    return filled.length === 0 ? [] : [{ label, lines: filled }];
  };
  const day = (value: Day | null) => (value === null ? null : paperDay(value));
  return [
    ...row('氏名', paper.formerName === null ? paper.name : `${paper.name}(旧姓 ${paper.formerName})`),
    ...row(contentLabels.licence, paper.licence === null ? null : formatLicence(paper.licence.number, { checked: paper.licence.checked })),
    ...row(contentLabels.birth, day(paper.birthOn)),
    ...row('医師会', issuerText(paper)),
    ...row(texts.baseOn, paperDay(paper.baseOn)),
    ...row(contentLabels.category, paper.category?.name ?? null),
    ...row(contentLabels.joined, day(paper.joinedOn)),
    ...row(contentLabels.facility, paper.facility === null ? null : paper.facility.name || '－'),
    ...row('在籍期間', ...(paper.periods ?? []).map(periodText)),
    ...row(texts.purpose, paper.purpose === '' ? null : paper.purpose),
  ];
}

/** 「大阪市北区医師会(郡市区等医師会)」: who issues, and on which layer. */
export function issuerText({ association: { name, layer } }: Paper): string {
  const kind = issuerLayers[layer] ?? '';
  return kind === name ? name : `${name}(${kind})`;
}

/** 「会長 中之島 太郎」; the title alone where the association has stored no name. */
export function presidentText({ president: { title, name } }: Paper): string {
  return [title, name].filter((part) => part !== '').join(' ');
}

/** The code in groups of four, as paper and screens show it. */
export function codeText(code: string): string {
  return code.match(/.{1,4}/g)?.join('-') ?? '';
}

/** An association among the choices of a form. */
export function choiceText(association: { name: string; layer: number }): string {
  return `[${association.layer}層] ${association.name}`;
}
