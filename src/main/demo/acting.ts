import { newId } from '#kernel/id.ts';
import type { Actor, DoctorActor, Layer, OfficeActor } from '#kernel/actor.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { categoriesOf, chainOf } from '#features/association/queries/directory.ts';
import { approve } from '#features/application/commands/approve.ts';
import { chooseAssociations } from '#features/application/commands/choose-associations.ts';
import { saveDetails } from '#features/application/commands/save-details.ts';
import { submitJoin } from '#features/application/commands/submit-join.ts';
import type { RawDetails } from '#features/application/schema.ts';
import { categoryField } from '#features/application/schema.ts';
import { attachDocument } from '#features/application/commands/papers.ts';
import { run } from '#platform/command/command.ts';
import type { Context, Surroundings } from '#platform/context.ts';
import { makeContext } from '#platform/context.ts';
import { readTransaction } from '#platform/db/transaction.ts';

/** Acting as doctors and offices through the commands: used by the demo data and by the tests, never by requests. */

/** The value of an outcome that must have been accepted. */
export function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.refusal)}`);
  return outcome.value;
}

/** A context in which this actor acts at this instant. */
export function as(surroundings: Surroundings, actor: Actor, now: Date): Context {
  return makeContext(surroundings, { actor, now, requestId: newId() });
}

export const system: Actor = { kind: 'system', name: 'demo' };

/** A doctor as his session makes him. */
export function doctorActor(personId: string, accountId: string, displayName: string): DoctorActor {
  return { kind: 'doctor', personId, accountId, displayName };
}

type Office = { id: number; name: string; layer: Layer };

/** A staff member of an office; `accountId` must exist when foreign keys ask for it, otherwise any id will do. */
export function officeActor(office: Office, staff: { accountId?: string; name?: string; role?: OfficeActor['role'] } = {}): OfficeActor {
  return {
    kind: 'office',
    accountId: staff.accountId ?? newId(),
    staffId: newId(),
    displayName: staff.name ?? '事務局 花子',
    associationId: office.id,
    associationName: office.name,
    layer: office.layer,
    role: staff.role ?? 'admin',
  };
}

/** The chain of an association as offices that can act, lowest first. */
export async function officesOf(surroundings: Surroundings, lowestAssociationId: number, now: Date): Promise<OfficeActor[]> {
  const ctx = as(surroundings, system, now);
  const chain = await readTransaction(ctx, (tx) => chainOf(tx, lowestAssociationId, ctx.today));
  return chain.map((link) => officeActor({ id: link.id, name: link.name, layer: link.layer }));
}

export type JoinWish = { lowestAssociationId: number; upTo?: Layer; wishedOn: string; categoryCode?: string; details?: RawDetails };

/** Ids of the category with a code in each association. */
export async function categoryIds(
  surroundings: Surroundings,
  ask: { ids: readonly number[]; code: string; now: Date },
): Promise<Map<number, number>> {
  const ctx = as(surroundings, system, ask.now);
  const rows = await readTransaction(ctx, (tx) => categoriesOf(tx, ask.ids, ctx.today));
  return new Map(rows.filter((row) => row.code === ask.code).map((row) => [row.associationId, row.id]));
}

/** Steps 1 and 2 of 入会届 with a licence paper, not yet sent. */
export async function draftJoin(ctx: Context, wish: JoinWish): Promise<{ id: string; version: number }> {
  const chain = await readTransaction(ctx, (tx) => chainOf(tx, wish.lowestAssociationId, ctx.today));
  const ids = chain.filter((link) => link.layer >= (wish.upTo ?? 1)).map((link) => link.id);
  const categories = await categoryIds(ctx, { ids: chain.map((link) => link.id), code: wish.categoryCode ?? 'A1', now: ctx.now });
  const { id } = must(
    await run(chooseAssociations, ctx, {
      way: 'association',
      lowestAssociationId: wish.lowestAssociationId,
      ticked: ids,
      categories: Object.fromEntries([...categories].map(([association, category]) => [categoryField(association), String(category)])),
    }),
  );
  must(
    await run(attachDocument, ctx, {
      id,
      version: 1,
      kind: 'licence',
      title: '医師免許証',
      fileId: newId(),
      fileName: '医師免許証.pdf',
      mediaType: 'application/pdf',
      size: 1000,
      sha256: '0'.repeat(64),
    }),
  );
  const details: RawDetails = {
    wishedOn: wish.wishedOn,
    facilityUndecided: 'on',
    workCode: '11',
    positionCode: '02',
    designations: ['01'],
    ...wish.details,
  };
  const saved = must(await run(saveDetails, ctx, { id, version: 1, details, complete: true }));
  return { id, version: saved.version };
}

/** A submitted 入会届. */
export async function fileJoin(ctx: Context, wish: JoinWish): Promise<{ id: string; number: string }> {
  const draft = await draftJoin(ctx, wish);
  return must(await run(submitJoin, ctx, draft, newId()));
}

/** The version of a case as somebody sees it now. */
export async function versionOf(ctx: Context, id: string): Promise<number> {
  return await readTransaction(ctx, async (tx) => {
    const row = await tx.selectFrom('application').select('version').where('id', '=', id).executeTakeFirstOrThrow();
    return row.version;
  });
}

/** 承認 by one office with a date, warnings confirmed; of the case as it stands, or as it was seen (`version`). */
export async function approveAs(ctx: Context, id: string, decision: { decidedOn: string; categoryCode?: string; version?: number }) {
  if (ctx.actor.kind !== 'office') throw new Error('only offices approve');
  const categories = await categoryIds(ctx, { ids: [ctx.actor.associationId], code: decision.categoryCode ?? 'A1', now: ctx.now });
  return await run(
    approve,
    ctx,
    {
      id,
      version: decision.version ?? (await versionOf(ctx, id)),
      decidedOn: decision.decidedOn,
      categoryId: categories.get(ctx.actor.associationId) ?? 0,
      confirmed: 'on',
      licenceSeen: 'on',
    },
    newId(),
  );
}
