import { describe, expect, it } from 'vitest';
import { mailHtml } from './mail-html.ts';
import { mailBody, mailSubject } from './mail-text.ts';

const origin = 'https://mamis.example.jp';
const html = (body: string, subject = '申請の修正をお願いします') =>
  mailHtml({ subject: mailSubject(subject), body: mailBody(body) }, origin);
const links = (text: string) => [...text.matchAll(/href="([^"]*)"/g)].map((found) => found[1]);

describe('メールのHTML', () => {
  it('本文と同じ言葉を、日本語のページとして示す', () => {
    const made = html('𠮷田 﨑子 様\n\n修正をお願いします。\n受付番号:2026-0000001');
    expect(made).toMatch(/^<!DOCTYPE html>\n<html lang="ja">/);
    expect(made).toContain('<h1 class="mamis-ink"');
    expect(made).toContain('>申請の修正をお願いします</h1>');
    expect(made).toContain('𠮷田 﨑子 様</p>');
    expect(made).toContain('修正をお願いします。<br>\n受付番号:2026-0000001</p>');
    expect(made).toContain('パスワードをお尋ねすることはありません。</p>');
    expect(made).not.toContain('-'.repeat(40));
  });

  it('自サイトのURLは、ボタンと見えるURLになる', () => {
    const url = `${origin}/my/applications/018f?a=1&b=2`;
    const made = html(`進み具合:${url}\n\n${origin}/login`);
    expect(links(made)).toEqual([
      'https://mamis.example.jp/my/applications/018f?a=1&amp;b=2',
      'https://mamis.example.jp/my/applications/018f?a=1&amp;b=2',
      'https://mamis.example.jp/login',
      'https://mamis.example.jp/login',
    ]);
    expect(made).toContain('>進み具合</a>');
    expect(made).toContain('>ページを開く</a>');
    expect(made).toContain('>https://mamis.example.jp/login</a>');
  });

  it.each([
    '<img src=x onerror=alert(1)> 様',
    '</p><script>alert(1)</script>',
    '"><a href="https://thief.example/">ここ</a>',
    'https://thief.example/login',
    'ログイン:https://mamis.example.jp@thief.example/',
    'ログイン:https://mamis.example.jp.thief.example/',
    'ログイン:https://user:pass@mamis.example.jp/',
    'javascript:alert(1)',
    'ログイン:http://mamis.example.jp/',
    "名前:https://mamis.example.jp/'onclick='alert(1)",
  ])('氏名や本文に %s があっても文字のまま', (hostile) => {
    const made = html(hostile);
    expect(made.match(/<(?!\/?(?:html|head|meta|title|style|body|main|p|h1|a|br)\b|!DOCTYPE)[^>]*>/g)).toBeNull();
    for (const found of links(made)) expect(found).toMatch(/^https:\/\/mamis\.example\.jp\//);
    expect(made).not.toMatch(/<[^>]*\son\w+=/);
  });

  it('文字の向きや見えない文字は残さない', () => {
    expect(html('\u202Egpj.exe\u200B\u0007', '件名')).not.toMatch(/[\u202E\u200B\u0007]/);
  });

  it('外から取り寄せるものは何もない', () => {
    expect(html('本文')).not.toMatch(/src=|url\(|@import|<link|<img|<form/);
  });
});
