import { expect, it } from 'vitest';
import { safeFileName } from './file-name.ts';

it.each<[claimed: string, shown: string]>([
  ['医師免許証.pdf', '医師免許証.pdf'],
  ['𠮷田﨑子の履歴書.PDF', '𠮷田﨑子の履歴書.pdf'],
  ['葛\u{E0100}城.pdf', '葛\u{E0100}城.pdf'],
  ['C:\\Users\\taro\\免許証.pdf', '免許証.pdf'],
  ['/etc/passwd', 'passwd.pdf'],
  ['../../../免許証.pdf', '免許証.pdf'],
  ['..', '書類.pdf'],
  ['', '書類.pdf'],
  ['.pdf', 'pdf.pdf'],
  ['  免許証 .pdf  ', '免許証.pdf'],
  ['免許証.pdf.exe', '免許証.pdf.pdf'],
  ['免許証.html', '免許証.pdf'],
  ['2026.11', '2026.11.pdf'],
  ['免許\u202Efdp.exe', '免許fdp.pdf'],
  ['免許\u0000証\r\nSet-Cookie: a.pdf', '免許証Set-Cookie_ a.pdf'],
  ['a"b<c>d|e?f*g%2e.pdf', 'a_b_c_d_e_f_g_2e.pdf'],
  ['CON.pdf', '書類.pdf'],
  ['\uD800免許証.pdf', '\uFFFD免許証.pdf'],
  ['ゼロ\u200B幅.pdf', 'ゼロ幅.pdf'],
])('%j は %j と示す', (claimed, shown) => {
  expect(safeFileName(claimed, ['pdf'])).toBe(shown);
});

it('100文字に収め、末尾の種類を残す', () => {
  const name = safeFileName(`${'長'.repeat(300)}.jpeg`, ['jpg', 'jpeg']);
  expect([...name]).toHaveLength(100);
  expect(name.endsWith('長.jpeg')).toBe(true);
});

it('重ねた結合文字で膨らまない', () => {
  expect(safeFileName(`a${'\u0301'.repeat(100_000)}.pdf`, ['pdf']).length).toBeLessThan(420);
});
