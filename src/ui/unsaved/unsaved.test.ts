import { describe, expect, it } from 'vitest';
import { staysOnPage, wouldLose } from './leaving.ts';
import { type Control, sameInput, typedInputOf } from './typedInput.ts';

const text = (name: string, value: string): Control => ({ name, type: 'text', value });
const box = (name: string, value: string, checked: boolean): Control => ({ name, type: 'checkbox', value, checked });

describe('入力中の内容', () => {
  it('打ち直して元に戻せば、入力したことにならない', () => {
    const before = typedInputOf([text('position', '院長'), box('kinds', 'a', true), box('kinds', 'b', false)]);
    expect(sameInput(before, typedInputOf([text('position', '副院長'), box('kinds', 'a', true), box('kinds', 'b', false)]))).toBe(false);
    expect(sameInput(before, typedInputOf([text('position', '院長'), box('kinds', 'a', true), box('kinds', 'b', true)]))).toBe(false);
    expect(sameInput(before, typedInputOf([text('position', '院長'), box('kinds', 'a', true), box('kinds', 'b', false)]))).toBe(true);
  });

  it('鍵や版、ボタン、名前のない欄、空欄は入力に数えない', () => {
    const hidden = { name: 'idempotencyKey', type: 'hidden', value: '1' };
    const button = { name: 'intent', type: 'submit', value: 'next' };
    const nameless = { name: '', type: 'checkbox', value: 'on', checked: true };
    expect(typedInputOf([hidden, button, nameless, text('reason', ''), box('all', '1', false)]).size).toBe(0);
  });

  it('選んだファイルは入力である', () => {
    const file = (files: { name: string; size: number }[]): Control => ({ name: 'licence', type: 'file', value: '', files });
    expect(sameInput(typedInputOf([file([])]), typedInputOf([file([{ name: '免許証.pdf', size: 3 }])]))).toBe(false);
  });
});

describe('離れること', () => {
  const link = { protocol: 'https:', pathname: '/my', target: '', download: false };

  it.each([
    [link, false],
    [{ ...link, target: '_self' }, false],
    [{ ...link, target: '_blank' }, true],
    [{ ...link, download: true }, true],
    [{ ...link, pathname: '/my/certificates/1/print.pdf' }, true],
    [{ ...link, pathname: '/my/membership-history/file.csv' }, true],
    [{ ...link, protocol: 'mailto:', pathname: 'a@example.jp' }, true],
  ])('%o は離れない: %s', (pressed, stays) => {
    expect(staysOnPage(pressed)).toBe(stays);
  });

  it('別のページへは問い、同じページの検索では、内容がアドレスに従う書式だけを問う', () => {
    const here = { pathname: '/office/a', search: '?tab=1' };
    const plain = { dataset: {} };
    const bound = { dataset: { unsaved: 'address' } };
    expect(wouldLose(here, { pathname: '/office/b', search: '' }, [])).toBe(false);
    expect(wouldLose(here, { pathname: '/office/b', search: '' }, [plain])).toBe(true);
    expect(wouldLose(here, { ...here, search: '?tab=2' }, [plain])).toBe(false);
    expect(wouldLose(here, { ...here, search: '?tab=2' }, [plain, bound])).toBe(true);
    expect(wouldLose(here, here, [bound])).toBe(false);
  });
});
