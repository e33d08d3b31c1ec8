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
} as const;
