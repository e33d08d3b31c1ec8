/**
 * The messages of the check codes, to the letter of screens.md 1.2. `label` is the label of the field (項目).
 * Pages, API and CSV import all answer with these.
 */
export const messages = {
  req: (label: string) => `${label}を入力してください`,
  sel: (label: string) => `${label}を選択してください`,
  one: () => 'いずれかを選択ください',
  max: (label: string, limit: number) => `${label}は${limit}文字以内で入力してください`,
  min: (label: string, limit: number) => `${label}は${limit}文字以上で入力してください`,
  kana: (label: string) => `${label}は全角カタカナで入力してください`,
  zen: (label: string) => `${label}は全角で入力してください`,
  alnum: (label: string) => `${label}は半角英数字・記号で入力してください`,
  digits: (label: string) => `${label}は数字で入力してください`,
  glyph: (label: string, glyph: string) => `${label}に使用できない文字「${glyph}」が含まれています`,
  date: (label: string) => `${label}は正しい日付を入力してください(例:2026/04/01)`,
  ym: (label: string) => `${label}は正しい年月を入力してください(例:2026/04)`,
  past: (label: string) => `${label}に未来の日付は入力できません`,
  /** `from`, `to` as shown: yyyy/mm/dd. */
  window: (label: string, from: string, to: string) => `${label}は${from}から${to}までの日付を入力してください`,
  order: () => '開始日は終了日以前の日付を入力してください',
  mail: () => 'メールアドレスの形式が正しくありません',
  same: (label: string) => `確認用の${label}が一致しません`,
  post: () => '郵便番号は7桁の数字で入力してください',
  postUnknown: () => '該当する住所が見つかりません。住所を直接入力してください',
  tel: (label: string) => `${label}は数字とハイフンで入力してください`,
  id: () => 'ログインIDは半角英数字・記号8文字以上、32文字以内で入力してください',
  idUsed: () => 'このログインIDは使用できません。別のログインIDを入力してください',
  pw: () => 'パスワードは、半角英字・数字・記号の3種類すべてを使用し、8文字以上で登録してください',
  pwWeak: () => '推測されやすいパスワードです。別のパスワードを入力してください',
  pwOld: () => '現在と異なるパスワードを入力してください',
  file: () => 'ファイルをアップロードしてください',
  fileType: () => 'このファイルは受け付けられません。JPEG、GIF、PNG、PDF、MS Word、MS Excelのいずれかをアップロードしてください',
  fileSize: () => 'ファイルの大きさが10MBを超えています。10MB以内のファイルをアップロードしてください',
  fileSafe: () => '安全に確認できないファイルのため受け付けられません。保存し直すか、別の形式でアップロードしてください',
  agree: (label: string) => `${label}にチェックを入れてください`,
  /** Heading of the error summary. */
  summary: () => '入力内容に誤りがあります。次の項目をご確認ください。',
} as const;
