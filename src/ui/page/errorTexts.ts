import type { ErrorDetails } from './errorDetails.ts';

/** Statuses that have a page of their own (`screens.md 1.6`). */
export type ErrorStatus = 400 | 401 | 403 | 404 | 409 | 413 | 429 | 500 | 503;

/** Heading and text of an error page. */
export function errorTexts(status: ErrorStatus, details: ErrorDetails = {}): { heading: string; text: string } {
  switch (status) {
    case 400:
      return { heading: '入力内容に誤りがあります', text: '前の画面に戻り、入力内容をご確認ください。' };
    case 401:
      return { heading: 'ログインしてください。', text: '' };
    case 403:
      return {
        heading: 'このページを表示する権限がありません',
        text: '権限が必要な場合は、所属医師会の管理者にご相談ください。',
      };
    case 404:
      return { heading: 'ページが見つかりません', text: 'URLが変わったか、表示できる範囲にありません。' };
    case 409:
      return { heading: '内容が変わりました', text: 'ほかの操作により内容が変わりました。最新の内容をご確認ください。' };
    case 413:
      return { heading: 'ファイルの大きさが上限を超えています', text: '' };
    case 429:
      return {
        heading: 'しばらく待ってからお試しください',
        text: details.retryAfterSeconds === undefined ? '' : `${details.retryAfterSeconds}秒後に操作できます。`,
      };
    case 500:
      return { heading: '処理中にエラーが発生しました', text: apology(details.requestId) };
    case 503:
      return { heading: 'ただいまご利用いただけません', text: details.resumesAt ?? '' };
  }
}

function apology(requestId: string | undefined): string {
  const sorry = 'お手数ですが、時間をおいてお試しください。';
  if (requestId === undefined) return sorry;
  return `${sorry}続く場合は、次の番号をコールセンターへお知らせください。${requestId}`;
}
