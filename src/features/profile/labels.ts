/** Sentences of 登録情報 (D-03). */
export const labels = {
  changedOn: '最終更新日',
  workplaceNote: '所属施設の変更は異動届から行ってください。',
  noWorkplace: '現在、所属施設の登録はありません。',
  checkedNote: '医師会で確認済みの項目です。誤りがある場合は、所属医師会へご連絡ください。',
  resumed: '入力の途中の内容を表示しています(24時間保存されます)。',
} as const;
