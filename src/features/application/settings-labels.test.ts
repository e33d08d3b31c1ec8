import { describe, expect, test } from 'vitest';
import { day } from '#kernel/day.ts';
import { associationSettings } from '#features/association/schema.ts';
import { appliedSettings, settingSentences } from './settings-labels.ts';

const settings = associationSettings.parse({ twoPersonDecision: ['join'], boardMeetings: ['2026-04-20'] });

describe('適用した環境設定の文章(screens.md O-05, D-07)', () => {
  test('届の種類にかかわる書類と、すべての設定が文章になる', () => {
    const sentences = settingSentences(settings, { layer: 3, kind: 'join', isLowest: true });
    expect(sentences).toEqual(
      expect.arrayContaining([
        '上位の医師会への入会は任意です。',
        '希望年月日は、申請する日の90日前から365日後まで指定できます。',
        '入会届の提出書類は、医師免許証(必須)、履歴書・経歴書(任意)です。',
        '入会届の承認は、2名の担当者が行います。',
        '理事会は、2026/04/20に開催します。',
      ]),
    );
    expect(sentences.every((one) => one.endsWith('。'))).toBe(true);
    expect(settingSentences(settings, { layer: 3, kind: 'withdrawal', isLowest: true })).toContain('退会届に提出書類はありません。');
  });

  test('届が始まる医師会だけが決めることは、上層の医師会の設定としては示さない', () => {
    const upper = settingSentences(settings, { layer: 2, kind: 'join', isLowest: false });
    expect(upper).not.toContain('上位の医師会への入会は任意です。');
    expect(upper).toContain('承認の日付は、承認する日の180日前から365日後までです。');
  });

  test('医師会ごとに一度、申請時の版が示される', () => {
    const step = (associationId: number, layer: number) => ({ associationId, associationName: `医師会${associationId}`, layer });
    const pin = (associationId: number) => ({ associationId, version: 2, startsOn: day('2026-04-01'), settings });
    const applied = appliedSettings('join', [step(27_001, 3), step(27_000, 2), step(27_001, 3)], [pin(27_001), pin(27_000)]);
    expect(applied.map((one) => [one.associationName, one.version])).toEqual([
      ['医師会27001', 2],
      ['医師会27000', 2],
    ]);
  });
});
