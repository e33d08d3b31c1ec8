/** The sentences of sign-in (screens.md A-01, D-05). */
export const signInMessages = {
  wrongPair: 'ログインIDまたはパスワードが正しくありません。',
  notUsable: 'このアカウントは現在使用できません。所属医師会の管理者にご連絡ください。',
  comeLater: (seconds: number) => `ログインの失敗が続いたため、${seconds}秒後にもう一度お試しください。`,
  wrongCode: '確認コードが正しくありません。新しいコードを入力してください。',
  wrongRecoveryCode: 'リカバリーコードが正しくありません。',
  secondFactor: '2段階認証',
  loginId: 'ログインID',
  password: 'パスワード',
  currentPassword: '現在のパスワード',
  factorRequired: '所属の事務局では2段階認証が必要なため、解除できません。',
  secondStep: '2段階認証を行ってください。',
  newLoginId: '新しいログインIDを入力してください',
  initialOver: '初期のログイン情報の有効期限が過ぎています。',
  toRecovery: 'ログインにお困りの方',
  codesKept: '控えを保管しました',
  tooLate: '時間が過ぎたため、もう一度ログインしてください。',
  wrongPassword: 'パスワードが正しくありません。',
  passkey: 'パスキー',
  passkeyToDelete: '削除するパスキー',
  wrongPasskey: 'パスキーを確認できませんでした。もう一度お試しいただくか、ログインIDとパスワードでログインしてください。',
  wrongSecondPasskey: 'パスキーを確認できませんでした。もう一度お試しください。',
  newPasskeyRefused: 'パスキーを追加できませんでした。もう一度お試しください。',
  passkeyKnown: 'このパスキーは、すでに登録されています。',
  passkeyGone: 'このパスキーは、すでに削除されています。',
  passkeysFull: (most: number) => `パスキーは${most}個まで登録できます。使わないものを削除してから追加してください。`,
  lastPasskey: '所属の事務局では2段階認証が必要なため、最後のパスキーは削除できません。',
  noPasskey: 'パスキーが登録されていません。',
  changed: '変更',
  added: '追加',
  deleted: '削除',
  otherBrowser: 'その他のブラウザ',
} as const;

/** What is said when a device does not answer for a passkey (A-01, A-02, D-05). */
export const deviceMessages = {
  stopped: 'パスキーの操作が中止されたか、時間が過ぎました。もう一度お試しください。',
  known: 'この端末のパスキーは、すでに登録されています。',
  cannot: 'お使いのブラウザまたは端末では、パスキーを使えませんでした。',
  noQuestion: 'パスキーの操作を始められませんでした。ページを読み込み直して、もう一度お試しください。',
} as const;

/** The sentences of the consent to a new version. */
export const consentMessages = {
  title: '利用規約の変更への同意',
  first: '規約が変わりました。変更点をご確認のうえ、同意してください。',
  readingUntil: (day: string) => `規約の変更に同意されていないため、${day}までは、閲覧とお問合せだけがご利用いただけます。`,
  doctorBox: '利用規約・個人情報の取り扱いに同意する',
  officeBox: '事務局規約に同意する',
  instruction: '変更点をお読みいただき、同意される場合は、チェックを入れて「次へ」を押してください。',
  putOff: '今は同意しない',
  putOffNote: (day: string) =>
    `「今は同意しない」を選ぶと、${day}までは、閲覧とお問合せだけがご利用いただけます。次回のログインのときに、もう一度お尋ねします。`,
  over: (day: string) => `同意の期限(${day})が過ぎました。同意いただくまで、お問合せのほかはご利用いただけません。`,
  newer: '規約の内容が新しくなりました。もう一度変更点をご確認ください。',
  agreed: '規約の変更への同意を記録しました。',
  wasPutOff: '同意は記録していません。登録・申請・変更は、規約の変更に同意すると行えます。',
} as const;
