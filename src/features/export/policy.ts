import type { Actor } from '#kernel/actor.ts';
import type { ExportState } from './flow.ts';
import { awaitsApproval, isReady } from './flow.ts';

/** Who may do what with a file of データ出力 (`screens.md O-23`, `rules.md 8.2`). Pure. */

export type ExportTarget = { associationId: number; accountId: string; state: ExportState; fetchUntil: Date | null };

function isOffice(actor: Actor, target: ExportTarget): actor is Extract<Actor, { kind: 'office' }> {
  return actor.kind === 'office' && actor.role !== 'trainingContractor' && actor.associationId === target.associationId;
}

/** The office that made it sees its manifest. */
export function maySeeExport(actor: Actor, target: ExportTarget): boolean {
  return isOffice(actor, target);
}

/** Its maker or a 管理者 of the office may fetch the file, as long as the link lives. */
export function mayFetch(actor: Actor, target: ExportTarget, now: Date): boolean {
  if (!isOffice(actor, target) || !isReady(target.state)) return false;
  return isOwnFile(actor, target) && target.fetchUntil !== null && now <= target.fetchUntil;
}

/** Says nothing about time: whose file it is. */
export function isOwnFile(actor: Actor, target: ExportTarget): boolean {
  return isOffice(actor, target) && (actor.accountId === target.accountId || actor.role === 'admin');
}

/** A large file is released by somebody else than its maker. */
export function mayAnswer(actor: Actor, target: ExportTarget): boolean {
  return isOffice(actor, target) && awaitsApproval(target.state) && actor.accountId !== target.accountId;
}

/** Whoever may fetch may also report that what was fetched is gone. */
export function mayReportDeletion(actor: Actor, target: ExportTarget): boolean {
  return isReady(target.state) && isOwnFile(actor, target);
}
