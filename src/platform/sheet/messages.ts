/** What a CSV file of a form may weigh, in bytes. */
export const mostSheetBytes = 1024 * 1024;

/** Why a CSV file that came with a form cannot be read (`screens.md 9`). */
export const sheetFileTexts = {
  noFile: 'CSVファイルを選択してください',
  tooBig: 'ファイルの大きさが1MBを超えています。ファイルを分けてください。',
  unreadable: 'ファイルを読み取れません。UTF-8またはShift_JISのCSVとして保存し直してください。',
} as const;
