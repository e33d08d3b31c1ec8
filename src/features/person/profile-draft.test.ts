import { describe, expect, it } from 'vitest';
import { profileDraftIn } from './pages/profile-entries.ts';

describe('入力された登録情報(screens.md A-07)', () => {
  it('担当する科名に主たる科名があれば、そこからは除く', () => {
    expect(profileDraftIn({ values: { mainDepartment: '01', departments: ['01', '02'] } })).toEqual({
      mainDepartment: '01',
      departments: ['02'],
    });
    expect(profileDraftIn({ values: { mainDepartment: '01', departments: '01' } })).toEqual({ mainDepartment: '01', departments: [] });
    expect(profileDraftIn({ values: { mainDepartment: '', departments: ['02'] } })).toEqual({ mainDepartment: '', departments: ['02'] });
  });

  it('消された出身校は選ばれていない。ボタンと版は入力ではない', () => {
    const typed = { schoolCode: 'N01', schoolCodeQuery: ' ', intent: 'next', version: '3', society: 'x' };
    expect(profileDraftIn({ values: typed })).toEqual({ schoolCode: '', schoolCodeQuery: ' ' });
  });
});
