import { describe, expect, test } from 'vitest';
import { day } from '#kernel/day.ts';
import { associationSettings } from './schema.ts';
import { settingChanges, settingFields, settingLines } from './settings-fields.ts';
import type { StoredVersion } from './settings-rules.ts';
import {
  codedPapers,
  impossibleSettings,
  isWithdrawable,
  laterPlanText,
  monthlyMeetings,
  newestPlan,
  planSettings,
  versionOn,
  versionState,
} from './settings-rules.ts';

const today = day('2026-01-15');
const standard = associationSettings.parse({});

function settings(more: Partial<typeof standard>) {
  return { ...standard, ...more };
}

function version(number: number, startsOn: string, more: Partial<StoredVersion> = {}): StoredVersion {
  return { version: number, startsOn: day(startsOn), withdrawn: false, settings: standard, ...more };
}

const at = { layer: 3, startsOn: day('2026-02-01') } as const;

describe('版と適用開始日(rules.md 4.1)', () => {
  const versions = [
    version(1, '1900-01-01'),
    version(2, '2025-04-01'),
    version(3, '2026-04-01'),
    version(4, '2026-03-01', { withdrawn: true }),
  ];

  test('その日に始まっている最も新しい版が適用され、取り消した予定は適用されない', () => {
    expect(versionOn(versions, day('2025-03-31'))?.version).toBe(1);
    expect(versionOn(versions, today)?.version).toBe(2);
    expect(versionOn(versions, day('2026-03-31'))?.version).toBe(2);
    expect(versionOn(versions, day('2026-04-01'))?.version).toBe(3);
  });

  test('適用中・予定・過去・取消', () => {
    expect(versions.map((one) => versionState(one, versions, today))).toEqual(['past', 'current', 'planned', 'withdrawn']);
    expect(versions.map((one) => isWithdrawable(one, today))).toEqual([false, false, true, false]);
    expect(isWithdrawable(version(5, '2026-01-15'), today)).toBe(false);
    expect(newestPlan(versions)?.version).toBe(3);
  });

  test('取り消した日から始まる版をもう一度予定すると、新しいほうが適用される', () => {
    const again = [...versions, version(5, '2026-03-01')];
    expect(versionOn(again, day('2026-03-10'))?.version).toBe(5);
  });
});

describe('新しい版の予定', () => {
  const versions = [version(1, '1900-01-01'), version(2, '2026-04-01')];
  const changed = settings({ autoReceive: true });
  const ask = (startsOn: string, wanted = changed) =>
    planSettings({ settings: wanted, startsOn: day(startsOn), layer: 3, today, versions });

  test('明日から2年後まで', () => {
    expect(ask('2026-01-15')).toMatchObject({ refusal: { fields: { startsOn: ['適用開始日は明日以降の日付を入力してください。'] } } });
    expect(ask('2026-01-16')).toMatchObject({ ok: true });
    expect(ask('2028-01-15')).toMatchObject({ ok: true });
    expect(ask('2028-01-16')).toMatchObject({
      refusal: { fields: { startsOn: ['適用開始日は2028/01/15までの日付を入力してください。'] } },
    });
  });

  test('同じ日に始まる予定が既にあれば、その版を示して断る', () => {
    expect(ask('2026-04-01')).toMatchObject({ refusal: { fields: { startsOn: [expect.stringContaining('第2版')] } } });
  });

  test('後から始まる予定があれば、いつまでの設定かを示す', () => {
    const plan = ask('2026-03-01');
    expect(plan.ok && laterPlanText(plan.value)).toBe(
      '2026/04/01から第2版が適用される予定です。この版が適用されるのは2026/03/31までです。',
    );
    const last = ask('2026-05-01');
    expect(last.ok && laterPlanText(last.value)).toBe(undefined);
  });

  test('何も変わらない版は作れない', () => {
    expect(ask('2026-02-01', standard)).toMatchObject({
      refusal: { code: 'invalid', message: expect.stringContaining('変更された項目がありません') },
    });
  });
});

