import type { ApplicationKind, ApplicationState, Leg, StepRole, StepState } from './flow.ts';

/** The words of `screens.md 1.4`. */

const doctorStates: Record<ApplicationState, string> = {
  draft: '一時保存',
  submitted: '申請中',
  returned: '差戻し(修正をお願いします)',
  completed: '完了',
  rejected: '非承認',
  retracted: '取下げ',
  cancelled: '取消',
};

const officeStates: Record<ApplicationState, string> = { ...doctorStates, returned: '差戻' };

const stepStates: Record<StepState, string> = {
  waiting: '未到達',
  arrived: '受付待ち',
  received: '受付',
  approved: '承認',
  returned: '差戻',
  rejected: '非承認',
  acknowledged: '確認済',
  skipped: '対象外',
};

const kindNames: Record<ApplicationKind, string> = { join: '入会', transfer: '異動', change: '異動(変更)', withdrawal: '退会' };
const sideNames: Record<Leg, string> = { join: '異動(入会)', leave: '異動(退会)', change: '異動(変更)' };
const paperNames: Record<ApplicationKind, string> = { join: '入会届', transfer: '異動届', change: '異動届', withdrawal: '退会届' };

const roleNames: Record<StepRole, string> = { decide: '承認', receive: '受付のみ', acknowledge: '確認' };

/** A completed case whose last day is still ahead is not 完了 yet. `aheadOn` is shown as given, e.g. 2026/04/01. */
export function stateLabel(state: ApplicationState, reader: 'doctor' | 'office', aheadOn?: string): string {
  if (state === 'completed' && aheadOn !== undefined) return reader === 'doctor' ? `承認済(${aheadOn}から有効)` : '承認済(効力発生日待ち)';
  return reader === 'doctor' ? doctorStates[state] : officeStates[state];
}

/** 状況 of one office's step; who only takes notice reads 確認待ち. */
export function stepLabel(state: StepState, role: StepRole = 'decide'): string {
  return role === 'acknowledge' && state === 'arrived' ? '確認待ち' : stepStates[state];
}

/** 種別 in lists; an office reads a transfer by its own side: 異動(入会). Sent back: 入会(差戻). */
export function kindLabel(kind: ApplicationKind, state: ApplicationState, side?: Leg): string {
  if (kind === 'transfer' && side !== undefined && state !== 'returned') return sideNames[side];
  return state === 'returned' ? `${kindNames[kind].replace(/\(.*\)/, '')}(差戻)` : kindNames[kind];
}

/** The name of the paper: 入会届, 異動届 or 退会届. */
export function paperName(kind: ApplicationKind): string {
  return paperNames[kind];
}

/** What an office does with the case: 承認, 受付のみ or 確認. */
export function roleLabel(role: StepRole): string {
  return roleNames[role];
}

const applicantRoles: Record<StepRole, string> = { decide: '審査・承認', receive: '受付のみ', acknowledge: '確認のみ' };

/** The same in the applicant's words (`screens.md D-07`). */
export function roleForApplicant(role: StepRole): string {
  return applicantRoles[role];
}

const legNames: Record<Leg, string> = { join: '入会', leave: '退会', change: '変更' };

/** What becomes of the membership at one step of a transfer. */
export function legName(leg: Leg): string {
  return legNames[leg];
}

const applicationWords: Record<ApplicationKind, string> = { join: '入会', transfer: '異動', change: '会員区分変更', withdrawal: '退会' };

/** 「MAMISで…申請を受付けました」 (M-10). */
export function applicationWord(kind: ApplicationKind): string {
  return applicationWords[kind];
}

/** [3層] before the name of an association. */
export function layerLabel(layer: number): string {
  return `[${layer}層]`;
}

const actionNames: Readonly<Record<string, string>> = {
  submit: '申請',
  resubmit: '再申請',
  arrive: '到達',
  receive: '受付',
  approve: '承認',
  firstApprove: '承認(1人目)',
  return: '差戻し',
  reject: '非承認',
  retract: '取下げ',
  cancel: '取消',
  object: '本人からの異議',
  acknowledge: '確認',
  revoke: '承認取消',
  revokeLeave: '退会取消',
  reopen: '再開',
  complete: '完了',
  message: '審査時連絡メッセージ',
  memo: '事務局メモ',
  attention: '要注意',
  readdress: '組織改編による引継ぎ',
};

/** The word on the button for an action of the record. */
export function actionLabel(action: string): string {
  return actionNames[action] ?? action;
}

/** What an office has to do with a case that lies with it. */
export type WaitsFor = 'receive' | 'approve';

/** 「大阪市北区医師会の受付待ち」 */
function waitText(office: string, waitsFor: WaitsFor): string {
  return `${office}の${actionLabel(waitsFor)}待ち`;
}

/** 「大阪市北区医師会の受付待ち(2026/01/15から)」; `since` as shown. */
export function waitingSince(ball: { office: string; waitsFor: WaitsFor; since: string }): string {
  return `${waitText(ball.office, ball.waitsFor)}(${ball.since}から)`;
}

/** 「いま大阪市北区医師会の受付待ちです(2026/01/15（木）から3日)」; `since` as shown, `total` with the days before a 差戻し. */
export function ballText(ball: { office: string; waitsFor: WaitsFor; since: string; days: number; total: number }): string {
  const passed = ball.days > 0 ? `${ball.days}日` : '';
  const total = ball.total === ball.days ? '' : `${passed === '' ? '' : '、'}通算${ball.total}日`;
  return `いま${waitText(ball.office, ball.waitsFor)}です(${ball.since}から${passed}${total})`;
}

/** A condition of 申請管理: 受付待ち, 受付 and 確認待ち speak of our own step, the others of the whole case. */
export function ownOrCaseLabel(state: ApplicationState | 'arrived' | 'received' | 'acknowledge'): string {
  if (state === 'acknowledge') return stepLabel('arrived', 'acknowledge');
  return state === 'arrived' || state === 'received' ? stepLabel(state) : stateLabel(state, 'office');
}

/** 「医師会の異動 > 施設異動(休業)」, with the free text of その他. */
export function reasonLine(reason: { label: string; detail: unknown } | undefined, freeText: string): readonly string[] {
  if (reason === undefined) return [];
  const { detail } = reason;
  const group = typeof detail === 'object' && detail !== null && 'group' in detail && typeof detail.group === 'string' ? detail.group : '';
  const root = group.split(' > ')[0] ?? '';
  return [`${root === '' || root === reason.label ? '' : `${root} > `}${reason.label}${freeText === '' ? '' : `(${freeText})`}`];
}

/** Where 「異動届を作成する」 leads before a clinical training ends: 臨床研修修了 is chosen already (`screens.md D-01`, M-23). */
export const afterTraining = '/my/applications/change?reason=C06';
