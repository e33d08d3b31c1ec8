/** M-27 (`screens.md 8`): which parts of 登録情報 were changed, by whom; the values themselves never go by mail. */

export type ProfileMailFacts = {
  name: string;
  /** Titles of the blocks, e.g. 自宅現住所. */
  blocks: readonly string[];
  /** 「ご本人」, or the association. */
  by: string;
  /** `yyyy/mm/dd hh:mm`. */
  at: string;
  link: string;
};

/** M-27, to the doctor. */
export function profileChangedMail({ name, blocks, by, at, link }: ProfileMailFacts): { subject: string; body: string } {
  return {
    subject: '登録情報が変更されました',
    body: [
      `${name} 様`,
      '',
      '登録情報が変更されました。',
      '',
      `変更された項目:${blocks.join('、')}`,
      `変更した人:${by}`,
      `日時:${at}`,
      '',
      'マイページにログインし、次の画面から変更後の内容をご確認ください。',
      `画面:${link}`,
      '',
      '心当たりがない場合は、所属医師会またはMAMIS運営事務局へご連絡ください。',
    ].join('\n'),
  };
}
