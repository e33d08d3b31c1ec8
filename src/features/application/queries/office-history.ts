import type { Day } from '#kernel/day.ts';
import { z } from 'zod';
import { codeLists } from '#features/association/queries/directory.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { OfficeAct } from '../detail.store.server.ts';
import type { JoinShown } from '../fields.ts';
import { fieldOf, joinFields } from '../fields.ts';
import { actionLabel } from '../labels.ts';

/** 経過 of a case: every act with person, office, time and reason in words. */

export type HistoryLine = {
  id: number;
  at: Date;
  action: string;
  label: string;
  /** 医師会; undefined for the applicant. */
  office: string | undefined;
  actorName: string;
  decidedOn: Day | null;
  category: string;
  reasons: string[];
  /** What 差戻し asked to correct. */
  requests: { label: string; comment: string }[];
  /** Fields that 再申請 changed, as far as the reader sees them. */
  changed: string[];
  message: string;
};

const requests = z.array(z.object({ field: z.string(), comment: z.string() }));

/** The lists from which the reasons of an act come; 死亡登録の取消 ends what is not decided yet with a reason of 退会取消. */
const uses: Readonly<Record<string, readonly string[]>> = {
  return: ['return'],
  reject: ['reject'],
  cancel: ['cancel', 'withdrawal_cancel'],
  retract: ['cancel'],
  revokeLeave: ['withdrawal_cancel'],
};

async function reasonLabels(tx: ReadTransaction, acts: readonly OfficeAct[], on: Day): Promise<Map<string, string>> {
  const lists = new Set(acts.filter((act) => act.reasons.length > 0).flatMap((act) => uses[act.action] ?? []));
  const labels = new Map<string, string>();
  if (lists.size === 0) return labels;
  const names = [...lists].map((use) => `reason.${use}`);
  const codes = await codeLists(tx, names, on);
  for (const row of names.flatMap(codes)) labels.set(row.code, row.label);
  return labels;
}

function requestsOf(act: OfficeAct, shown: JoinShown | undefined): HistoryLine['requests'] {
  const read = requests.safeParse(act.fields);
  if (!read.success) return [];
  const fields = shown === undefined ? [] : joinFields(shown);
  return read.data.map(({ field, comment }) => ({ label: fieldOf(fields, field)?.label ?? field, comment }));
}

const changes = z.array(z.object({ field: z.string() })).catch([]);

function changedIn(act: OfficeAct, shown: JoinShown | undefined): string[] {
  const fields = shown === undefined ? [] : joinFields(shown);
  return [...new Set(changes.parse(act.changes).flatMap(({ field }) => fieldOf(fields, field)?.label ?? []))];
}

/** The acts in words, oldest first. */
export async function historyOf(
  tx: ReadTransaction,
  question: { acts: readonly OfficeAct[]; shown: JoinShown | undefined; on: Day },
): Promise<HistoryLine[]> {
  const labels = await reasonLabels(tx, question.acts, question.on);
  return question.acts.map((act) => ({
    id: act.id,
    at: act.at,
    action: act.action,
    label: actionLabel(act.action),
    office: act.office,
    actorName: act.actorName,
    decidedOn: act.decidedOn,
    category: act.category,
    reasons: act.reasons.map((code) => labels.get(code) ?? code),
    requests: requestsOf(act, question.shown),
    changed: changedIn(act, question.shown),
    message: act.message,
  }));
}
