/** What the door says before a page could speak (screens.md 1.5, 1.6); plain sentences without markup. */
export const serviceMessages = {
  method: 'この操作は受け付けられません。',
  addressTooLong: 'URLが長すぎます。',
  addressUnreadable: 'URLを読み取れません。',
  unauthenticated: 'ログインしてください。',
  forbidden: 'この操作を行う権限がありません。',
  notFound: 'URLが変わったか、表示できる範囲にありません。',
  tooLarge: '送信されたデータの大きさが上限を超えています。',
  unavailable: 'ただいまご利用いただけません',
  tooMany: (seconds: number) => `しばらく待ってからお試しください。${seconds}秒後に操作できます。`,
  busy: (seconds: number) => `ただいま混み合っています。${seconds}秒後にもう一度お試しください。`,
  failed: (requestId: string) => `処理中にエラーが発生しました。続く場合は、次の番号をコールセンターへお知らせください。${requestId}`,
  unsaved: '保存できませんでした。入力内容はこの画面に残っています。もう一度お試しください。',
} as const;
