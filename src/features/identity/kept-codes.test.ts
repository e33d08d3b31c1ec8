import { describe, expect, it } from 'vitest';
import { afterCodes } from './pages/kept-codes.ts';

const codes = ['ABCD2345', 'EFGH6789'];
const form = (input: Record<string, unknown>) => ({ input, values: {}, intent: 'codesKept', key: undefined });

describe('リカバリーコードの控え(screens.md A-02)', () => {
  it('チェックがないときは、同じコードをもう一度示す', () => {
    const answer = afterCodes(form({ codes }), '/my');
    expect(answer).toMatchObject({
      data: { codes, refusal: { fields: { kept: ['「控えを保管しました」にチェックを入れてください'] } } },
      init: { status: 422 },
    });
  });

  it.each([{ codes, kept: '1' }, {}, { codes: ['<script>'] }, { codes: Array.from({ length: 11 }, () => 'ABCD2345') }])(
    '控えたとき、示すコードがないときは先に進む(%o)',
    (input) => {
      const answer = afterCodes(form(input), '/my');
      expect(answer instanceof Response ? [answer.status, answer.headers.get('Location')] : answer).toEqual([303, '/my']);
    },
  );
});
