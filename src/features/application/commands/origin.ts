import type { PinnedSettings } from '#features/association/queries/directory.ts';
import { associationsById, chainOf } from '#features/association/queries/directory.ts';
import { chooserOf, chosenReasons } from '#features/association/queries/reasons.ts';
import type { Group } from '#features/membership/queries/groups.ts';
import { groupsOf } from '#features/membership/queries/groups.ts';
import type { FieldErrors } from '#kernel/refusal.ts';
import { refuse } from '#kernel/refusal.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { findOpenRival } from '../draft.store.server.ts';
import { texts } from '../messages.ts';
import { caseRoot } from '../places.ts';
import type { Details, RawDetails } from '../schema.ts';

/** The group that a 異動届 speaks of, and what it may say of it (`rules.md 1.3, 3.11`). */

export type CarriedPlace = { associationId: number; layer: number; name: string; categoryId: number };

/** A group with the associations it carries, lowest first. */
export type Origin = Omit<Group, 'carried'> & {
  carried: CarriedPlace[];
  /** The chain of the group from its lowest association up, whether it carries each or not. */
  chain: readonly number[];
};

/** The groups of a person; of an office that files for him, those whose chain it belongs to (`rules.md 5.6`). */
export async function originsOf(tx: ReadTransaction, ctx: Context, personId: string): Promise<Origin[]> {
  const groups = await groupsOf(tx, ctx.actor, personId);
  const ids = groups.flatMap((group) => group.carried.map((one) => one.associationId));
  const associations = await associationsById(tx, [...new Set(ids)], ctx.today);
  const origins: Origin[] = [];
  for (const group of groups) {
    const chain = (await chainOf(tx, group.lowestAssociationId, ctx.today)).map((link) => link.id);
    if (ctx.actor.kind === 'office' && !chain.includes(ctx.actor.associationId)) continue;
    const carried = associations.flatMap(({ id, layer, name }) => {
      const held = group.carried.find((one) => one.associationId === id);
      return held === undefined ? [] : [{ associationId: id, layer, name, categoryId: held.categoryId }];
    });
    origins.push({ ...group, chain, carried: carried.toSorted((a, b) => b.layer - a.layer) });
  }
  return origins;
}

/** The categories held, as a form keeps them. */
export function beforeOf(origin: Origin): { associationId: number; categoryId: number }[] {
  return origin.carried.map(({ associationId, categoryId }) => ({ associationId, categoryId }));
}

/** The lowest association of the group wants its 退会 in a paper of its own (`screens.md O-21` 異動時の退会). */
export function leavesApart(origin: Pick<Origin, 'carried'>, settings: readonly PinnedSettings[]): boolean {
  const lowest = settings.find((row) => row.associationId === origin.carried[0]?.associationId);
  return lowest?.settings.transferWithdrawal === 'separate';
}

/** Step 2 filled with what is true now: one corrects what changes. */
export function detailsOfGroup(origin: Origin): RawDetails {
  const { facilityId, workCode, positionCode, positionText, designations, designationText } = origin;
  return { facilityId: facilityId ?? '', workCode, positionCode, positionText, designations: [...designations], designationText };
}

/** Facility and work are as they were. */
export function workplaceStays(origin: Origin, details: Details & { keepFacility?: boolean }): boolean {
  const facility = details.keepFacility === true || (details.facilityName === '' && details.facilityId === (origin.facilityId ?? ''));
  const sorted = (codes: readonly string[]) => codes.toSorted().join();
  return (
    facility &&
    details.workCode === origin.workCode &&
    details.positionCode === origin.positionCode &&
    details.positionText === origin.positionText &&
    sorted(details.designations) === sorted(origin.designations) &&
    details.designationText === origin.designationText
  );
}

/** The open application of a group that stands in the way of a second one. */
export async function rivalOf(tx: ReadTransaction, target: { personId: string; id: string }, affiliationId: string) {
  const rival = await findOpenRival(tx, target.personId, affiliationId);
  return rival?.id === target.id ? undefined : rival;
}

/** 「この所属について申請中の届があります。」 with the way to it. */
export function rivalRefusal(ctx: Context, id: string) {
  return refuse('conflict', { message: texts.openForAffiliation, link: { to: `${caseRoot(ctx.actor)}/${id}`, label: texts.seeDetail } });
}

/** What is wrong with a 異動事由 and its free text. */
export async function reasonErrors(
  tx: ReadTransaction,
  ctx: Context,
  asked: { use: 'change' | 'transfer'; reason: string; reasonText: string },
): Promise<FieldErrors> {
  const by = chooserOf(ctx.actor);
  const { known, needText } = await chosenReasons(tx, { use: asked.use, codes: [asked.reason], on: ctx.today, by });
  if (!known) return { reason: [texts.notSelected] };
  return needText && asked.reasonText === '' ? { reasonText: [texts.reasonText] } : {};
}
