/** What commands and mails about applications say (`screens.md 1.5, D-07…O-06`), and the names of fields in their refusals. */
export const texts = {
  originalSeen: (office: string, at: string) => `原本を事務局で確認済み(${office} ${at})`,
  replacedPaper: '(差し替え)',
  erased: '保存期間を過ぎたため表示できません。',
  change: '変更',
  delete: '削除',
  standsAs: (state: string, verb: string) => `この届は「${state}」のため、${verb}できません。`,
  applicant: '申請者',
  readdressed: (from: string, to: string) => `組織改編により、${from}から${to}に引き継がれました。`,
  /** What the ledger notes as the reason, by kind of paper. */
  ledgerReason: { join: '入会', transfer: '異動', change: '異動', withdrawal: '退会' },
  addressed: (name: string) => `${name} 様`,
  staffInCharge: 'ご担当者',
  receivedOnArrival: '環境設定「受付の省略」により、到達と同時に受付としました。',
  usualTime: (workingDays: number) => `目安:${workingDays}営業日`,
  otherChoice: 'その他',

  chooseCategory: '会員区分を選択してください',
  assigneeGone: 'この事務局ユーザーは担当者にできません。もう一度選択してください',
  assigneeChanged: (name: string) => `担当者が${name}に変わっています。最新の内容をご確認ください。`,
  nobodyAssigned: '未定',
  anotherPerson: 'ご自身が入力または申請した届のため、別の担当者が処理してください。',
  confirmWarnings: '「内容を確認しました」にチェックを入れてください',
  revokedReason: (reason: string) => `承認取消:${reason}`,
  leaveRevokedReason: '退会取消',
  revokeStop: (office: string) => `${office}が処理済みのため、承認取消はできません。訂正依頼をご利用ください。`,
  revokeTooLate: '効力発生日を過ぎているため、承認取消はできません。訂正依頼をご利用ください。',
  revokeLeaveTooLate: '退会日を過ぎているため、退会取消はできません。訂正依頼をご利用ください。',
  revokeBuiltUpon: 'この承認の後の記録があるため、取り消すことはできません。訂正依頼をご利用ください。',
  gapReason: '退会日と入会日が連続していません。理由を入力してください',
  gapNote: (reason: string) => `空き期間・重複の理由:${reason}`,
  contradictsLedger: 'この日付は、既にある会員期間や予定された異動・退会と合わないため、承認できません。',
  overlapsPeriod: 'この日付は、既にある会員期間と重なります。',
  chooseLowerAssociation: '郡市区等医師会または大学医師会を選択してください。',
  chooseDistrict: (name: string) => `${name}へは地区医師会を通じて入会します。地区医師会を選択してください。`,
  fixedAssociations: '差戻しの修正では、申請先の医師会は変更できません。医師会を変える場合は、取り下げてから新しく申請してください。',
  facilityGone: '選択された施設が見つかりません。もう一度お選びください。',
  mostFiles: (count: number) => `ファイルは${count}個までアップロードできます。`,
  openForAffiliation: 'この所属について申請中の届があります。',
  openForAssociation: '同じ医師会への入会を、別の届で申請中です。',
  seeWorkplace: '所属施設名の一部を入力して、検索してください',
  noAssociationThere: (facility: string) =>
    `${facility}の所在地の医師会が登録されていません。下の「医師会を指定する」から選択してください。`,
  prefectureAssociation: (prefecture: string) => `${prefecture}医師会`,
  withoutDistrict: '郡市区等医師会を経由せずに入会する',
  choosePrefecture: '都道府県を選択してください',
  chooseDistrictAssociation: '地区医師会を選択してください',
  demandedBy: (names: { lowest: string; upper: string }) => `${names.lowest}では、${names.upper}への入会が必要です。`,
  requiredMark: '(必須)',
  ofApplicant: (name: string) => `${name}(申請者)`,
  seeDetail: '申請の詳細を見る',
  noFacility: '所属施設 未定',
  wishAndDecision: (wish: string, decided: string) => `${wish} ／ ${decided}`,
  undecided: '異動先が決まっていない',
  leaveApart: '異動元の退会には、異動届とは別に退会届が必要です。',
  leaveApartMark: '引き続き所属(退会は別の退会届で申請)',
  leaveByWithdrawal: '異動元の医師会の定めにより、退会は退会届で申請してください。',
  leaveSettingMoved: '異動元の医師会の環境設定が変わりました。異動元をもう一度選択してください。',
  /** 続きの届 (`rules.md 3.6`). */
  followOffer: (of: { number: string; association: string; day: string; decided: boolean }) =>
    `異動届 ${of.number}(${of.association}${of.day === '' ? '' : ` ${of.decided ? '退会日' : '退会希望年月日'} ${of.day}`}、異動先未定)の続きとして申請する`,
  notFollowing: '続きではない、新しい入会として申請する',
  followsTransfer: (number: string) => `この入会届は、異動届 ${number}(異動先未定)の続きです。`,
  followedBy: (paper: string) => `この異動届(異動先未定)に、${paper}が続いています。`,
  followGone: '続きのもとになる異動届が変わりました。もう一度選択してください。',
  facilityUndecided: '未定',
  leaves: '退会',
  stays: (category: string) => `引き続き所属 ${category}`,
  changeWish: '入会または異動希望年月日',
  notSelected: '選択されていません',
  reasonText: '内容を入力してください',
  reasonTextName: '内容',
  nothingChanges: '変更する内容がありません',
  fixedGroup: '差戻しの修正では、異動する所属は変更できません。所属を変える場合は、取り下げてから新しく申請してください。',
  fixedWorkplace: '最下層の医師会が承認済みのため、勤務先を変えるかどうかは修正できません。',
  fixedCategory: 'この医師会の会員区分は、差戻しの修正では変更できません。',
  sameAssociation: '異動元・異動先が同じ医師会です。会員区分または勤務先のみの変更は「異動元・異動先が同じ医師会」から申請してください。',
  alreadyElsewhere: '選択された医師会には、別の所属ですべて入会しています。異動元の退会は退会届をご利用ください。',
  groupGone: 'この所属の会員期間が変わりました。異動する所属をもう一度選択してください。',
  chooseMove: '引き続き所属する上層の医師会を選択してください',
  alreadyFinished: (by: string, at: string) => `${by}が${at}に確認済みにしました。`,
  changed: 'ほかの操作により内容が変わりました。お客様の操作は反映されていません。最新の内容をご確認ください。',
  changedBy: (act: { name: string; office: string; at: string; action: string }) =>
    `${act.name}(${act.office})が${act.at}に「${act.action}」を行いました。お客様の操作は反映されていません。最新の内容をご確認ください。`,
} as const;

