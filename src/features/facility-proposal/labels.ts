import type { ProposalState } from './flow.ts';

/** Words of the proposals for the master of facilities (`screens.md O-14`). */

export const proposalKinds = ['change', 'add', 'duplicate'] as const;
export type ProposalKind = (typeof proposalKinds)[number];

export const kindLabels: Readonly<Record<ProposalKind, string>> = {
  change: '施設情報の変更',
  add: '新しい施設',
  duplicate: '重複の報告',
};

export const stateLabels: Readonly<Record<ProposalState, string>> = {
  proposed: '審査待ち',
  forwarded: '統合待ち',
  planned: '統合予定',
  approved: '承認',
  merged: '統合済',
  rejected: '却下',
  withdrawn: '取下げ',
};

export const stateTones: Readonly<Record<ProposalState, 'progress' | 'success' | 'danger' | 'neutral'>> = {
  proposed: 'progress',
  forwarded: 'progress',
  planned: 'progress',
  approved: 'success',
  merged: 'success',
  rejected: 'danger',
  withdrawn: 'neutral',
};

export const names = {
  kind: '種類',
  facility: '施設',
  office: '提案した医師会',
  decider: '審査する医師会',
  at: '提案日時',
  state: '状態',
  reason: '提案の理由',
  answer: '審査の理由',
  decided: '審査',
  distinct: '上の施設とは別の施設であることを確認しました',
  other: '重複している施設',
  stays: '残す施設',
  mergeOn: '統合日',
  target: '結び付ける施設',
  tieConfirmed: '結び付けは取り消せないことを確認しました',
  confirmed: '統合した後は取り消せないことを確認しました',
} as const;
