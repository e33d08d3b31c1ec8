/** What made-up doctors and offices write. */

export const officeMessages = [
  '提出書類を確認しております。勤務先の電話番号をお知らせください。',
  '次回の理事会(第3木曜日)でお諮りします。しばらくお待ちください。',
  '医師免許証の写しが一部読み取りにくいため、確認に数日いただきます。',
  '会員区分についてご希望の確認をさせてください。開設者としてのご入会でよろしいでしょうか。',
] as const;

export const replies = [
  '承知しました。よろしくお願いいたします。',
  '勤務先の電話番号は届出のとおりです。よろしくお願いします。',
  '開設者としての入会を希望します。',
  'ご連絡ありがとうございます。明日あらためてお送りします。',
] as const;

export const memos = [
  '前任の先生の後継として開院予定。',
  '電話にて本人確認済み。',
  '理事会資料に掲載済み。',
  '保険医の登録状況を支部に照会中。',
  '以前に当会で会員だったとのこと。旧台帳を確認する。',
] as const;

export const attentionReasons = [
  '同姓同名の会員がいるため要確認',
  '開院日が未確定',
  '入会日について上部団体と調整中',
  '以前の退会の経緯を確認中',
] as const;

export type ReturnText = { reasons: readonly string[]; fields: readonly { field: string; comment: string }[]; message: string };

export const returns: readonly ReturnText[] = [
  {
    reasons: ['R04'],
    fields: [{ field: 'workCode', comment: '開設者の場合は「開設する者で管理者」をお選びください' }],
    message: '施設・業務の区分をご確認のうえ、再申請をお願いいたします。',
  },
  {
    reasons: ['R02'],
    fields: [{ field: 'document.licence', comment: '文字が読み取れません' }],
    message: '医師免許証の写しが不鮮明です。撮り直したものをご提出ください。',
  },
  {
    reasons: ['R05'],
    fields: [{ field: 'wishedOn', comment: '開院日以降の日付をご記入ください' }],
    message: '入会希望年月日をご確認ください。',
  },
  {
    reasons: ['R01', 'R04'],
    fields: [
      { field: 'facilityId', comment: '正式名称で登録された施設をお選びください' },
      { field: 'positionCode', comment: '役職をご確認ください' },
    ],
    message: '所属施設と役職について修正をお願いいたします。',
  },
];

export const rejections = [
  { reason: 'N01', message: '入会資格の要件を満たしていることが確認できませんでした。' },
  { reason: 'N02', message: 'ご本人の意思の確認ができませんでした。' },
  { reason: 'N03', message: '別の届で手続き済みのため、本申請は非承認といたします。' },
] as const;
