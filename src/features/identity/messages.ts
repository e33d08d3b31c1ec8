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
  factorRequired: '所属の事務局では2段階認証が必要なため、解除できません。',
  secondStep: '2段階認証を行ってください。',
  newLoginId: '新しいログインIDを入力してください',
  initialOver: '初期のログイン情報の有効期限が過ぎています。',
  toRecovery: 'ログインにお困りの方',
  tooLate: '時間が過ぎたため、もう一度ログインしてください。',
  wrongPassword: 'パスワードが正しくありません。',
  otherBrowser: 'その他のブラウザ',
} as const;
