import type { DoctorActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { chooseDestination, leaveUndecided } from '#features/application/commands/choose-destination.ts';
import { saveChange } from '#features/application/commands/save-change.ts';
import { saveDetails } from '#features/application/commands/save-details.ts';
import { saveTransfer } from '#features/application/commands/save-transfer.ts';
import { submitChange } from '#features/application/commands/submit-change.ts';
import { submitTransfer } from '#features/application/commands/submit-transfer.ts';
import type { RawDetails } from '#features/application/schema.ts';
import { categoryField } from '#features/application/schema.ts';
import { categoryIds, must } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { approveUpTo, filed } from './case-mix.ts';
import type { World } from './world.ts';

/** 異動届 through the commands of its pages. */

export const work: RawDetails = { workCode: '11', positionCode: '02', designations: ['01'] };

/** A member of the whole chain of an association since a day. */
export async function memberOf(
  world: World,
  lowestAssociationId: number,
  since = '2025-12-01',
  doctor?: DoctorActor,
): Promise<DoctorActor> {
  const join = await filed(world, lowestAssociationId, doctor, since);
  await approveUpTo(world, join, join.offices.length, since);
  return join.doctor;
}

/** The group that carries a person's membership in an association. */
export async function groupIn(world: World, doctor: DoctorActor, associationId: number): Promise<string> {
  const { rows } = await world.database.system.query<{ affiliation_id: string }>(
    'SELECT affiliation_id FROM membership_phase WHERE person_id = $1 AND association_id = $2 AND ends_on IS NULL',
    [doctor.personId, associationId],
  );
  const id = rows[0]?.affiliation_id;
  if (id === undefined) throw new Error('no such membership');
  return id;
}

export type ChangeWish = {
  associationId: number;
  reason?: string;
  /** Category code by association. */
  categories?: Readonly<Record<number, string>>;
  wishedOn: string;
  details?: RawDetails;
  now?: Date;
};

/** Category ids by association code, as the form posts them. */
export async function postedCategories(world: World, codes: Readonly<Record<number, string>>): Promise<Record<string, string>> {
  const posted: Record<string, string> = {};
  for (const [association, code] of Object.entries(codes)) {
    const id = Number(association);
    const found = await categoryIds(world.surroundings, { ids: [id], code, now: new Date('2026-01-15T03:00:00Z') });
    posted[categoryField(id)] = String(found.get(id) ?? '');
  }
  return posted;
}

/** Steps 1 and 2 of 異動届 without change of association. */
export async function draftChange(world: World, doctor: DoctorActor, wish: ChangeWish): Promise<{ id: string; version: number }> {
  const ctx = world.as(doctor, wish.now);
  const { id } = must(
    await run(saveChange, ctx, {
      affiliationId: await groupIn(world, doctor, wish.associationId),
      reason: wish.reason ?? 'C06',
      categories: await postedCategories(world, wish.categories ?? {}),
    }),
  );
  const details = { ...work, wishedOn: wish.wishedOn, keepFacility: 'on', ...wish.details };
  const saved = must(await run(saveDetails, ctx, { id, version: 1, details, complete: true }));
  return { id, version: saved.version };
}

export async function fileChange(world: World, doctor: DoctorActor, wish: ChangeWish): Promise<string> {
  const draft = await draftChange(world, doctor, wish);
  return must(await run(submitChange, world.as(doctor, wish.now), draft, newId())).id;
}

export type TransferWish = {
  from: number;
  /** Lowest association of the new chain; undefined while it is not known. */
  to: number | undefined;
  upTo?: number;
  reason?: string;
  wishedOn: string;
  leaveOn: string;
  gapReason?: string;
  /** Category code in the new chain. */
  categoryCode?: string;
  moves?: Readonly<Record<string, string>>;
  now?: Date;
};

/** Steps 1 to 3 of 異動届 with change of association. */
export async function draftTransfer(world: World, doctor: DoctorActor, wish: TransferWish): Promise<{ id: string; version: number }> {
  const ctx = world.as(doctor, wish.now);
  const affiliationId = await groupIn(world, doctor, wish.from);
  const { id } = must(await run(saveTransfer, ctx, { affiliationId, reason: wish.reason ?? 'T02' }));
  if (wish.to === undefined) must(await run(leaveUndecided, ctx, { id, version: 1, moves: wish.moves ?? {} }));
  else must(await run(chooseDestination, ctx, { id, version: 1, ...(await destinationOf(world, { ...wish, to: wish.to })) }));
  const details = { ...work, facilityUndecided: 'on', wishedOn: wish.wishedOn, leaveOn: wish.leaveOn, gapReason: wish.gapReason ?? '' };
  const saved = must(await run(saveDetails, ctx, { id, version: 2, details, complete: true }));
  return { id, version: saved.version };
}

/** The new chain up to a layer, as the form posts it. */
export async function destinationOf(world: World, wish: TransferWish & { to: number }) {
  const offices = (await world.offices(wish.to)).filter((office) => office.layer >= (wish.upTo ?? 1));
  const codes = Object.fromEntries(offices.map((office) => [office.associationId, wish.categoryCode ?? 'A1']));
  return {
    lowestAssociationId: wish.to,
    ticked: offices.map((office) => String(office.associationId)),
    categories: await postedCategories(world, codes),
    moves: wish.moves ?? {},
  };
}

export async function fileTransfer(world: World, doctor: DoctorActor, wish: TransferWish): Promise<string> {
  const draft = await draftTransfer(world, doctor, wish);
  return must(await run(submitTransfer, world.as(doctor, wish.now), draft, newId())).id;
}
