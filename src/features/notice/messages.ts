/** What お知らせ say (`screens.md O-16, D-02`). */
export const noticeTexts = {
  title: 'タイトル',
  category1: 'カテゴリ1',
  category2: 'カテゴリ2',
  lead: 'リード文',
  body: '本文',
  files: '添付ファイル',
  target: '対象',
  startsOn: '掲載期間(開始)',
  endsOn: '掲載期間(終了)',
  mailHour: '送信する時刻',
  lower: '下層医師会',
  facility: '所属施設',
  name: '氏名/フリガナ',
  licence: '医籍登録番号',
  ageFrom: '年齢(から)',
  ageTo: '年齢(まで)',
  graduatedFrom: '卒業年(から)',
  graduatedTo: '卒業年(まで)',
  joinedFrom: '入会日(から)',
  joinedTo: '入会日(まで)',
  leftFrom: '退会日(から)',
  leftTo: '退会日(まで)',
  saved: '一時保存しました。',
  none: 'お知らせはありません。',
  over: 'このお知らせの掲載は終了しました。',
  alreadyOver: '掲載期間(終了)は本日以降の日付を入力してください',
  tooSoon: '掲載期間(開始)は本日以降の日付を入力してください',
  notBelow: '下層の医師会がないため、この対象は選べません',
  noCondition: '条件を1つ以上指定してください',
  ageOrder: '年齢の開始は終了以下の数字を入力してください',
  graduatedOrder: '卒業年の開始は終了以下の数字を入力してください',
  onlyMembers: 'お知らせを読めるのは、読む日に在籍している会員だけです。一覧の退会した方は対象になりません。',
  noMailToAll: '「公開(ログイン画面)」のお知らせは、メールで送信できません',
  mailToAllByAdmin: '全医師または全医師会事務局へメールで送信するお知らせは、日本医師会の管理者が登録してください。',
  announced: '登録しました。',
  handedOver: '日本医師会の管理者の確認待ちです。日本医師会の管理者が「お知らせ管理」で登録すると、掲載され、メールが送信されます。',
  nobody: '対象者がいません。対象をご確認ください',
  endsMails: (queued: number) =>
    queued === 0
      ? 'メールはまだ1通も送信していません。終了すると、送信されません。'
      : `すでに${queued.toLocaleString('ja-JP')}通の送信を始めています。相手に届いたメールは取り消せません。まだ送っていないメールだけを止めます。`,
  ended: ({ byMail, gone, stopped }: { byMail: boolean; gone: number; stopped: number }) => {
    if (!byMail || gone + stopped === 0) return '掲載を終了しました。';
    const went =
      gone === 0 ? 'メールは1通も送信していません。' : `メールはすでに${gone.toLocaleString('ja-JP')}通を送信していて、取り消せません。`;
    return `掲載を終了しました。${went}${stopped === 0 ? '' : `送信前の${stopped.toLocaleString('ja-JP')}通を止めました。`}`;
  },
  notEditable: 'このお知らせは、すでに掲載されています。内容を変えるときは、終了して、複写して作成してください。',
  notEndable: 'このお知らせの掲載は、すでに終了しています。',
  alreadyPublished: 'このお知らせは、すでに登録されています。',
  mostFiles: (count: number) => `添付ファイルは${count}個までです`,
  mailQuestion: (count: number) => `${count.toLocaleString('ja-JP')}名にメールを送信します。よろしいですか?`,
  officesMailQuestion: (count: number) => `${count.toLocaleString('ja-JP')}か所の医師会事務局にメールを送信します。よろしいですか?`,
} as const;
