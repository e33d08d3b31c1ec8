/** Words around every mail (`screens.md 1.7`). */
export const mailTexts = {
  senderName: 'MAMIS運営事務局',
  subjectMark: '【MAMIS】',
  /** Between text and foot. */
  rule: '-'.repeat(40),
  system: 'MAMIS 日本医師会 会員情報管理システム',
  /** What some mails call the page that their address leads to; a button says what it does. */
  screen: '画面',
  openPage: 'ページを開く',
  address: 'ボタンが押せない場合は、次のURLを開いてください。',
  foot: [
    'このメールは送信専用です。お問合せはMAMISの「お問合せ」からお願いいたします。',
    'MAMIS運営事務局・日本医師会がパスワードをお尋ねすることはありません。',
  ].join('\n'),
} as const;
