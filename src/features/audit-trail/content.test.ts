import { describe, expect, it } from 'vitest';
import { changedProfile, contentText, reasonText } from './content.ts';

describe('操作履歴の内容(screens.md O-18)', () => {
  it('変更は前と後を言葉で示し、機械だけの値は示さない', () => {
    expect(contentText({ role: ['clerk', 'admin'], state: ['active', 'stopped'], validUntil: ['2026-12-31', '2027-01-15'] })).toBe(
      '権限:スタッフ → 管理者、使用状態:使用中 → 停止中、有効期間:2026/12/31 → 2027/01/15',
    );
    expect(contentText({ decidedOn: '2026-04-01', stepId: 'x', files: ['a'], rows: 3 })).toBe('決定日:2026/04/01、件数:3');
    const mailing = {
      name: ['会報', '都医ニュース'],
      kind: 'post',
      refusable: [false, true],
      endsOn: [null, '2027-03-31'],
      categories: '3',
    };
    expect(contentText(mailing)).toBe(
      '名称:会報 → 都医ニュース、種類:郵送、終了日:(なし) → 2027/03/31、会員が送付不要を選べる:いいえ → はい',
    );
    expect(contentText({ startsOn: '2026-05-01', items: 'presidentName,tel', carried: 0 })).toBe(
      '開始日:2026/05/01、変更した項目:会長名・TEL',
    );
    expect(contentText({ changed: ['wishWindow', 'dateRule'] })).toBe('変更した項目:希望年月日の範囲・入会日の決め方');
    expect(contentText({ kind: 'rename', name: 'mail', code: 'conflict' })).toBe('名称:mail');
    expect(contentText({ number: 'E2026-0000001', rows: 3 }, { said: 'E2026-0000001' })).toBe('件数:3');
    for (const none of [null, [], 'x', {}, { role: [['a'], 'b'] }, { refused: 'dead' }]) expect(contentText(none)).toBe('');
  });

  it('医師の登録情報の変更は、項目ごとに前と後を示す', () => {
    const profile = [
      { block: 'contact', key: 'tel', label: 'TEL', before: '06-0000-0000', after: '06-1111-1111' },
      { block: 'contact', key: 'fax', label: 'FAX', before: '', after: '06-2222-2222' },
    ];
    expect(contentText({ askedOn: '2026-01-14', ground: 'P01' }, { profile })).toBe(
      'TEL:06-0000-0000 → 06-1111-1111、FAX:(なし) → 06-2222-2222、依頼日:2026/01/14',
    );
    expect(changedProfile({ change: '01890000-0000-7000-8000-000000000001' })).toBe('01890000-0000-7000-8000-000000000001');
    expect(changedProfile({ fields: ['tel'] })).toBeUndefined();
  });

  it('理由があれば目的・理由に示す', () => {
    expect(reasonText({ reason: '総会で議決' })).toBe('総会で議決');
    expect(reasonText({ reason: 3 })).toBe('');
  });
});
