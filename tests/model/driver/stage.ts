import type { DoctorActor } from '#kernel/actor.ts';
import type { Context } from '#platform/context.ts';
import { system } from '#main/demo/acting.ts';
import { firstReason } from '#support/case-mix.ts';
import type { Who } from '../reference/permission.ts';
import type { Attempt } from '../reference/reference.ts';
import type { Model, Paper } from '../reference/state.ts';
import type { Lane } from './lane.ts';

/** Where model and product play side by side. */

/** What became of a step; undefined where neither yes nor no was said. */
export type Done = { ok: boolean | undefined; said: string };

/** Does the model's steps on the product. */
export type Performer = {
  /** Before the first step of a run. */
  begin: (play: Play) => Promise<void>;
  /** `before` is how the paper stands on the product's screen, where the step is about one. */
  perform: (play: Play, step: Attempt, before?: Paper) => Promise<Done>;
  /** What its screens say otherwise than the model, beside what can be asked by SQL; after a step. */
  disagreements: (play: Play) => Promise<string[]>;
};

export type Play = {
  lane: Lane;
  performer: Performer;
  model: Model;
  doctors: DoctorActor[];
  /** Ids in the product, by the model's number of the case. */
  cases: Map<number, string>;
  /** Ids of affiliations in the product, by the model's. */
  affiliations: Map<string, string>;
  reasons: { reject: string; cancel: string; revokeLeave: string };
  /** Members that earlier runs have left in the database, by association and day. */
  before: (association: number, day: string) => number;
};

const noon = Date.parse('2026-01-15T03:00:00Z');

/** Noon in Japan of the model's day. */
export function nowOf(model: Model): Date {
  return new Date(noon + Date.parse(`${model.today}T00:00:00Z`) - Date.parse('2026-01-15T00:00:00Z'));
}

export async function reasonsOf(lane: Lane): Promise<Play['reasons']> {
  return {
    reject: await firstReason(lane.world, 'reject'),
    cancel: await firstReason(lane.world, 'cancel'),
    revokeLeave: await firstReason(lane.world, 'withdrawal_cancel'),
  };
}

export function actorOf(play: Pick<Play, 'lane' | 'doctors'>, who: Who) {
  if ('doctor' in who) return play.doctors[who.doctor] ?? play.lane.stranger;
  if (who.role === 'trainingContractor') return play.lane.contractor;
  const office = (who.person === 1 ? play.lane.colleagues : play.lane.offices).get(who.office);
  if (office === undefined) throw new Error(`no office ${who.office}`);
  return office;
}

export function contextOf(play: Play, who: Who): Context {
  return play.lane.world.as(actorOf(play, who), nowOf(play.model));
}

/** Our own jobs in the night of the model's day. */
export function nightOf(play: Play): Context {
  return play.lane.world.as(system, nowOf(play.model));
}