describe('両立しない設定(項目ごとの断り)', () => {
  test('標準の設定はどの層でも両立する', () => {
    for (const layer of [1, 2, 3, 4] as const) expect(impossibleSettings(standard, { ...at, layer })).toEqual({});
  });

  test.each([
    ['直接入会は2層だけ', { directJoin: true }, 3, 'directJoin'],
    ['日本医師会に上層はない', { requiredUpperLayers: 'all', allowUpperOnlyWithdrawal: false }, 1, 'requiredUpperLayers'],
    ['都道府県医師会が都道府県医師会を必須とすることはない', { requiredUpperLayers: 'prefecture' }, 2, 'requiredUpperLayers'],
    ['すべての層を必須としながら上層のみの退会は認められない', { requiredUpperLayers: 'all' }, 3, 'allowUpperOnlyWithdrawal'],
    ['別の退会届と順序の指定', { transferWithdrawal: 'separate', transferOrder: 'leave_first' }, 3, 'transferOrder'],
    ['希望できる過去の日が承認できない', { decisionWindow: { back: 30, ahead: 365 } }, 3, 'decisionWindow.back'],
    ['希望できる先の日が承認できない', { decisionWindow: { back: 180, ahead: 100 } }, 3, 'decisionWindow.ahead'],
    ['自動確認が督促より早い', { reminderDays: 14, acknowledgeDays: 14 }, 3, 'acknowledgeDays'],
    ['理事会開催日で決めるのに日程がない', { dateRule: 'boardMeeting' }, 3, 'boardMeetings'],
    ['理事会日程が適用開始日より前だけ', { dateRule: 'boardMeeting', boardMeetings: ['2026-01-31'] }, 3, 'boardMeetings'],
  ] as const)('%s', (_title, more, layer, field) => {
    const found = impossibleSettings(associationSettings.parse(more), { ...at, layer });
    expect(Object.keys(found)).toEqual([field]);
  });

  test('直せば両立する', () => {
    const mended = associationSettings.parse({
      requiredUpperLayers: 'all',
      allowUpperOnlyWithdrawal: false,
      dateRule: 'boardMeeting',
      boardMeetings: ['2026-02-01'],
      decisionWindow: { back: 90, ahead: 365 },
    });
    expect(impossibleSettings(mended, at)).toEqual({});
    expect(impossibleSettings(settings({ directJoin: true }), { ...at, layer: 2 })).toEqual({});
  });
});

describe('理事会日程', () => {
  test('毎月第3月曜で作成する', () => {
    expect(monthlyMeetings({ nth: 3, on: 1, year: 2026, month: 11, months: 4 })).toEqual([
      '2026-11-16',
      '2026-12-21',
      '2027-01-18',
      '2027-02-15',
    ]);
  });
  test('第5週のない月は除く', () => {
    expect(monthlyMeetings({ nth: 5, on: 5, year: 2026, month: 1, months: 5 })).toEqual(['2026-01-30', '2026-05-29']);
  });
});

describe('提出書類の符号', () => {
  const paper = (title: string, kind: 'join' | 'withdrawal' = 'join') => ({ kind, title, required: true, note: '' });

  test('共通の書類は共通の符号、知られた書類は同じ符号、新しい書類は医師会ごとの符号になる', () => {
    const known = codedPapers([paper('医師免許証'), paper('推薦書')], { associationId: 27001, known: [] });
    expect(known.map((one) => one.code)).toEqual(['licence', 'p27001-1']);
    const later = codedPapers([paper('誓約書'), paper('推薦書'), paper('推薦書', 'withdrawal')], { associationId: 27001, known });
    expect(later.map((one) => one.code)).toEqual(['p27001-2', 'p27001-1', 'p27001-1']);
    expect(associationSettings.parse({ requiredDocuments: later }).requiredDocuments).toHaveLength(3);
  });
});

describe('設定の文章', () => {
  test('すべての設定に文章があり、層にない項目は示されない', () => {
    for (const layer of [1, 2, 3, 4] as const)
      for (const line of settingLines(standard, layer))
        expect([line.label, line.lines.length > 0 && line.lines.every((one) => one.endsWith('。'))]).toEqual([line.label, true]);
    const codes = (layer: 1 | 2 | 3) => settingFields(layer).map((field) => field.code);
    expect(codes(2)).toContain('directJoin');
    expect(codes(3)).not.toContain('directJoin');
    expect(codes(1)).not.toContain('requiredUpperLayers');
    expect(new Set(codes(2))).toEqual(new Set(Object.keys(standard)));
  });

  test('変わった項目だけに印がつく', () => {
    const changed = settingChanges(standard, settings({ reminderDays: 5, twoPersonDecision: ['join'] }), 3).filter((line) => line.changed);
    expect(changed.map((line) => line.code)).toEqual(['reminderDays', 'twoPersonDecision']);
    expect(changed[1]).toMatchObject({ before: ['承認は、1名の担当者が行います。'], after: ['入会届の承認は、2名の担当者が行います。'] });
  });
});
