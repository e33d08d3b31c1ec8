/** What 一括操作 says (`screens.md O-04`). */
export const bulkTexts = {
  most: '一度に操作できるのは500件までです。条件を絞り込んでください。',
  none: '申請を選択してください。',
  noneTicked: '対象の申請にチェックを入れてください。',
  changedInput: '入力内容が変わったため、結果を計算し直しました。もう一度ご確認ください。',
  chooseBoard: '理事会開催日を選択してください',
  dayLabel: '日付',
  setAside: '確認が必要なため対象から外しています:',
  notNow: (word: string) => `現在「${word}」を行える状況ではありません。`,
  gone: '申請が見つからないか、表示できる範囲にありません。',
  noLowerDay: '下層の医師会の日付がありません。',
  noWish: '希望年月日がありません。',
  noCategory: '申請された会員区分は現在使用できません。',
  gap: '退会日と入会日の間が空くか重なるため、理由の入力が必要です。個別に承認してください。',
  missingPaper: (title: string) => `提出書類「${title}」がありません。`,
  twoPersons: '2名での承認の対象です。',
  twoPersonsAlone: '2名での承認の対象ですが、担当者が1名のため、1名で承認します。',
  agreesWith: (first: string) => `${first}が承認済みです。2人目として承認します。`,
  firstDone: '承認しました。もう1名の承認を待っています。',
  attention: (reason: string) => (reason === '' ? '要注意の申請です。' : `要注意:${reason}`),
  notAllowed: 'この操作を行う権限がなくなったため、実行しませんでした。',
  failed: '処理中にエラーが発生しました。時間をおいて、再実行してください。',
  changedSince: 'ほかの操作により内容が変わりました。',
  actedFirst: (act: { office: string; name: string; did: string }) =>
    act.office === '申請者' ? `申請者が先に${act.did}` : `${act.office}の${act.name}が先に${act.did}`,
} as const;

/** 「{医師会}の{氏名}が先に承認しました」: the end of the sentence for each act on a case. */
const did: Readonly<Record<string, string>> = {
  receive: '受付しました',
  approve: '承認しました',
  return: '差戻しました',
  reject: '非承認にしました',
  cancel: '取り消しました',
  retract: '取り下げました',
  resubmit: '再申請しました',
  acknowledge: '確認しました',
  revoke: '承認を取り消しました',
  revokeLeave: '退会を取り消しました',
  attention: '要注意を変更しました',
};

/** The sentence about who was faster; without a known act only that something changed. */
export function firstText(act: { actorName: string; officeName: string; action: string } | undefined): string {
  const word = act === undefined ? undefined : did[act.action];
  if (act === undefined || word === undefined) return bulkTexts.changedSince;
  return bulkTexts.actedFirst({ office: act.officeName, name: act.actorName, did: word });
}
