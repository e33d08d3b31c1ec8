import { describe, expect, test } from 'vitest';
import { fieldErrors } from '#platform/command/parse.ts';
import { settingsForm } from './settings-input-schema.ts';

const typed = {
  requiredUpperLayers: 'none',
  allowUpperOnlyWithdrawal: 'yes',
  transferOrder: 'parallel',
  transferWithdrawal: 'automatic',
  wishWindow: { back: '９０', ahead: '365' },
  decisionWindow: { back: '180', ahead: '365' },
  farFuture: 'warn',
  dateRule: 'wish',
  boardMeetings: '',
  requiredDocuments: [
    { kind: 'join', title: '医師免許証', required: '1', note: '' },
    { kind: '', title: '', note: '' },
  ],
  reminderDays: '7',
  acknowledgeDays: '30',
  exportThreshold: '1000',
  startsOn: '令和8年4月1日',
  reason: '定款の変更',
};

function errorsOf(more: Record<string, unknown>) {
  const parsed = settingsForm.safeParse({ ...typed, ...more });
  return parsed.success ? {} : fieldErrors(parsed.error);
}

describe('環境設定の入力', () => {
  test('形を整えてから受け取る', () => {
    expect(settingsForm.parse(typed)).toMatchObject({
      wishWindow: { back: 90, ahead: 365 },
      allowUpperOnlyWithdrawal: true,
      directJoin: false,
      requiredDocuments: [{ kind: 'join', title: '医師免許証', required: true, note: '' }],
      twoPersonDecision: [],
      startsOn: '2026-04-01',
    });
  });

  test('ほかのシステムからの値も同じ形で受け取る', () => {
    const parsed = settingsForm.parse({
      ...typed,
      allowUpperOnlyWithdrawal: false,
      wishWindow: { back: 1, ahead: 2 },
      boardMeetings: ['2026-04-20'],
    });
    expect(parsed).toMatchObject({ allowUpperOnlyWithdrawal: false, wishWindow: { back: 1, ahead: 2 }, boardMeetings: ['2026-04-20'] });
  });

  test('理事会日程は1行に1日、表からの貼り付けも、並べ替えて一つずつ', () => {
    const read = (boardMeetings: string) => settingsForm.parse({ ...typed, boardMeetings }).boardMeetings;
    expect(read('R8.5.18\n2026/4/20\r\n20260420\n')).toEqual(['2026-04-20', '2026-05-18']);
    expect(read('開催日\n"2026/04/20","2026/05/18"')).toEqual(['2026-04-20', '2026-05-18']);
    expect(errorsOf({ boardMeetings: '2026/04/20\n来週' })).toEqual({
      boardMeetings: ['理事会日程の「来週」は正しい日付ではありません(例:2026/04/01)'],
    });
  });

  test('誤りは項目ごとに、日本語で返る', () => {
    expect(
      errorsOf({ wishWindow: { back: '', ahead: '9999' }, reminderDays: '0', acknowledgeDays: 'たくさん', startsOn: '', reason: '' }),
    ).toEqual({
      'wishWindow.back': ['希望年月日の範囲(過去)を入力してください'],
      'wishWindow.ahead': ['希望年月日の範囲(先)は0から1,095までの数字で入力してください'],
      reminderDays: ['督促の日数は1から30までの数字で入力してください'],
      acknowledgeDays: ['確認の自動処理は数字で入力してください'],
      startsOn: ['適用開始日を入力してください'],
      reason: ['変更の理由を入力してください'],
    });
    expect(errorsOf({ transferOrder: undefined, wishWindow: undefined })).toEqual({
      transferOrder: ['異動時の退会の順序を選択してください'],
      'wishWindow.back': ['希望年月日の範囲(過去)を入力してください'],
      'wishWindow.ahead': ['希望年月日の範囲(先)を入力してください'],
    });
  });

  test('提出書類の誤りは、その行に返る', () => {
    const row = (kind: string, title: string) => ({ kind, title, note: '' });
    expect(errorsOf({ requiredDocuments: [row('', ''), row('join', '推薦書'), row('', '誓約書'), row('join', '推薦書')] })).toEqual({
      'requiredDocuments.2.kind': ['種別を選択してください'],
      'requiredDocuments.3.title': ['この種別に、同じ名称の書類があります。'],
    });
  });
});
