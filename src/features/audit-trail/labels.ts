/** Words of 操作履歴 and 閲覧履歴 besides the acts (`screens.md O-18, D-14`). */

export const resultLabels: Readonly<Record<string, string>> = { done: '完了', refused: '拒否' };

export const trailTitle = '操作履歴';

/** Records are counted so far. */
export const mostCounted = 10_000;

/** A name is looked for among so many doctors; whoever finds more has to say more. */
export const mostPeople = 50;

/** Who stands for no association in 閲覧履歴 (D-14). */
export const operationsOffice = 'MAMIS運営事務局';

/** Why an association may see a doctor now (D-14). */
export const reasonLabels = { member: '会員', joining: '入会予定', former: '元会員', applying: '申請中' } as const;

export const reasonJoint = '・';

/** In whose power an act was done: the own, or that of an association that lent it. */
export function powerText(onBehalfOf: string | null): string {
  return onBehalfOf === null ? '自医師会' : `${onBehalfOf}として`;
}

/** 根拠 (D-14): empty unless the power was lent. */
export function groundText(office: string, onBehalfOf: string | null): string {
  return onBehalfOf === null ? '' : `${office}の職員が${onBehalfOf}として`;
}

/** 対象: 受付番号, the first doctors by name, and what else it was about, as far as the office may see them. */
export function subjectText(about: { number: string | null; subjects: string | null; people: number; targetName: string | null }): string {
  const rest = about.people - (about.subjects?.split('、').length ?? 0);
  const unnamed = about.people > 0 ? `医師${about.people}名` : '';
  const people = about.subjects === null ? unnamed : `${about.subjects}${rest > 0 ? ` ほか${rest}名` : ''}`;
  return [about.number === null ? '' : `受付番号 ${about.number}`, people, about.targetName ?? ''].filter((part) => part !== '').join(' ');
}

/** Heads of what an act leaves behind; what has none here is for the machine only. */
export const contentLabels: Readonly<Record<string, string>> = {
  name: '名称',
  kind: '種類',
  role: '権限',
  state: '使用状態',
  validUntil: '有効期間',
  startsOn: '開始日',
  endsOn: '終了日',
  refusable: '会員が送付不要を選べる',
  shown: '本人に表示する',
  decidedOn: '決定日',
  rows: '件数',
  ended: '終了した端末',
  number: '番号',
  askedOn: '依頼日',
  papers: '証拠書類の数',
};

/** Heads whose value is a list of codes: what was changed. */
export const listedLabels = { items: '変更した項目', changed: '変更した項目' } as const;

/** Their values are codes, and are for people only where there is a word for them. */
export const codedKeys: ReadonlySet<string> = new Set(['kind', 'role', 'state']);

export const absentValue = '(なし)';
export const yes = 'はい';
export const no = 'いいえ';

/** Words for the codes among the values. */
export const valueLabels: Readonly<Record<string, string>> = {
  admin: '管理者',
  clerk: 'スタッフ',
  trainingContractor: '外部委託先:研修会運営',
  active: '使用中',
  stopped: '停止中',
  deleted: '削除済',
  post: '郵送',
  fax: 'FAX',
  mail: 'メール',
  text: '文字',
  day: '日付',
  choice: '選択',
};

export const changeArrow = ' → ';
export const contentJoint = '、';
export const wordJoint = '・';

/** What is done with お知らせ. */
export const noticeActs = {
  'notice.save': 'お知らせの保存',
  'notice.publish': 'お知らせの掲載',
  'notice.announce': '全体のお知らせの登録',
  'notice.end': 'お知らせの掲載の終了',
  'notice.copy': 'お知らせの複製',
  'notice.sendBatch': 'お知らせのメールの送信',
  'notice.recount': 'お知らせの対象者の集計',
} as const;

/** Acts on 医師会マスタ and on what 運営事務局 tells everybody. */
export const masterActs = {
  'association.open': '医師会の新規登録',
  'association.withdrawOpening': '医師会の新規登録の取消',
  'association.nameFirstAdmin': '初期管理者の届出',
  'association.proposeChange': '医師会マスタの変更の依頼',
  'association.reserveChange': '医師会マスタの変更の予約',
  'association.withdrawChange': '医師会マスタの変更の取下げ',
  'association.carryOutChange': '医師会マスタの変更の実施',
  'association.proposeBatch': '医師会マスタの一括更新の依頼',
  'association.reserveBatch': '医師会マスタの一括更新の予約',
  'association.withdrawBatch': '医師会マスタの一括更新の取下げ',
  'association.carryOutBatch': '医師会マスタの一括更新の実施',
  'staff.endWithOffice': '医師会の廃止に伴う事務局ユーザーの終了',
  'staff.carryOver': '医師会の合併に伴う事務局ユーザーの引継ぎ',
  'association.finishMove': '合併・分割の完了',
  'reorganisation.movePerson': '合併・分割による会員の移動',
  'reorganisation.continueMove': '合併・分割の続き',
  'staff.inviteFirstAdmin': '初期管理者の招待',
  'serviceNotice.announce': 'メンテナンス・障害のお知らせの登録',
  'serviceNotice.end': 'メンテナンス・障害のお知らせの終了',
  'serviceNotice.withdraw': 'メンテナンス・障害のお知らせの取消',
} as const;

/** What the verification of the records does. */
export const checkActs = {
  'audit.keepChainChecks': '操作履歴の検証の結果',
  'audit.endCheck': '操作履歴の検証',
} as const;

/** What offices do about their members besides their applications. */
export const memberActs = {
  'member.saveMemo': '会員の事務局メモの保存',
  'member.sendGuidance': 'マイページの案内の送付',
  'member.cleanSelections': '使われなかった会員の選択の消去',
} as const;

/** Proposals for the master of facilities (`screens.md O-14`). */
export const facilityActs = {
  'facility.add': '施設マスタの登録',
  'facility.proposeChange': '施設情報の変更の提案',
  'facility.proposeNew': '新しい施設の提案',
  'facility.reportDuplicate': '施設の重複の報告',
  'facility.approveProposal': '施設の提案の承認',
  'facility.rejectProposal': '施設の提案の却下',
  'facility.withdrawProposal': '施設の提案の取下げ',
  'facility.merge': '施設の統合',
  'facility.planMerge': '施設の統合の予定',
  'facility.withdrawMerge': '施設の統合の予定の取消',
  'facility.followMerged': '施設の統合による所属施設の変更',
  'facility.tie': '施設名の施設マスタへの結び付け',
} as const;
