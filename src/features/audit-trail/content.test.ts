import { describe, expect, it } from 'vitest';
import { contentText, reasonText } from './content.ts';

describe('操作履歴の内容(screens.md O-18)', () => {
  it('変更は前と後を言葉で示し、機械だけの値は示さない', () => {
    expect(contentText({ role: ['clerk', 'admin'], state: ['active', 'stopped'], validUntil: ['2026-12-31', '2027-01-15'] })).toBe(
      '権限:スタッフ → 管理者、使用状態:使用中 → 停止中、有効期間:2026/12/31 → 2027/01/15',
    );
    expect(contentText({ decidedOn: '2026-04-01', stepId: 'x', files: ['a'], rows: 3 })).toBe('決定日:2026/04/01、件数:3');
    for (const none of [null, [], 'x', {}, { role: [['a'], 'b'] }, { refused: 'dead' }]) expect(contentText(none)).toBe('');
  });

  it('理由があれば目的・理由に示す', () => {
    expect(reasonText({ reason: '総会で議決' })).toBe('総会で議決');
    expect(reasonText({ reason: 3 })).toBe('');
  });
});
