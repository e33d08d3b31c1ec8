/** The sentences of sign-in (screens.md A-01, D-05). */
export const signInMessages = {
  wrongPair: 'ログインIDまたはパスワードが正しくありません。',
  notUsable: 'このアカウントは現在使用できません。所属医師会の管理者にご連絡ください。',
  comeLater: (seconds: number) => `ログインの失敗が続いたため、${seconds}秒後にもう一度お試しください。`,
  otherBrowser: 'その他のブラウザ',
} as const;
