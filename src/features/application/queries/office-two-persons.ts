import { actingAccount } from '#kernel/actor.ts';
import type { PinnedSettings } from '#features/association/queries/directory.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { loadTwoPersons } from '../commands/two-persons.ts';
import { isOpen } from '../flow.ts';
import { stepFor } from '../policy.ts';
import type { Case, CaseStep } from '../store.server.ts';
import type { TwoPersons } from '../two-person-rules.ts';
import { isOwnApproval } from '../two-person-rules.ts';

/** 2名での承認 as an office sees it (`screens.md O-05, O-06`); undefined where one person decides. */
export type ShownPersons = {
  alone: boolean;
  /** The one who looks entered the case for the doctor. */
  entered: boolean;
  /** The one who looks has approved already: somebody else must. */
  mine: boolean;
  first: { by: string; at: Date } | undefined;
};

/** What the screen says about the two persons of a step. */
export function shownPersons(ctx: Context, twoPersons: TwoPersons): ShownPersons | undefined {
  const { needed, alone, first, ownEntry } = twoPersons;
  if (!needed && !ownEntry) return undefined;
  return {
    alone,
    entered: ownEntry,
    mine: isOwnApproval(twoPersons, actingAccount(ctx.actor)),
    first: first === undefined ? undefined : { by: first.actorName, at: first.at },
  };
}

/** The two persons of the own step that can be approved now. */
export async function readTwoPersons(
  tx: ReadTransaction,
  ctx: Context,
  { target, settings }: { target: Case; settings: readonly PinnedSettings[] },
): Promise<ShownPersons | undefined> {
  const step = isOpen(target.state) ? stepFor<CaseStep>(ctx.actor, 'approve', target) : undefined;
  const own = settings.find((row) => row.associationId === step?.associationId);
  return step === undefined || own === undefined
    ? undefined
    : shownPersons(ctx, await loadTwoPersons(tx, ctx, { target, step, settings: own.settings }));
}
