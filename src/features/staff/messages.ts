/** The sentences of the staff commands. */
export const staffMessages = {
  doctorsAccount: 'このアカウントは医師のものです。',
  known: 'この事務局ユーザーは登録済みです。',
  adminThere: '管理者は登録済みです。ログインしてください。',
  toLogin: 'ログインページへ',
  viewNameTaken: 'この名前の条件は保存済みです。別の名前を入力してください',
  viewsFull: (most: number) => `保存できる条件は${most}件までです。不要な条件を削除してください。`,
  wrongCode: '設定コードが正しくありません。起動した画面に表示されたコードを入力してください。',
} as const;
