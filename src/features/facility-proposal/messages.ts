/** What is said about proposals for the master of facilities when something cannot be done, and when it is done. */
export const texts = {
  nothingChanged: '現在の内容と同じです。変更する項目を入力してください。',
  changedMeanwhile: '施設の情報がほかの提案により変わりました。最新の内容をご確認のうえ、もう一度入力してください。',
  staleForReview:
    '提案の後に、同じ項目がほかの提案により変わりました。このまま承認することはできません。却下し、必要なときは改めて提案するようお伝えください。',
  alreadyProposed: 'この施設には、審査待ちの提案があります。審査の後に提案してください。',
  notRegistered: 'この施設は、施設マスタに登録された施設ではないため、提案できません。',
  closed: 'この施設は、統合により閉鎖されています。',
  decided: 'この提案は、すでに処理されています。最新の内容をご確認ください。',
  needsAnswer: '却下するときは理由を入力してください',
  unknownCode: (label: string) => `${label}を選択してください`,
  looksTheSame: '同じ名称または電話番号の施設が登録されています。ご確認のうえ、別の施設の場合はチェックを入れてください',
  needsOther: '重複している施設を検索して選択してください',
  sameFacility: '同じ施設です。重複している別の施設を選択してください',
  otherGone: 'この施設は選択できません。もう一度検索してください',
  needsStays: '残す施設を選択してください',
  needsConfirmation: '統合は取り消せません。確認のうえ、チェックを入れてください',
  tooMany: (most: number) =>
    `閉鎖する施設に所属する医師が${most.toLocaleString('ja-JP')}名を超えるため、一度に統合できません。所属する医師の少ない施設を閉鎖してください。`,
  mergeReason: '施設の統合',
  noPrefecture: '審査する都道府県医師会がありません。都道府県を確認してください',
  proposed: '提案しました。都道府県医師会の審査をお待ちください。',
  approved: '提案を承認し、施設マスタに反映しました。',
  forwarded: '重複の報告を承認しました。日本医師会が統合します。',
  rejected: '提案を却下しました。',
  merged: '施設を統合しました。',
  withdrawn: '提案を取り下げました。',
} as const;
