/** Words of CSVで一括更新 of 医師会マスタ (`screens.md J-02, P-02`). */

export const batchTexts = {
  title: 'CSVで一括更新',
  detailTitle: '一括更新の確認',
  fault: 'エラー',
  warning: '警告',
  faultFile: '医師会マスタ_エラー一覧',
  proposed: '入力しました。別の担当者が予約してください。',
  reserved: '予約しました。',
  withdrawn: '取り消しました。',
  openingNote:
    '新しい医師会は、予約とともに登録されます。設立日になると(設立日が本日なら、すぐに)、初期管理者に招待メールを送信します。予約の後は取り消せません。',
} as const;

export const batchFaultHeads = ['行', '項目', '値', '種別', '内容'] as const;
