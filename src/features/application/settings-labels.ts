import type { Day } from '#kernel/day.ts';
import type { AssociationSettings } from '#features/association/schema.ts';

/** 環境設定 of one association as it concerns a join, one plain sentence each (`screens.md D-07`). */

export type AppliedSettings = { associationName: string; version: number; startsOn: Day; sentences: readonly string[] };

const upperLayers: Record<AssociationSettings['requiredUpperLayers'], string> = {
  none: '上位の医師会への入会は任意です。',
  prefecture: '都道府県医師会への入会が必要です。',
  all: '都道府県医師会と日本医師会への入会が必要です。',
};

const dateRules: Record<AssociationSettings['dateRule'], string> = {
  wish: '入会日は、希望年月日をもとに決定します。',
  boardMeeting: '入会日は、理事会の開催日をもとに決定します。',
  firstOfMonth: '入会日は、月の1日とします。',
};

function papersSentence(settings: AssociationSettings): string {
  const papers = settings.requiredDocuments
    .filter((paper) => paper.kind === 'join')
    .map((paper) => (paper.required ? `${paper.title}(必須)` : paper.title));
  return papers.length === 0 ? '提出書類はありません。' : `提出書類は、${papers.join('、')}です。`;
}

/** What the settings of an association mean for the applicant. `isLowest`: the wish window and upper layers are the lowest one's matter. */
export function settingSentences(settings: AssociationSettings, isLowest: boolean): string[] {
  const { back, ahead } = settings.wishWindow;
  return [
    ...(isLowest
      ? [upperLayers[settings.requiredUpperLayers], `入会希望年月日は、申請する日の${back}日前から${ahead}日後まで指定できます。`]
      : []),
    dateRules[settings.dateRule],
    papersSentence(settings),
    ...(settings.autoReceive ? ['届は、到着すると自動で受付されます。'] : []),
    ...(settings.twoPersonDecision.includes('join') ? ['承認は、2名の担当者が行います。'] : []),
  ];
}
