/** Sentences of 登録情報 (D-03). */
export const labels = {
  changedOn: '最終更新日',
  workplaceNote: '所属施設の変更は異動届から行ってください。',
  ofOfficesNote: '所属する医師会の事務局が登録した項目です。誤りがある場合は、その医師会へご連絡ください。',
  noWorkplace: '現在、所属施設の登録はありません。',
  checkedNote: '医師会で確認済みの項目です。誤りがある場合は、所属医師会へご連絡ください。',
  mailingNote: '文書やFAXの送付先、メールでのお知らせ、宛名を確かめ、変更できます。',
  resumed: '入力の途中の内容を表示しています(24時間保存されます)。',
} as const;

/** Sentences of 登録情報の代理変更 (O-09). */
export const proxyLabels = {
  needsSecond: '変更には証拠書類と2人目の確認が必要なため、ここでは変更できません。運営事務局へご連絡ください',
  fixedNote: '医籍登録番号、医籍登録日、生年月日は、証拠書類と2人目の確認が必要なため、この画面では変更できません。',
  paperNote: '姓・名とそのフリガナを変更する場合は、確認画面で証拠書類(戸籍抄本、医師免許証の写しなど)を添付してください。',
  papers: '証拠書類',
  papersHint: '氏名・フリガナを変更する場合は必須です。JPEG / GIF / PNG / PDF / MS Word / MS Excel',
  keptPapers: '添付済みの証拠書類',
  tooManyPapers: '証拠書類は3個まで添付できます',
  history: '登録情報の変更履歴',
  noHistory: '登録情報の変更はありません。',
  mailNote: 'メールアドレスは、ご本人がマイページで確認のうえ変更します。',
  told: '登録すると、変更された項目をご本人にメールでお知らせします。',
  saved: '登録情報を変更しました。',
} as const;

const faxOf: Readonly<Record<string, string>> = { facility: '所属施設', home: '自宅', none: '希望しない' };

/** Words of 送付物設定 (D-04). */
export const mailingLabels = {
  facility: '所属施設',
  home: '自宅',
  notices: 'お知らせ',
  training: '研修会の案内',
  faxOf,
  rows: [
    { key: 'sendTo', label: '文書送付先(初期値)' },
    { key: 'faxTo', label: 'FAX送付先' },
    { key: 'mails', label: 'メールでのお知らせ' },
  ],
  formerNameOnLabel: '送付物の宛名に旧姓・旧名を使用する',
  formerName: '旧姓・旧名',
  yes: 'はい',
  no: 'いいえ',
  saved: '保存しました。',
  changed: 'ほかの操作により内容が変わりました。お客様の操作は反映されていません。最新の内容をご確認ください。',
  single: '送付物ごとの送付先',
  singleChanged: '変更あり',
  notOffered: '送付先を選択肢から選んでください',
  sendTo: { default: '初期値と同じ', facility: '所属施設', home: '自宅', none: '送付不要' },
  noFacility: '送付先の所属施設が登録されていません',
  needsFormerName: '旧姓が登録されていません。登録情報で旧姓を入力してください',
  needsHomeFax: '自宅のFAX番号が登録されていません。登録情報で入力してください',
  noLabel: '送付先の住所が登録されていないため、宛名を表示できません。',
} as const;
