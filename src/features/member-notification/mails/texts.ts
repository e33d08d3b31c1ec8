/** M-44 (`screens.md 8`): counts for each kind, nobody's name. Pure. */
export function dailyMail(about: { office: string; counts: readonly { label: string; count: number }[]; link: string }): {
  subject: string;
  body: string;
} {
  const total = about.counts.reduce((sum, one) => sum + one.count, 0);
  return {
    subject: `会員関連通知(${total}件)`,
    body: [
      `${about.office} 御中`,
      '',
      '貴会の会員に関する通知があります。MAMISにログインしてご確認ください。',
      '',
      ...about.counts.map((one) => `${one.label}:${one.count}件`),
      '',
      `会員関連通知:${about.link}`,
    ].join('\n'),
  };
}
