/** The words of the ledger (`screens.md D-12`). */

export type EventWord = '入会' | '異動' | '退会';

const eventWords: Readonly<Record<string, EventWord>> = {
  joined: '入会',
  left: '退会',
  category_changed: '異動',
  facility_changed: '異動',
};

/** 入会, 異動 or 退会; undefined for events that are no line of their own. */
export function eventWord(kind: string): EventWord | undefined {
  return eventWords[kind];
}

/** 入会(区分A1) */
export function eventText(word: EventWord, category: string | null): string {
  return category === null ? word : `${word}(区分${category})`;
}

/** Of a period: 「区分A1→B」 and 予定 or 退会予定. */
export function periodNote(categories: readonly string[], ahead: 'joining' | 'leaving' | undefined): string {
  const word = ahead === undefined ? '' : ahead === 'joining' ? '予定' : '退会予定';
  return [`区分${categories.join('→')}`, word].filter((text) => text !== '').join(' ');
}

export const noMembershipText = '医師会未加入';

/** In the place of contact data of a former member (`screens.md O-08`). */
export const contactErased = '保存期間を過ぎたため表示できません。';

const postalPlaces: Readonly<Record<string, string>> = { facility: '所属施設', home: '自宅' };

/** 文書送付先 in its word. */
export function sendToLabel(sendTo: string): string {
  return postalPlaces[sendTo] ?? sendTo;
}

/** Behind the name on a letter. */
export const honorific = '様';

/** Of another association only what is recorded now can be seen. */
export const otherRecordsThen = '記録の時点は、ほかの医師会についての条件(日医会員区分・日医加入・下層医師会)と同時に指定できません';

/** Why a choice of the whole list is refused (`screens.md O-07`). */
export const selectionTexts = {
  nobody: '該当する会員がいません。検索条件を変えてお試しください。',
  tooMany: (most: number) =>
    `一度に選択できるのは${most.toLocaleString('ja-JP')}名までです。検索条件で絞り込んでください。CSVと宛名ラベルは、選択せずにボタンを押すと、この条件の全員が対象になります。`,
} as const;
