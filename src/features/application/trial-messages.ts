import type { AssociationSettings } from '#features/association/schema.ts';

/** What 過去1年の申請で試す compares for each setting, or why it cannot (`screens.md O-21`). */
export const trialWords: Readonly<Record<keyof AssociationSettings, string>> = {
  requiredUpperLayers: '申請された医師会で足りるかどうか(入会届)、上層のみの退会を受け付けるかどうか(退会届)',
  allowUpperOnlyWithdrawal: '上層のみの退会届を受け付けるかどうか',
  transferOrder: '異動届の退会と入会を進める順序',
  transferWithdrawal: '異動届で退会もあわせて処理するかどうか',
  directJoin: '郡市区等医師会を経由しない入会届を受け付けるかどうか',
  wishWindow: '希望年月日を受け付けるかどうか',
  decisionWindow: '承認した日付を入力できるかどうか',
  farFuture: '承認した日付に注意が表示されるか、入力できないか',
  dateRule: '承認の画面に提案される入会日',
  boardMeetings: 'これからの日程のため、過去の申請では試せません',
  requiredDocuments: '必須の提出書類が足りるかどうか',
  autoReceive: '到達と同時に受付とするかどうか',
  reminderDays: '期限超過(▲)となるかどうか',
  acknowledgeDays: '自動で確認済となるかどうか',
  twoPersonDecision: '承認に2名の担当者を要するかどうか',
  exportThreshold: 'データ出力についての設定のため、申請では試せません',
};