/** Who acted where nobody pressed anything. */
export const systemNames = { automatic: 'システム' } as const;

/** Labels of lines that only one kind of application has. */
export const factLabels = {
  reason: '異動事由',
  origin: '異動元',
  leaveApart: '異動元の退会',
  destination: '異動先',
  leaveOn: '異動元の退会希望年月日',
  gapReason: '空き期間・重複の理由',
  wishedOn: '入会希望年月日',
  workplaceBefore: '現在の所属施設',
  workplace: '所属施設',
} as const;

/** Names of fields as the check messages put them (`screens.md 1.2`). */
export const fieldNames = {
  role: '役割',
  arrivedOn: '到着日',
  receivedOn: '受付日',
  decidedOn: '処理日',
  cancelReason: '取消理由',
  cancelNote: '取消理由の補足',
  rejectReason: '非承認理由',
  retractReason: '取下げ理由',
  retractNote: '具体的な理由',
  revokeLeaveReason: '退会取消理由',
  returnReason: '差戻し理由',
  paper: '提出書類',
  wishedOn: '入会希望年月日',
  work: '施設・業務',
  position: '役職',
  positionText: '役職(その他)',
  designation: '指定医',
  ownerType: '開設主体',
} as const;

/** What stands where a group has no facility. */
export const facilityNames = { undecided: '所属施設は未定です' } as const;

