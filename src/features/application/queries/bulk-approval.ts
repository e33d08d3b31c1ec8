import type { Day } from '#kernel/day.ts';
import { isDay } from '#kernel/day.ts';
import { settingsOn } from '#features/association/queries/directory.ts';
import type { AssociationSettings } from '#features/association/schema.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { findingsFor, loadDecisionAround } from '../commands/approve.ts';
import { isWaiting } from '../flow.ts';
import type { Finding } from '../rules.ts';
import { officeOf } from './inbox.ts';
import type { BulkCase } from './bulk-cases.ts';

/** Which day every case of 一括操作 gets: its own wish, the day from below, or one for all (`screens.md O-04`). */
export type DateChoice = { by: 'wish' | 'below' } | { by: 'day'; on: Day };

export type ApprovalOutlook = {
  /** Undefined where the choice gives none, e.g. the day from below at the lowest association. */
  decidedOn: Day | undefined;
  /** As applied; undefined when it is in use no longer. */
  category: { id: number; name: string } | undefined;
  findings: readonly Finding[];
  /** The association that gets the case next; undefined when ours is the last. */
  next: string | undefined;
  settings: AssociationSettings;
};

function chosenDay({ target, step }: BulkCase, choice: DateChoice): Day | undefined {
  if (choice.by === 'day') return choice.on;
  if (choice.by === 'wish') return target.wishedOn ?? undefined;
  const below = target.steps.filter((one) => one.ordinal < step.ordinal && one.decidedOn !== null);
  return below.at(-1)?.decidedOn ?? undefined;
}

/** What 承認 of one case with the chosen day would say and do; the same rules as its page and its command. */
export async function approvalOutlook(
  tx: ReadTransaction,
  ctx: Context,
  ask: { row: BulkCase; choice: DateChoice },
): Promise<ApprovalOutlook> {
  const { target, step } = ask.row;
  const around = await loadDecisionAround(tx, ctx, { target, step });
  const decidedOn = chosenDay(ask.row, ask.choice);
  const category = around.categories.find((one) => one.id === step.categoryId);
  return {
    decidedOn,
    category: category === undefined ? undefined : { id: category.id, name: category.name },
    findings: decidedOn === undefined ? [] : findingsFor(ctx, { target, step }, { around, decidedOn }),
    next: target.steps.find((one) => one.ordinal > step.ordinal && isWaiting(one.state))?.associationName,
    settings: around.settings,
  };
}

/** Board meetings of the acting office to choose from, earliest first. */
export async function boardMeetingsOf(tx: ReadTransaction, ctx: Context): Promise<Day[]> {
  const [settings] = await settingsOn(tx, [officeOf(ctx).associationId], ctx.today);
  return (settings?.settings.boardMeetings ?? []).filter((on) => isDay(on)).toSorted();
}
