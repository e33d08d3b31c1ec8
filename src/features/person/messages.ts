/** What commands about persons say. */
export const texts = {
  checkBirthAndLicence: '生年月日と医籍登録日をご確認ください',
  formerSurname: '旧姓を入力してください',
  formerGivenName: '旧名を入力してください',
  formerSurnameKana: '旧姓をカタカナで入力してください',
  formerGivenNameKana: '旧名をカタカナで入力してください',
  noAddress: '該当する住所が見つかりません。住所を直接入力してください',
  addressFound: '住所を入力しました。続けて番地を入力してください。',
  licenceKnown: 'この医籍登録番号は登録済みです。',
  checkedField: '医師会で確認済みのため、ここでは変更できません',
  nothingChanged: '変更された項目はありません。',
  askFormerName: '旧姓として登録しますか?',
  /** `screens.md 1.5`; `who` is the name, with the association where an office did it. */
  changedBy: (act: { who: string; at: string }) =>
    `${act.who}が${act.at}に「登録情報の変更」を行いました。お客様の操作は反映されていません。最新の内容をご確認ください。`,
  himself: 'ご本人',
  profileSaved: '登録情報を変更しました。',
} as const;
