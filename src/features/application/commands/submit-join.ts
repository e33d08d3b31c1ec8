import type { z } from 'zod';
import type { Day } from '#kernel/day.ts';
import { fiscalYear } from '#kernel/day.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { affiliationFrom } from '#features/membership/queries/groups.ts';
import { findPerson } from '#features/person/queries/person.ts';
import type { Person } from '#features/person/queries/person.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { texts } from '../messages.ts';
import { proxyTexts } from '../proxy-messages.ts';
import { planJoin } from '../plan.ts';
import type { Choice, JoinForm } from '../schema.ts';
import { categoryField, joinForm, submitJoinInput } from '../schema.ts';
import type { Case } from '../store.server.ts';
import { loadCase } from '../store.server.ts';
import { listFollowable } from '../linked.store.server.ts';
import { findOpenRival } from '../draft.store.server.ts';
import { decideChoices, loadChoice } from './choose-associations.ts';
import { caseLocks, gate } from './gate.ts';
import { rivalRefusal } from './origin.ts';
import type { DetailsAround } from './save-details.ts';
import { judgeDetails, loadDetailsAround } from './save-details.ts';
import type { Sent } from './send-off.ts';
import { sendOff } from './send-off.ts';

export type JoinToSend = {
  target: Case;
  form: JoinForm;
  around: DetailsAround;
  choice: Awaited<ReturnType<typeof loadChoice>>;
  person: Person;
  affiliationId: string | undefined;
  openKey: string;
  rival: { id: string } | undefined;
  /** 異動届 without destination that this may follow (`rules.md 3.6`). */
  followable: readonly string[];
};

/** One open application per affiliation: an existing one by its id, a new one by its lowest association (`rules.md 3.11`). */
export function openKeyOf(affiliationId: string | undefined, lowestAssociationId: number): string {
  return affiliationId ?? `new:${lowestAssociationId}`;
}

/** What a 入会届 is judged and sent with; undefined for any other case, and before step 1 is finished. */
export async function loadJoin(tx: ReadTransaction, ctx: Context, target: Case): Promise<JoinToSend | undefined> {
  if (target.kind !== 'join') return undefined;
  const person = await findPerson(tx, target.personId);
  const form = joinForm.safeParse(target.form);
  if (person === undefined || !form.success) return undefined;
  const facilityId = form.data.details['facilityId'];
  const around = await loadDetailsAround(tx, ctx, { target, facilityId: typeof facilityId === 'string' ? facilityId : '' });
  if (around === undefined) return undefined;
  const { lowestAssociationId } = form.data;
  const affiliationId = await affiliationFrom(tx, ctx.actor, { personId: target.personId, lowestAssociationId, on: ctx.today });
  const openKey = openKeyOf(affiliationId, lowestAssociationId);
  return {
    target,
    form: form.data,
    around,
    person,
    affiliationId,
    openKey,
    choice: await loadChoice(tx, ctx, { personId: target.personId, lowestAssociationId, applicationId: target.id }),
    rival: await findOpenRival(tx, target.personId, openKey),
    followable: (await listFollowable(tx, target.personId)).map((one) => one.id),
  };
}

export type ReadyJoin = { wishedOn: Day; choices: Choice[]; followsId: string | undefined };

/** Everything that is wrong with a 入会届 as it would be sent now. */
export function decideJoin(ctx: Context, loaded: JoinToSend, input: Pick<z.infer<typeof submitJoinInput>, 'followsId'>) {
  if (loaded.rival !== undefined) return rivalRefusal(ctx, loaded.rival.id);
  if (loaded.person.diedOn !== null) return refuse('conflict', { message: proxyTexts.died });
  const followsId = input.followsId === '' || input.followsId === 'none' ? undefined : input.followsId;
  if (followsId !== undefined && !loaded.followable.includes(followsId)) return refuse('conflict', { message: texts.followGone });
  const { form } = loaded;
  const categories = Object.fromEntries(form.choices.map((choice) => [categoryField(choice.associationId), String(choice.categoryId)]));
  const choices = decideChoices(loaded.choice, {
    way: form.way,
    prefecture: form.prefecture,
    facilityId: '',
    lowestAssociationId: form.lowestAssociationId,
    direct: form.direct,
    ticked: form.choices.map((choice) => choice.associationId),
    categories,
    complete: true,
  });
  if (!choices.ok) return choices;
  const judged = judgeDetails(loaded.around, form.details, ctx);
  if (!judged.ok) return judged;
  const { wishedOn } = judged.value;
  if (wishedOn === undefined) return refuse('invalid');
  return accepted<ReadyJoin>({ wishedOn, choices: choices.choices, followsId });
}

function plannedOf(loaded: JoinToSend, choices: readonly Choice[]) {
  return planJoin(
    choices.map((choice) => {
      const link = loaded.choice.chain.find((one) => one.associationId === choice.associationId);
      if (link === undefined) throw new Error('an association outside the chain');
      return { ...choice, layer: link.layer };
    }),
  );
}

/** Sends a 入会届 that was judged. */
export async function sendJoin(
  tx: WriteTransaction,
  ctx: Context,
  { loaded, decision }: { loaded: JoinToSend; decision: ReadyJoin },
): Promise<Sent> {
  return await sendOff(tx, ctx, {
    target: loaded.target,
    person: loaded.person,
    form: loaded.form,
    wishedOn: decision.wishedOn,
    affiliationId: loaded.affiliationId ?? null,
    openKey: loaded.openKey,
    planned: plannedOf(loaded, decision.choices),
    settings: loaded.around.settings,
    order: 'parallel',
    followsId: decision.followsId,
  });
}

/** Sends off a 入会届: number, steps from the lowest association up, settings pinned, the first office is told. */
export const submitJoin = command({
  name: 'application.submit',
  input: submitJoinInput,
  locks: caseLocks,
  load: async (tx, input, ctx) => {
    const target = await loadCase(tx, ctx.actor, input.id);
    return target === undefined ? undefined : await loadJoin(tx, ctx, target);
  },
  allow: (ctx, { target }, input) => gate(ctx, 'submit', { target, seen: input.version }),
  decide: decideJoin,
  save: async (tx, { ctx, target: loaded, decision }) => {
    const { target } = loaded;
    const { number, events, alsoAudit } = await sendJoin(tx, ctx, { loaded, decision });
    return {
      value: { id: target.id, number },
      audit: {
        action: 'application.submit',
        personIds: [target.personId],
        target: target.id,
        detail: { number, fiscalYear: fiscalYear(ctx.today) },
      },
      alsoAudit,
      events,
    };
  },
  constraints: {
    application_follows: () => refuse('conflict', { message: texts.followGone }),
    application_one_open: () => refuse('conflict', { message: texts.openForAffiliation }),
    application_step_one_open_join: () => refuse('conflict', { message: texts.openForAssociation }),
  },
});
