/** What the API says about requests it cannot read. */
export const requestTexts = {
  ifMatchMissing: '表示中の版(ETag)を If-Match ヘッダーで送ってください。',
  keyMissing: '要求ごとに異なる値を Idempotency-Key ヘッダーで送ってください。',
  notAnObject: 'JSONのオブジェクトを送ってください。',
  notJson: 'JSONを読み取れません。',
} as const;
