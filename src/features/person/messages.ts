/** What commands about persons say. */
export const texts = {
  checkBirthAndLicence: '生年月日と医籍登録日をご確認ください',
  licenceKnown: 'この医籍登録番号は登録済みです。',
} as const;
