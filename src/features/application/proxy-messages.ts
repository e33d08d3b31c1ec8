/** Words of 代理申請 (`screens.md O-10, O-11, D-07`). */

export const proxyNames = {
  ground: '代理申請の根拠',
  askedOn: '依頼を受けた日',
  askedHow: '依頼を受けた方 / 確認方法',
  agreed: '「本人が個人情報の取扱いに同意しています」',
  diedOn: '死亡年月日',
  learned: '知った経緯',
  learnedText: '知った経緯(その他)',
  reporterName: '届出者の氏名',
  reporterRelation: '届出者の続柄',
  reporterTel: '届出者の連絡先',
  lastContactOn: '最終連絡日',
  searches: '確認した方法と結果',
  searchedOn: '確認した日',
  searchResult: '結果',
  reason: '具体的な理由',
  confirmed: '「登録内容に誤りがないことを確認しました」',
  objection: '異議の内容',
  revokeGround: '根拠',
} as const;

/** 知った経緯 of a death. */
export const learnedWays: Readonly<Record<string, string>> = {
  family: 'ご遺族',
  facility: '所属施設',
  press: '報道・訃報',
  other: 'その他',
};

/** How an office has tried to reach a missing doctor. */
export const searchWays = [
  { code: 'tel', label: '電話' },
  { code: 'post', label: '郵便' },
  { code: 'work', label: '勤務先' },
  { code: 'mail', label: 'メール' },
  { code: 'other', label: 'その他' },
] as const;

export const proxyTexts = {
  oneSearch: '確認した方法を1つ以上入力してください',
  died: 'この方の死亡が登録されているため、届を申請できません。',
  wrongLayer: '死亡・所在不明の退会届は、郡市区等医師会または都道府県医師会が入力します。',
  noAffiliation: '貴会を通じた所属がないため、退会届は作成できません。',
  held: (days: number, from: string) => `本人への通知から${days}日間は承認できません(${from}から承認できます)。`,
  objected: '本人から異議の申し出があるため、承認・非承認はできません。代理申請した医師会が取消してください。',
  repliedWhileHeld: '保留中にご本人から連絡があったため、審査を止めました。',
  objectedAlready: '異議はすでに申し出されています。',
  objection: (text: string) => (text === '' ? 'この代理申請に心当たりがありません。' : `この代理申請に心当たりがありません。\n${text}`),
  endedByDeath: '死亡の登録により終了しました。',
  deathRevoked: '死亡登録の取消',
  deathRevokedAlready: 'この方の死亡の登録は、すでに取り消されています。',
  deathRevokeTooLate: (days: number) => `死亡の登録から${days}日を過ぎているため、死亡登録の取消はできません。訂正依頼をご利用ください。`,
  reopened: '死亡登録の取消により再開しました。',
  goneElsewhere: 'この所属について申請中の届があるため、死亡を登録できませんでした。日本医師会へお問い合わせください。',
} as const;
