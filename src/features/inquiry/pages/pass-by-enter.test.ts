import { describe, expect, it } from 'vitest';
import { intentOfEnter } from './pass-by-enter.ts';

describe('別の担当へ回す欄でのEnter', () => {
  it('医師会名を入力していれば検索し、担当課を選んであっても担当課へは回さない', () => {
    expect(intentOfEnter({ to: 'fees', associationIdQuery: '大阪市北区', associationId: '' })).toBe('search:associationId');
    expect(intentOfEnter({ to: 'fees', associationIdQuery: '大阪市北区', associationId: '27001' })).toBe('pass:office');
  });

  it('医師会の欄が空なら担当課へ回す', () => {
    expect(intentOfEnter({ to: 'fees', associationIdQuery: '', associationId: '' })).toBe('pass:section');
    expect(intentOfEnter({ to: 'fees' })).toBe('pass:section');
  });
});