/** What 差戻し asks for, as mails say it (M-14). */
export function correcting({ message, fields }: { message: string; fields: readonly string[] }): string[] {
  return [
    ...(fields.length === 0 ? [] : [`修正が必要な項目:${fields.join('、')}`]),
    ...(message === '' ? [] : ['審査時連絡メッセージ:', message]),
  ];
}

/** 理由, as mails say it (M-15, M-16). */
export function reasonLines(reasons: readonly string[]): string[] {
  return reasons.length === 0 ? [] : [`理由:${reasons.join('、')}`];
}

/** Subjects and first sentences of the mails to offices. */
export const news = {
  /** In the daily mail (O-27). */
  line: (about: { subject: string; kindWord: string; number: string }) => `${about.subject}(${about.kindWord} 受付番号:${about.number})`,
  arrived: { subject: '新しい申請があります', sentence: '新しい申請が届きました。MAMISにログインしてご確認ください。' },
  resubmitted: { subject: '差戻した申請が再申請されました', sentence: '差戻した申請が修正され、再申請されました。' },
  returned: (about: { office: string; message: string; fields: readonly string[] }) => ({
    subject: '申請の修正をお願いします',
    sentence: [`${about.office}より、代理で申請された届の修正のお願いがあります。修正して再申請してください。`, ...correcting(about)].join(
      '\n',
    ),
  }),
  objected: {
    subject: '申請に関する連絡があります',
    sentence: '代理で申請された届について、ご本人から心当たりがない旨の申し出がありました。審査は止まっています。',
  },
  repliedWhileHeld: {
    subject: '申請に関する連絡があります',
    sentence: '所在不明として代理で申請された届について、ご本人から連絡がありました。審査は止まっています。',
  },
  /** M-43; `decided` are the decisions that call for 確認. */
  toConfirm: (about: { leaves: boolean; decided: readonly string[]; days: number }) => ({
    subject: `確認が必要な${about.leaves ? '退会' : '申請'}があります`,
    sentence: [
      about.leaves
        ? '貴会の会員の退会が決まりました。MAMISにログインしてご確認ください。'
        : '次の申請について、貴会の確認をお願いします。MAMISにログインしてご確認ください。',
      ...about.decided,
      `${about.days}日を過ぎると、自動で確認済になります。`,
    ].join('\n'),
  }),
  reopened: {
    subject: '申請の審査が再開されました',
    sentence: '死亡の登録が取り消されたため、終了していた次の申請の審査が再開されました。MAMISにログインしてご確認ください。',
  },
  /** M-53 */
  deskEffects: (effects: readonly string[]) => ({
    subject: '異動に伴う確認',
    sentence: ['異動届の手続きが完了しました。保険・年金の取扱いをご確認ください。', ...effects].join('\n'),
  }),
  cancelled: (reasons: readonly string[]) => ({
    subject: '申請が取り消されました',
    sentence: ['次の申請は取り消されました。', ...reasonLines(reasons)].join('\n'),
  }),
  retracted: (reasons: readonly string[]) => ({
    subject: '申請が取り下げられました',
    sentence: ['次の申請は申請者により取り下げられました。', ...reasonLines(reasons)].join('\n'),
  }),
  revoked: { subject: '承認の取消について', sentence: '次の申請の承認が取り消され、審査に戻りました。' },
  leaveRevoked: { subject: '退会の取消について', sentence: '次の申請による退会が取り消されました。会員資格は継続します。' },
  message: (from: string) => ({ subject: '申請に関する連絡があります', sentence: `${from}より、審査時連絡メッセージが届きました。` }),
} as const;

/** Above the buttons with days that stand ready (`screens.md O-06`). */
export const shortcutNames = { wished: '希望年月日', below: '下層の日付', boardMeeting: '理事会開催日', firstOfMonth: '1日' } as const;

