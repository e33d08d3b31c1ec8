import { addDays } from '#kernel/day.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { leaveWishOf } from '../forms.ts';
import { legName, paperName, stepLabel } from '../labels.ts';
import type { Followable, LinkedCase } from '../linked.store.server.ts';
import { findLinkedCase, listFollowable } from '../linked.store.server.ts';
import { texts } from '../messages.ts';
import { loadCase } from '../store.server.ts';

/** A 異動届 that a new 入会届 may follow (`rules.md 3.6`). */
type FollowOffer = { id: string; label: string };

/** A year after the leave nobody speaks of it any more (`screens.md D-01`). */
const offeredFor = 366;

function dayOf(one: Followable) {
  return one.leftOn ?? leaveWishOf({ kind: 'transfer', form: one.form });
}

/** The person's 異動届 without destination that a 入会届 may continue, newest first. */
export async function followOffers(tx: ReadTransaction, ctx: Context, personId: string): Promise<FollowOffer[]> {
  const earliest = addDays(ctx.today, -offeredFor);
  return (await listFollowable(tx, personId)).flatMap((one) => {
    const on = dayOf(one);
    if (on !== undefined && on < earliest) return [];
    const day = on === undefined ? '' : formatDayPlain(on);
    return [
      { id: one.id, label: texts.followOffer({ number: one.number, association: one.names[0] ?? '', day, decided: one.leftOn !== null }) },
    ];
  });
}

export type ShownLink = {
  /** Where the reader may open it. */
  id: string | undefined;
  title: string;
  lines: { key: string; layer: number; name: string; leg: string; state: string; decidedOn: string }[];
};

function titleOf({ kind, number }: LinkedCase): string {
  return kind === 'transfer' ? texts.followsTransfer(number) : texts.followedBy(`${paperName(kind)} ${number}`);
}

/** The other case of a link: associations, state and dates; openable only by who sees that case itself. */
export async function readLink(tx: ReadTransaction, ctx: Context, id: string): Promise<ShownLink | undefined> {
  const linked = await findLinkedCase(tx, id);
  if (linked === undefined) return undefined;
  return {
    id: (await loadCase(tx, ctx.actor, linked.id)) === undefined ? undefined : linked.id,
    title: titleOf(linked),
    lines: linked.steps.map((step) => ({
      key: `${step.associationId} ${step.leg}`,
      layer: step.layer,
      name: step.name,
      leg: legName(step.leg),
      state: stepLabel(step.state, step.role),
      decidedOn: step.decidedOn === null ? '' : formatDayPlain(step.decidedOn),
    })),
  };
}
