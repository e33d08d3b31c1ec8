import { newId } from '#kernel/id.ts';
import { day } from '#kernel/day.ts';
import { idInput } from '#kernel/input.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { gate, caseLocks } from '#features/application/commands/gate.ts';
import { sendOff } from '#features/application/commands/send-off.ts';
import { findOpenRival, listOpenJoins } from '#features/application/draft.store.server.ts';
import type { PlannedStep } from '#features/application/plan.ts';
import { cascadeUp, planChange, planTransfer, planWithdrawal } from '#features/application/plan.ts';
import { windowDays } from '#features/application/rules.ts';
import { insertDraft, loadCase } from '#features/application/store.server.ts';
import { settingsOn } from '#features/association/queries/directory.ts';
import { phasesOf } from '#features/membership/queries/standing.ts';
import { findPerson } from '#features/person/queries/person.ts';
import { command } from '#platform/command/command.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import type { Paper } from '../reference/state.ts';
import { associationOf } from '../reference/state.ts';
import { upTo } from '../reference/planning.ts';
import type { Play } from './stage.ts';

/** Files 退会届 and 異動届 with the engine's own plan, where no page is concerned. */

const details = { facilityUndecided: 'on', workCode: '11', positionCode: '02', designations: ['01'] };

type Carried = { associationId: number; layer: number; categoryId: number };

async function standing(tx: ReadTransaction, play: Play, ask: { personId: string; today: string }) {
  const phases = (await phasesOf(tx, ask.personId)).filter((phase) => phase.endsOn === null || phase.endsOn >= ask.today);
  const carriedBy = (affiliationId: string): Carried[] =>
    phases
      .filter((phase) => phase.endsOn === null && phase.affiliationId === affiliationId)
      .map((phase) => ({ ...phase, layer: associationOf(play.model, phase.associationId).layer }))
      .sort((a, b) => b.layer - a.layer);
  return { phases, carriedBy };
}

function movesOf(play: Play, paper: Paper) {
  return paper.moves.map((move) => ({ associationId: move.association, affiliationId: play.affiliations.get(move.to) ?? newId() }));
}

function affiliationOf(play: Play, paper: Paper): string {
  return play.affiliations.get(paper.affiliation ?? '') ?? newId();
}

/** What `application.form` holds. */
function formOf(play: Play, paper: Paper, planned: readonly PlannedStep[]): unknown {
  const affiliationId = affiliationOf(play, paper);
  const moves = movesOf(play, paper);
  const wishedOn = paper.wishedOn;
  if (paper.kind === 'withdrawal') {
    const leave = planned.filter((step) => step.role !== 'receive').map((step) => step.associationId);
    return { affiliationId, leave, moves, details: { wishedOn, reason: '01' } };
  }
  const common = { affiliationId, reason: '01', details: { ...details, wishedOn, ...(paper.newPlace ? {} : { keepFacility: 'on' }) } };
  if (paper.kind === 'change') return { ...common, changes: [], workplaceStays: !paper.newPlace };
  return {
    ...common,
    moves,
    undecided: paper.lowest === undefined,
    details: { ...common.details, leaveOn: paper.leaveOn ?? wishedOn, gapReason: paper.gapReason ? '転居のため' : '' },
  };
}

type Standing = Awaited<ReturnType<typeof standing>>;

/** The engine's plan for this paper; nothing where the paper may not be sent. */
function planOf(play: Play, paper: Paper, { phases, carriedBy }: Standing): PlannedStep[] {
  const carried = carriedBy(affiliationOf(play, paper));
  const moved = paper.moves.map((move) => move.association);
  const leaving = (ticked: readonly number[]) =>
    planWithdrawal({ carried, leave: cascadeUp(carried, ticked).map((one) => one.associationId), moved });
  if (paper.kind === 'withdrawal') return leaving(paper.ticked);
  if (paper.kind === 'change') {
    const changes = carried
      .map((one) => ({
        associationId: one.associationId,
        categoryId: paper.categories[one.associationId] ?? one.categoryId,
        was: one.categoryId,
      }))
      .filter((one) => one.categoryId !== one.was);
    return changes.length === 0 && !paper.newPlace ? [] : planChange({ carried, changes });
  }
  if (paper.lowest === undefined) return leaving(carried.map((one) => one.associationId));
  const elsewhere = phases.map((phase) => phase.associationId).filter((id) => !carried.some((one) => one.associationId === id));
  const destination = (upTo(play.model, paper) ?? [])
    .filter((one) => !elsewhere.includes(one.id))
    .map((one) => {
      const held = carried.find((other) => other.associationId === one.id);
      return { associationId: one.id, layer: one.layer, categoryId: paper.categories[one.id] ?? held?.categoryId ?? 0 };
    });
  const planned = planTransfer({ carried, destination, moved });
  return planned.some((step) => step.leg === 'join') && planned.some((step) => step.leg === 'leave') ? planned : [];
}

