/** The sentences of the staff commands. */
export const staffMessages = {
  doctorsAccount: 'このアカウントは医師のものです。',
  known: 'この事務局ユーザーは登録済みです。',
  adminThere: '管理者は登録済みです。ログインしてください。',
  toLogin: 'ログインページへ',
  viewNameTaken: 'この名前の条件は保存済みです。別の名前を入力してください',
  viewsFull: (most: number) => `保存できる条件は${most}件までです。不要な条件を削除してください。`,
  wrongCode: '設定コードが正しくありません。起動した画面に表示されたコードを入力してください。',
  lastAdmin: '管理者が1名もいなくなるため、この操作はできません。先に後任の管理者を登録してください。',
  changedSince: '表示した後に内容が変わりました。最新の内容をご確認ください。',
  mailLabel: 'メールアドレス',
  validUntil: '有効期間',
  agreement: '事務局での利用条件への同意',
  invited: (mail: string) => `${mail}は招待中です。一覧から招待を再送してください。`,
  closedInvitation: 'この招待は終了しています。',
  unusable: 'この招待のURLは使用できません。期限が過ぎているか、すでに使用されています。招待した管理者に、招待の再送をご依頼ください。',
} as const;
