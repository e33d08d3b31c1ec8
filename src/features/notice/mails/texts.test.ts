import { expect, test } from 'vitest';
import { mailSubject } from '#platform/mail/mail-text.ts';
import { noticeMail } from './texts.ts';

const about = { lead: '', association: '大阪市北区医師会' };

test('異体字ばかりの長いタイトルでも、件名は見出しに収まり、本文には全部が載る', () => {
  const title = '葛\u{e0100}'.repeat(80);
  const { subject, body } = noticeMail({ ...about, title }, { link: 'https://mamis.example.jp/' });
  expect(() => mailSubject(subject)).not.toThrow();
  expect(title.startsWith(subject)).toBe(true);
  expect(body).toContain(title);
});

test('見出しにできない文字だけのタイトルは「お知らせ」となる', () => {
  expect(noticeMail({ ...about, title: '\u200b\u202e' }, { link: 'https://mamis.example.jp/' }).subject).toBe('お知らせ');
});
