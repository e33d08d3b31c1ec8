/** What P-07 says when something cannot be entered. */
export const serviceTexts = {
  kind: '種類',
  startsOn: '開始(発生)日',
  startsTime: '開始(発生)時刻',
  endsOn: '終了予定日',
  endsTime: '終了予定時刻',
  mode: '利用への影響',
  impact: '影響の内容',
  workaround: '回避方法',
  timeShape: '時刻は 22:00 のように入力してください',
  endMissing: 'メンテナンスの終了予定の日付と時刻を入力してください',
  endBeforeStart: '終了は開始より後の日時を入力してください',
  startsLater: 'メンテナンスの開始は、現在より後の日時を入力してください',
  faultAhead: '障害の発生に未来の日時は入力できません',
  tooFar: 'メンテナンスの開始は1年以内の日時を入力してください',
  settled: 'このお知らせは、すでに終了または取り消されています。',
} as const;