/** What an office should notice before it decides (`screens.md O-06`); days as shown. */
export const findingTexts = {
  datesDiffer: '層により日付が異なります',
  crossesFeePeriod: '期をまたぎます',
  farFuture: '1年以上先の日付です',
  waived: '会費免除期間中です',
  waivedUntil: (day: string) => `会費免除期間中です(${day}まで)`,
  namesake: '同姓同名・同一生年月日の登録があります',
  claimed: '医籍登録番号が別の登録と一致します(本人確認中)',
  leavePending: '前の所属の退会の手続き(異動先未定の異動届)が審査中です。退会が承認されてから、承認してください。',
  leftBefore: (day: string, reason: string) => `以前の退会:${day}${reason === '' ? '' : ` ${reason}`}`,
} as const;

/** Beside the wish: how the decided day is called, and who decides it (`screens.md D-07`). */
export const decisionWords = {
  join: { decided: '入会日', note: '入会日は各医師会が決定します。' },
  transfer: { decided: '入会日・退会日', note: '入会日・退会日は各医師会が決定します。' },
  change: { decided: '異動日', note: '異動日は各医師会が決定します。' },
  withdrawal: { decided: '退会日', note: '退会日は審査を行う医師会が決定します。退会日の当日までは会員です。' },
} as const;

/** Heading and first column of the associations that are asked. */
export const targetTitles = { join: '入会申請先', transfer: '異動申請先', change: '異動申請先', withdrawal: '退会申請先' } as const;

/** L-06 届の控え. */
export const copyTexts = {
  title: (paper: string) => `${paper}の控え`,
  footer: (at: string) => `MAMIS(医師会会員情報システム) ${at} 作成`,
  summary: '概要',
  number: '受付番号',
  kind: '種別',
  state: '状況',
  submittedAt: '申請日時',
  change: '変更',
  delete: '削除',
  standsAs: (state: string, verb: string) => `この届は「${state}」のため、${verb}できません。`,
  applicant: '申請者',
  licence: '医籍登録番号',
  progress: '審査の状況',
  content: '申請内容',
} as const;

/** What M-13 adds to the dates. */
export const completedNotes = {
  join: ['在籍証明書は、マイページの「在籍証明書」から発行できます。'],
  transfer: ['在籍証明書は、マイページの「在籍証明書」から発行できます。'],
  change: [],
  withdrawal: [
    '退会日の当日までは会員です。',
    '日本医師会を退会される場合、医師賠償責任保険の適用は退会日で終了します。',
    '退会日より前に取りやめを希望される場合は、承認した医師会へお早めにご連絡ください。',
  ],
} as const;

const nothingTransferred = ['異動は行われません。現在の会員資格は、そのまま継続します。'];
const nobodyLeaves = ['退会は行われません。会員資格は継続します。'];

/** What M-15 says of the memberships, where somebody had approved already and where nobody had. */
export const whatStays = {
  join: { decided: ['すでに承認された医師会の会員資格は、そのまま残ります。'], undecided: [] },
  transfer: { decided: nothingTransferred, undecided: nothingTransferred },
  change: {
    decided: ['すでに承認された医師会での変更は、そのまま残ります。そのほかの医師会では、会員区分・所属施設は変わりません。'],
    undecided: ['会員区分・所属施設は変わりません。会員資格は継続します。'],
  },
  withdrawal: { decided: nobodyLeaves, undecided: nobodyLeaves },
} as const;

/** 医師年金 of a what-if (`screens.md O-05, O-06`). */
export const pensionTexts = {
  none: '変わりません',
  leaves: (leftOn: string) =>
    `日本医師会の退会(${leftOn})から再入会までが1年を超えると、取扱いが変わることがあります。年金福祉課へご確認ください。`,
  overYear: (leftOn: string) => `日本医師会の退会(${leftOn})から1年を超えています。医師年金の取扱いは年金福祉課へご確認ください。`,
  withinYear: (leftOn: string) => `日本医師会の退会(${leftOn})から1年以内の再入会です。`,
} as const;
