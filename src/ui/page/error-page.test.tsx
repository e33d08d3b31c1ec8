import { describe, expect, it } from 'vitest';
import { html } from '../render.test-support.tsx';
import { ErrorPage } from './ErrorPage.tsx';
import { errorDetails } from './errorDetails.ts';

describe('エラー画面', () => {
  it.each([
    [403, 'このページを表示する権限がありません', '権限が必要な場合は、所属医師会の管理者にご相談ください。', 'TOPに戻る'],
    [404, 'ページが見つかりません', 'URLが変わったか、表示できる範囲にありません。', 'TOPに戻る'],
    [413, 'ファイルの大きさが上限を超えています', '', '入力画面に戻る'],
    [429, 'しばらく待ってからお試しください', '30秒後に操作できます。', '再読み込み'],
    [500, '処理中にエラーが発生しました', '次の番号をコールセンターへお知らせください。r-1', '再読み込み'],
    [503, 'ただいまご利用いただけません', '2026/11/22 06:00に再開予定です。', '再読み込み'],
  ])('%i の見出し・文・出口', (status, heading, text, out) => {
    const page = html(<ErrorPage status={status} requestId="r-1" retryAfterSeconds={30} resumesAt="2026/11/22 06:00に再開予定です。" />);
    expect(page).toContain(`<h1>${heading}</h1>`);
    expect(page).toContain(text);
    expect(page).toContain(out);
  });

  it('範囲外の物と存在しない物は同じ画面で、知らない番号も漏らさない', () => {
    expect(html(<ErrorPage status={404} />)).toBe(html(<ErrorPage status={410} />));
    expect(html(<ErrorPage status={500} requestId="r-1" />)).toBe(html(<ErrorPage status={502} requestId="r-1" />));
  });

  it('503 はスクリプトなしでも自動で試し続ける', () => {
    expect(html(<ErrorPage status={503} />)).toContain('http-equiv="refresh"');
    expect(html(<ErrorPage status={500} />)).not.toContain('http-equiv="refresh"');
  });

  it('投げられた応答から読めるものだけを読む', () => {
    expect(errorDetails({ requestId: 'r', retryAfterSeconds: 5, other: 1 })).toEqual({ requestId: 'r', retryAfterSeconds: 5 });
    expect(errorDetails('text')).toEqual({});
    expect(errorDetails({ requestId: 3 })).toEqual({});
  });
});
