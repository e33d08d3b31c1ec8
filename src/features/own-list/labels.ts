/** Words of 送付物・会員区分設定 (`screens.md O-20`) and of the tab 独自項目 (`screens.md O-08`). */

export const names = {
  name: '名称',
  kind: '種類',
  categories: '対象会員区分',
  refusable: '会員が送付不要を選べる',
  startsOn: '開始日',
  endsOn: '終了日',
  order: '並び順',
  code: 'コード',
  description: '説明',
  jmaCode: '日医区分の目安',
  liabilityInsurance: '医師賠償責任保険',
  trainee: '研修医向け',
  successor: '移行先の区分',
  choices: '選択肢',
  shown: '本人に表示する',
} as const;

export const tabs = [
  { tab: 'mailings', label: '送付物', noun: '送付物' },
  { tab: 'member-categories', label: '会員区分', noun: '会員区分' },
  { tab: 'notice-categories', label: 'お知らせカテゴリ', noun: 'お知らせカテゴリ' },
  { tab: 'fields', label: '独自項目', noun: '独自項目' },
] as const;

export const mailingKinds = { post: '郵送', fax: 'FAX', mail: 'メール' } as const;
export const fieldKinds = { text: '文字', day: '日付', choice: '選択' } as const;
export const stateLabels = { ahead: '予定', current: '使用中', ended: '終了' } as const;

export const texts = {
  inUse: '使用中のため削除できません。終了日を設定してください。',
  codeTaken: 'このコードは既に使用されています。',
  members: (count: number) => `この区分の会員が${count.toLocaleString('ja-JP')}名います。移行先の区分を選択してください。`,
  noSuccessor: '移行先の区分は、終了日の翌日に使用できるほかの区分を選択してください',
  endFromToday: '終了日は本日以降の日付を入力してください',
  endFromYesterday: '終了日は前日以降の日付を入力してください',
  tooFar: (label: string) => `${label}は5年以内の日付を入力してください`,
  order: '開始日は終了日以前の日付を入力してください',
  changedMeanwhile: 'ほかの管理者が先に保存しました。最新の内容をご確認ください。',
  ownCategories: '会員区分をもう一度選択してください',
  noChoices: '選択肢を1行に1つずつ入力してください',
  tooManyChoices: '選択肢は20個までです',
  longChoice: '選択肢は1つ40文字以内で入力してください',
  twiceChoice: '同じ選択肢が2つあります',
  usedChoice: (choice: string) => `選択肢「${choice}」は会員の記録に使用されているため削除できません`,
  mostFields: '独自項目は20個までです。使用しない項目を終了してから登録してください。',
  alreadyEnded: 'すでに終了しています。',
  sameName: 'この名称は既に使用されています。',
  ownExist: '貴会のカテゴリがすでに登録されています。',
  notOffered: '選択肢から選んでください',
  saved: '保存しました。',
  registered: '登録しました。',
  removed: '削除しました。',
  sorted: '並べ替えました。',
  ended: '終了しました。',
  copied: '共通のカテゴリを貴会のカテゴリとして登録しました。',
} as const;
