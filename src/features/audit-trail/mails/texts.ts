/** Texts of the mails about the records. Pure; without personal data. */

/** M-55 to 運営事務局: the verification has found what was not known before. `chains`: how many associations have a mismatch. */
export function mismatchMail(about: { chains: number; link: string }): { subject: string; body: string } {
  const what =
    about.chains === 0
      ? 'データベースの外の控えに不備が見つかりました。'
      : `${about.chains}件の医師会等の操作履歴に、一致しない記録が見つかりました。`;
  return {
    subject: '【重要】操作履歴の検証で不一致が見つかりました',
    body: [
      'MAMIS運営事務局 ご担当者様',
      '',
      `操作履歴の検証で、${what}`,
      '内容をTOPでご確認のうえ、記録を変更せずに、システムの管理者に全件の検証を依頼してください。',
      '',
      about.link,
    ].join('\n'),
  };
}
