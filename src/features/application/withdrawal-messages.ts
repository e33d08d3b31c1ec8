/** What 退会届 says (`screens.md D-11, O-05, O-06`). */
export const withdrawalTexts = {
  choose: '退会する医師会を選択してください',
  oneAffiliation: '1回の操作で申請できるのは1グループのみです。退会する医師会は、1つの所属の中から選択してください',
  upperOnly: (association: string, uppers: string) => `${association}の定めにより、${uppers}のみの退会はできません。`,
  chooseMove: '引き続き所属するかどうかを選択してください',
  moveNeedsLower: 'この所属に移して継続するには、その下層の医師会にも引き続き所属する必要があります',
  chooseReason: '退会事由を選択してください',
  beforeJoin: (association: string, day: string) => `退会希望年月日は${association}の入会日(${day})以降の日付を入力してください`,
  fixed: '差戻しの修正では、退会する医師会は変更できません。医師会を変える場合は、取り下げてから新しく申請してください。',
  changedSince: '所属の内容が変わりました。退会する医師会をもう一度ご確認ください。',
  targetBusy: (facility: string) => `${facility}の所属について申請中の届があるため、この所属に移して継続することはできません`,
  leavesOn: (day: string) => `${day}に退会予定`,
  moveTo: (facility: string) => `${facility}に移して継続する`,
  moveElsewhere: '別の所属に移して継続する',
  moveNowhere: '退会する',
  goesOn: '移して継続',
  ends: '退会',
  remains: '引き続き所属',
  upperStays: (names: string) =>
    `${names}の会員資格が、この所属にもとづいて引き続き残るため、承認できません。差し戻して、退会する医師会をご確認ください。`,
} as const;

/** Labels of the fields of 退会届. */
export const withdrawalNames = {
  workplace: '所属施設',
  leave: '退会申請先',
  moves: '引き続き所属する上層の医師会',
  remaining: '残る医師会',
  wishedOn: '退会希望年月日',
  reason: '退会事由',
  reasonText: '具体的な理由',
} as const;
