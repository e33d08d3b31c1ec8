import { associationsById } from '#features/association/queries/directory.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { Leg, StepRole } from '../flow.ts';
import { changeForm, transferForm } from '../forms.ts';
import type { PlannedStep } from '../plan.ts';
import { planChange, planTransfer, planWithdrawal } from '../plan.ts';
import type { Choice } from '../schema.ts';
import type { Case } from '../store.server.ts';

/** Who will do what with a paper, in order: what its last page promises (`screens.md D-08` to `D-10`). */
export type WayStep = { name: string; leg: Leg; role: StepRole };

type Placed = (choices: readonly Choice[]) => (Choice & { layer: number })[];

function planOf({ kind, form }: Pick<Case, 'kind' | 'form'>, placed: Placed): PlannedStep[] {
  const change = kind === 'change' ? changeForm.safeParse(form).data : undefined;
  if (change !== undefined) return planChange({ carried: placed(change.before), changes: change.changes });
  const transfer = kind === 'transfer' ? transferForm.safeParse(form).data : undefined;
  if (transfer === undefined) return [];
  const carried = placed(transfer.before);
  const moved = transfer.moves.filter((move) => move.affiliationId !== '').map((move) => move.associationId);
  if (transfer.undecided) return planWithdrawal({ carried, leave: carried.map((place) => place.associationId), moved });
  const destination = placed(transfer.destination?.choices ?? []).filter((choice) => !moved.includes(choice.associationId));
  return planTransfer({ carried, destination, moved, leaveApart: transfer.leaveApart });
}

function associationsIn({ kind, form }: Pick<Case, 'kind' | 'form'>): number[] {
  const transfer = kind === 'transfer' ? transferForm.safeParse(form).data : undefined;
  const change = kind === 'change' ? changeForm.safeParse(form).data : undefined;
  const choices = [...(change?.before ?? []), ...(transfer?.before ?? []), ...(transfer?.destination?.choices ?? [])];
  return choices.map((choice) => choice.associationId);
}

/** The way of a paper that was sent back, without those who are through; of a draft as its plan will be. */
export async function reviewWay(
  tx: ReadTransaction,
  ctx: Context,
  about: { target: Case; choices: readonly { associationName: string }[] },
): Promise<WayStep[]> {
  const { target, choices } = about;
  if (target.steps.length > 0)
    return target.steps
      .filter((step) => step.decidedOn === null)
      .map((step) => ({ name: step.associationName, leg: step.leg, role: step.role }));
  if (target.kind === 'join') return choices.map((choice) => ({ name: choice.associationName, leg: 'join', role: 'decide' }));
  const rows = await associationsById(tx, associationsIn(target), ctx.today);
  const known = new Map(rows.map((row) => [row.id, row]));
  const placed: Placed = (list) => list.map((choice) => ({ ...choice, layer: known.get(choice.associationId)?.layer ?? 0 }));
  return planOf(target, placed).map((step) => ({ name: known.get(step.associationId)?.name ?? '', leg: step.leg, role: step.role }));
}
