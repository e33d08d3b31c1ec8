import type { StaffRole } from '#kernel/actor.ts';
import type { StaffState } from './flow.ts';
import type { MailChoice, MailKind } from './mail-choice.ts';

const roles: Readonly<Record<StaffRole, string>> = { admin: '管理者', clerk: 'スタッフ', trainingContractor: '外部委託先:研修会運営' };
const states: Readonly<Record<StaffState, string>> = { active: '使用中', stopped: '停止中', deleted: '削除済' };

/** 権限 in the words of O-17. */
export function roleLabel(role: StaffRole): string {
  return roles[role];
}

/** 使用状態 in the words of O-17. */
export function stateLabel(state: StaffState): string {
  return states[state];
}

export const roleOptions: readonly { value: StaffRole; label: string }[] = [
  { value: 'admin', label: roles.admin },
  { value: 'clerk', label: roles.clerk },
  { value: 'trainingContractor', label: roles.trainingContractor },
];

/** What 権限 means, for those who choose it. */
export const roleHint =
  '管理者はすべての機能と事務局ユーザーの管理、スタッフは事務局ユーザーの管理を除く機能、外部委託先は研修会の運営だけを使えます。';

/** Kinds of mails to the office in the words of O-27. */
export const mailKindLabels: Readonly<Record<MailKind, string>> = {
  arrived: '新しい申請があったとき',
  resubmitted: '差戻した申請が再申請されたとき',
  confirm: '確認が必要な退会などがあったとき',
  ended: '申請や承認が取り消されたとき',
  message: '申請に関する連絡があったとき',
};

export const mailChoiceOptions: readonly { value: MailChoice; label: string }[] = [
  { value: 'each', label: '都度' },
  { value: 'daily', label: '1日1回まとめて' },
  { value: 'none', label: '受け取らない' },
];
