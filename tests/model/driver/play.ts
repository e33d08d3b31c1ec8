import type { DoctorActor } from '#kernel/actor.ts';
import type { Attempt } from '../reference/reference.ts';
import { attempt, caseOf } from '../reference/reference.ts';
import { newModel } from '../reference/state.ts';
import { counts, differences, disagreements, memberships, nameOf } from './compare.ts';
import type { Lane } from './lane.ts';
import { resetSettings } from './lane.ts';
import type { Performer, Play } from './stage.ts';
import { byCommand } from './product.ts';
import { reasonsOf } from './stage.ts';

/** One run: fresh doctors, the model and the product side by side, compared after every step. */

const persons = 2;

/** Instants at which the product knew what the model knew at a tick. */
type Mark = { tick: number; instant: Date };

type Earlier = { association: number; joined: string; left: string | null };

async function earlierMembers(lane: Lane): Promise<Play['before']> {
  const { rows } = await lane.owner.query<Earlier>(
    'SELECT association_id AS association, joined_on::text AS joined, left_on::text AS left FROM membership_period WHERE association_id = ANY ($1)',
    [[...lane.offices.keys()]],
  );
  return (association, day) =>
    rows.filter((row) => row.association === association && row.joined <= day && (row.left === null || day <= row.left)).length;
}

export async function newPlay(lane: Lane, performer: Performer = byCommand): Promise<Play> {
  await resetSettings(lane);
  const doctors: DoctorActor[] = [];
  for (let place = 0; place < persons; place += 1) doctors.push(await lane.world.doctor());
  const associations = structuredClone([...lane.associations]);
  const model = newModel({ associations, persons, today: '2026-01-15' });
  const play: Play = {
    lane,
    performer,
    model,
    doctors,
    cases: new Map(),
    affiliations: new Map(),
    reasons: await reasonsOf(lane),
    before: await earlierMembers(lane),
  };
  await performer.begin(play);
  return play;
}

async function mark(play: Play): Promise<Mark> {
  const { rows } = await play.lane.owner.query<{ instant: Date }>('SELECT clock_timestamp() AS instant');
  return { tick: play.model.tick, instant: rows[0]?.instant ?? new Date() };
}

/** A step in one line, for the report. */
export function lineOf(step: Attempt): string {
  if (!('case' in step)) return JSON.stringify(step);
  const { do: done, case: id, by, ...more } = step;
  return `${nameOf(by)} ${done} case ${id} ${JSON.stringify(more)}`;
}

/** What went wrong, and the whole way there. */
export class Disagreement extends Error {
  readonly steps: readonly Attempt[];

  constructor(done: { steps: readonly Attempt[]; trace: readonly string[] }, found: readonly string[]) {
    const way = done.trace.flatMap((line, place) => (isIdle(done.steps[place]) ? [] : [`${place + 1}. ${line}`]));
    super(`the product and the model disagree after\n${way.join('\n')}\n${found.join('\n')}`);
    this.name = 'Disagreement';
    this.steps = done.steps;
  }
}

function isIdle(step: Attempt | undefined): boolean {
  return step?.do === 'days' && step.count === 0;
}

type Done = { steps: Attempt[]; trace: string[] };

/** One step on both sides. @throws Disagreement */
async function both(play: Play, step: Attempt, done: Done): Promise<boolean> {
  const kept = structuredClone(step);
  const before = 'case' in step ? structuredClone(caseOf(play.model, step.case)?.paper) : undefined;
  const accepted = attempt(play.model, step);
  const product = await play.performer.perform(play, step, before).catch((error: unknown) => ({ ok: undefined, said: String(error) }));
  done.steps.push(kept);
  done.trace.push(`${lineOf(step)} → ${accepted ? 'accepted' : 'refused'}`);
  if (accepted !== product.ok)
    throw new Disagreement(done, [
      `model: ${accepted ? 'accepted' : 'refused'}, product: ${product.ok === true ? 'accepted' : product.said}`,
    ]);
  const found = [...(await disagreements(play)), ...(await play.performer.disagreements(play))];
  if (found.length > 0) throw new Disagreement(done, found);
  return accepted;
}

/** Steps are chosen as the run goes: each may look at the model. Returns how many were tried, and which were accepted. */
export async function playOn(
  play: Play,
  steps: readonly ((play: Play) => Attempt)[],
): Promise<{ tried: number; accepted: number; trace: string[]; done: string[] }> {
  const done: Done = { steps: [], trace: [] };
  const marks: Mark[] = [];
  const deeds: string[] = [];
  for (const next of steps) {
    const lines = play.model.ledger.length;
    const step = next(play);
    if (await both(play, step, done)) deeds.push(step.do);
    if (play.model.ledger.length !== lines) marks.push(await mark(play));
  }
  await compareEarlier(
    play,
    marks.filter((_, place) => place % Math.ceil(marks.length / 3) === 0),
    done,
  );
  return { tried: steps.length, accepted: deeds.length, trace: done.trace, done: deeds };
}

/** What was known at earlier instants is still the answer for them (`rules.md 2.1`). */
async function compareEarlier(play: Play, marks: readonly Mark[], done: Done): Promise<void> {
  for (const at of marks) {
    const found = [...differences(await memberships(play, at)), ...differences(await counts(play, at))];
    if (found.length > 0) throw new Disagreement(done, [`as known after step ${at.tick}`, ...found]);
  }
}