type Asking = { paper: Paper; planned: readonly PlannedStep[]; personId: string; id: string };

/** Joins asked for elsewhere, settings that forbid leaving only upper layers, the window of the wish (`rules.md 1.4, 4.1`). */
async function isForbidden(tx: ReadTransaction, play: Play, { paper, planned, personId, id }: Asking): Promise<boolean> {
  const pending = await listOpenJoins(tx, personId, id);
  if (planned.some((step) => step.leg === 'join' && pending.includes(step.associationId))) return true;
  const [lowest] = planned;
  if (
    lowest === undefined ||
    planned.some((step) => step.role === 'decide' && paper.moves.some((move) => move.association === step.associationId))
  )
    return true;
  const asked = planned.find((step) => step.leg === 'join') ?? lowest;
  const settings = await settingsOn(tx, [lowest.associationId, asked.associationId], day(play.model.today));
  const of = (step: PlannedStep) => settings.find((row) => row.associationId === step.associationId)?.settings;
  const window = of(asked)?.wishWindow ?? { back: 0, ahead: 0 };
  const { from, to } = windowDays(window, day(play.model.today));
  if (paper.wishedOn < from || paper.wishedOn > to) return true;
  return lowest.role === 'receive' && of(lowest)?.allowUpperOnlyWithdrawal === false;
}

/** A draft of this paper. */
export function fileDraft(play: Play, paper: Paper) {
  return command({
    name: 'application.file',
    input: z.object({}),
    locks: async () => [],
    load: async (tx, _input, ctx) => {
      if (ctx.actor.kind !== 'doctor') return undefined;
      const planned = planOf(play, paper, await standing(tx, play, { personId: ctx.actor.personId, today: ctx.today }));
      return {
        personId: ctx.actor.personId,
        planned,
        forbidden: await isForbidden(tx, play, { paper, planned, personId: ctx.actor.personId, id: '' }),
      };
    },
    allow: () => true,
    decide: (_ctx, { forbidden }) => (forbidden ? refuse('invalid') : accepted(newId())),
    save: async (tx, { ctx, target, decision: id }) => {
      const form = JSON.parse(JSON.stringify(formOf(play, paper, target.planned)));
      await insertDraft(tx, { id, kind: paper.kind, personId: target.personId, form, at: ctx.now });
      return { value: { id }, audit: { action: 'application.file', personIds: [target.personId], target: id }, events: [] };
    },
  });
}

/** Sends it off. */
export function sendDraft(play: Play, paper: Paper) {
  return command({
    name: 'application.submit',
    input: z.object({ id: idInput, version: z.int() }),
    locks: caseLocks,
    load: async (tx, input, ctx) => {
      const target = await loadCase(tx, ctx.actor, input.id);
      const person = target === undefined ? undefined : await findPerson(tx, target.personId);
      if (target === undefined || person === undefined) return undefined;
      const planned = planOf(play, paper, await standing(tx, play, { personId: target.personId, today: ctx.today }));
      const asking = { paper, planned, personId: target.personId, id: target.id };
      const settings = await settingsOn(
        tx,
        planned.map((step) => step.associationId),
        ctx.today,
      );
      const rival = await findOpenRival(tx, target.personId, affiliationOf(play, paper));
      return { target, person, planned, settings, refused: rival !== undefined || (await isForbidden(tx, play, asking)) };
    },
    allow: (ctx, { target }, input) => gate(ctx, 'submit', { target, seen: input.version }),
    decide: (_ctx, { refused }) => (refused ? refuse('conflict') : accepted(undefined)),
    save: async (tx, { ctx, target: { target, person, planned, settings } }) => {
      const affiliationId = affiliationOf(play, paper);
      const lowest = planned.find((step) => step.leg === 'leave');
      const order = settings.find((row) => row.associationId === lowest?.associationId)?.settings.transferOrder ?? 'parallel';
      const form = formOf(play, paper, planned);
      await sendOff(tx, ctx, {
        target,
        person,
        form,
        wishedOn: day(paper.wishedOn),
        affiliationId,
        openKey: affiliationId,
        planned,
        settings,
        order,
      });
      return {
        value: { id: target.id },
        audit: { action: 'application.submit', personIds: [target.personId], target: target.id },
        events: [{ kind: 'application.submitted', payload: { applicationId: target.id } }],
      };
    },
    constraints: { application_one_open: () => refuse('conflict'), application_step_one_open_join: () => refuse('conflict') },
  });
}
