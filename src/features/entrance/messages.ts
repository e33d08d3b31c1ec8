/** The sentences of registration, first login and recovery (`screens.md` ). */
export const texts = {
  agree: '「利用規約・個人情報の取り扱いに同意する」にチェックを入れてください',
  same: '確認用のメールアドレスが一致しません',
  expiredAfter: (hours: number) => `URLの有効期限(${hours}時間)が過ぎています。もう一度メールアドレスをご入力ください。`,
  used: 'このURLは使用済みです。',
  tooManyIds: 'ログインIDの確認を繰り返したため、この手続きは続けられません。もう一度メールアドレスの入力からお願いします。',
  waitSeconds: (seconds: number) => `${seconds}秒後にもう一度お試しください。`,
  birthOrMail: '生年月日を入力してください(事務局の方はメールアドレスを入力してください)',
  sent: 'ご登録のメールアドレスに案内をお送りしました。届かない場合は、入力内容またはご登録のメールアドレスをご確認ください。',
  passwordChanged: 'パスワードを変更しました。新しいパスワードでログインしてください。',
  mailChanged: 'メールアドレスを変更しました。',
  password: 'パスワード',
  mailAddress: 'メールアドレス',
  resetExpired: (hours: number) => `URLの有効期限(${hours}時間)が過ぎています。もう一度お手続きください。`,
  mailDomain: 'mamis.med.or.jp',
  notAgain: '確認メールは60秒に1回送信できます。少し待ってからお試しください。',
  kept: '入力済み(変更する場合だけ入力してください)',
} as const;
