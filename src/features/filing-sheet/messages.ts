/** Words of CSVで代理申請 (`screens.md O-10, §9`). */

/** The columns of the file, in their order. */
export const sheetColumns = {
  kind: '届',
  licence: '医籍登録番号',
  birthOn: '生年月日',
  wishedOn: '希望年月日',
  association: '医師会コード',
  category4: '会員区分(4層)',
  category3: '会員区分(3層)',
  category2: '会員区分(2層)',
  category1: '会員区分(1層)',
  reason: '異動事由/退会事由',
  facility: '施設コードまたは施設名',
  work: '施設・業務',
  position: '役職',
  ground: '根拠',
  askedOn: '依頼日',
  note: '備考',
} as const;

export type SheetColumn = keyof typeof sheetColumns;

/** What stands in 届. */
export const kindWords = { join: '入会届', transfer: '異動届', change: '会員区分変更', withdrawal: '退会届' } as const;

export const sheetTexts = {
  title: 'CSVで代理申請',
  mostRows: (rows: number, most: number) => `一度に申請できるのは${most}件までです(このファイルは${rows}件)。ファイルを分けてください。`,
  header: (columns: string) => `見出し行が様式と一致しません:${columns}`,
  empty: '申請する行がありません。',
  cells: (found: number, wanted: number) => `列の数が様式と異なります(${found}列、様式は${wanted}列)`,
  tooLong: (most: number) => `${most}文字以内で入力してください`,
  kind: (words: string) => `${words}のいずれかを入力してください`,
  noMember: '医籍登録番号と生年月日に一致する会員が見つかりません',
  noAssociation: (value: string) => `医師会コード「${value}」は登録されていません`,
  noCategory: (value: string, association: string) => `会員区分「${value}」は${association}の区分にありません`,
  notMember: 'この方は、この医師会の会員ではありません',
  noGroup: 'この方には、貴会を通じた所属がありません',
  severalGroups: 'この方には所属が複数あるため、会員情報詳細の「代理申請入力」から入力してください',
  noFacility: '施設が見つかりません',
  severalFacilities: '同じ名称の施設が複数あります。施設コードを入力してください',
  unknown: (value: string) => `「${value}」は登録されていません`,
  twice: (line: number) => `同じ人の行が重複しています(行${line})`,
  askedBySheet: 'CSVで代理申請',
  agreed: '「本人が個人情報の取扱いに同意しています」',
  originals: '「必要な書類の原本を事務局で確認しました」',
  faulty: (rows: number) => `${rows}行に誤りがあるため、申請していません。修正したファイルを検査してください。`,
  done: (rows: number) => `${rows}件を代理で申請しました。`,
  fault: 'エラー',
} as const;

/** その他 (`reasons.csv`): the file is for ourselves, to be handed in again. */
const otherPurpose = 'E09';

/** The file of members whose 会員区分 ends (`screens.md O-20`). */
export const categoryMoveTexts = {
  preset: {
    purpose: otherPurpose,
    purposeText: 'CSVで代理申請',
    recipient: '',
    whole: { sensitiveReason: '代理申請の様式で、本人を確認する項目のため' },
  },
  title: '代理申請(会員区分変更)',
  words: (from: string, endsOn: string, to: string) => [`会員区分:${from}(終了日 ${endsOn})`, `移行先の区分:${to}`],
} as const;

/** Head of エラー一覧 (`screens.md P-02`). */
export const faultColumns = ['行', '医籍登録番号', '氏名', '項目', '値', '種別', '内容', '対応'] as const;
export const faultFile = '代理申請_エラー一覧';
export const formatFile = '代理申請_様式';
export const remedy = '修正した行を含むファイル全体を、もう一度検査してください';
