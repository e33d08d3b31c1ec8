import type { Day } from '#kernel/day.ts';
import type { DoctorActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { idInput } from '#kernel/input.ts';
import { accepted } from '#kernel/refusal.ts';
import { approve } from '#features/application/commands/approve.ts';
import { sendOff } from '#features/application/commands/send-off.ts';
import type { ApplicationKind } from '#features/application/flow.ts';
import type { PlannedStep, TransferOrder } from '#features/application/plan.ts';
import { insertDraft, loadCase } from '#features/application/store.server.ts';
import { settingsOn } from '#features/association/queries/directory.ts';
import { findPerson } from '#features/person/queries/person.ts';
import { must, versionOf } from '#main/demo/acting.ts';
import { command, run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import type { World } from './world.ts';

/** A case of any kind with a plan of its own: what the engine does with it, apart from the screens that lead there. */

export type Filing = {
  kind: ApplicationKind;
  form: unknown;
  affiliationId: string;
  planned: readonly PlannedStep[];
  wishedOn: Day;
  order?: TransferOrder;
};

export async function fileCase(ctx: Context, filing: Filing): Promise<string> {
  const id = newId();
  const filingCommand = command({
    name: 'test.file',
    input: z.object({ id: idInput }),
    locks: async () => [],
    load: async (tx) => {
      if (ctx.actor.kind !== 'doctor') return undefined;
      await insertDraft(tx, { id, kind: filing.kind, personId: ctx.actor.personId, form: {}, at: ctx.now });
      const target = await loadCase(tx, ctx.actor, id);
      const person = await findPerson(tx, ctx.actor.personId);
      const ids = filing.planned.map((step) => step.associationId);
      return target === undefined || person === undefined ? undefined : { target, person, settings: await settingsOn(tx, ids, ctx.today) };
    },
    allow: () => true,
    decide: () => accepted(undefined),
    save: async (tx, { target: loaded }) => {
      const { events, alsoAudit } = await sendOff(tx, ctx, {
        ...filing,
        ...loaded,
        openKey: filing.affiliationId,
        order: filing.order ?? 'parallel',
      });
      return {
        value: { id },
        audit: { action: 'application.submit', personIds: [loaded.target.personId], target: id },
        alsoAudit,
        events,
      };
    },
  });
  must(await run(filingCommand, ctx, { id }));
  return id;
}

/** The affiliation that carries a person's membership in an association today or later. */
export async function affiliationIn(world: World, doctor: DoctorActor, associationId: number): Promise<string> {
  const { rows } = await world.database.system.query<{ affiliation_id: string }>(
    'SELECT affiliation_id FROM membership_phase WHERE person_id = $1 AND association_id = $2 AND ends_on IS NULL',
    [doctor.personId, associationId],
  );
  const id = rows[0]?.affiliation_id;
  if (id === undefined) throw new Error('no such membership');
  return id;
}

/** Approval of any leg by one office, warnings confirmed. */
export async function decide(ctx: Context, id: string, decision: { decidedOn: string; categoryId?: number; gapReason?: string }) {
  return await run(approve, ctx, { id, version: await versionOf(ctx, id), confirmed: 'on', ...decision }, newId());
}

/** State of a case and of its steps, in their order. */
export async function statesOf(world: World, id: string): Promise<string[]> {
  const ctx = world.as({ kind: 'system', name: 'test' });
  const found = await readTransaction(ctx, (tx) => loadCase(tx, ctx.actor, id));
  return found === undefined ? [] : [found.state, ...found.steps.map((step) => step.state)];
}

/** Periods of a person as [association, joined, left], by association and day. */
export async function periodsOfPerson(world: World, doctor: DoctorActor): Promise<[number, string, string | null][]> {
  const { rows } = await world.database.system.query<{ association_id: number; joined_on: string; left_on: string | null }>(
    'SELECT association_id, joined_on, left_on FROM membership_period WHERE person_id = $1 ORDER BY association_id DESC, joined_on',
    [doctor.personId],
  );
  return rows.map((row) => [row.association_id, row.joined_on, row.left_on]);
}
