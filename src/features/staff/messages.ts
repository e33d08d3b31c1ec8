/** The sentences of the staff commands. */
export const staffMessages = {
  doctorsAccount: 'このアカウントは医師のものです。',
  known: 'この事務局ユーザーは登録済みです。',
  adminThere: '管理者は登録済みです。ログインしてください。',
  toLogin: 'ログインページへ',
  wrongCode: '設定コードが正しくありません。起動した画面に表示されたコードを入力してください。',
} as const;
