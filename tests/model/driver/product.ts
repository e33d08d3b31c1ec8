import type { DoctorActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { acknowledge } from '#features/application/commands/acknowledge.ts';
import { approve } from '#features/application/commands/approve.ts';
import { cancel } from '#features/application/commands/cancel.ts';
import { deleteDraft } from '#features/application/commands/delete-draft.ts';
import { receive } from '#features/application/commands/receive.ts';
import { reject } from '#features/application/commands/reject.ts';
import { retract } from '#features/application/commands/retract.ts';
import { returnCase } from '#features/application/commands/return-case.ts';
import { revoke, revokeLeave } from '#features/application/commands/revoke.ts';
import { run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { firstReason } from '#support/case-mix.ts';
import type { Who } from '../reference/permission.ts';
import type { Attempt } from '../reference/reference.ts';
import type { Model } from '../reference/state.ts';
import type { Lane } from './lane.ts';
import { setSettings } from './lane.ts';
import { draftPaper, resubmitPaper, submitPaper } from './papers.ts';

/** The same steps with the real commands on PostgreSQL. */

export type Play = {
  lane: Lane;
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
  const office = play.lane.offices.get(who.office);
  if (office === undefined) throw new Error(`no office ${who.office}`);
  return office;
}

export function contextOf(play: Play, who: Who): Context {
  return play.lane.world.as(actorOf(play, who), nowOf(play.model));
}

type OnCase = Extract<Attempt, { case: number }>;

async function versionNow(play: Play, id: string): Promise<number> {
  const { rows } = await play.lane.owner.query<{ version: number }>('SELECT version FROM application WHERE id = $1', [id]);
  return rows[0]?.version ?? 0;
}

async function onCase(play: Play, step: OnCase): Promise<Outcome<unknown>> {
  const id = play.cases.get(step.case) ?? newId();
  const at = { id, version: (await versionNow(play, id)) - (step.stale === true ? 1 : 0) };
  const ctx = contextOf(play, step.by);
  const key = newId();
  switch (step.do) {
    case 'submit':
      return await submitPaper(play, { ctx, at, caseId: step.case });
    case 'deleteDraft':
      return await run(deleteDraft, ctx, at, key);
    case 'retract':
      return await run(retract, ctx, { ...at, reason: play.reasons.cancel }, key);
    case 'resubmit':
      return await resubmitPaper(play, { ctx, at, step });
    case 'acknowledge':
      return await run(acknowledge, ctx, at, key);
    case 'revoke':
      return await run(revoke, ctx, { ...at, reason: '誤って承認したため' }, key);
    case 'revokeLeave':
      return await run(revokeLeave, ctx, { ...at, reason: play.reasons.revokeLeave, note: '本人の申し出' }, key);
    case 'receive':
      return await run(receive, ctx, at, key);
    case 'return':
      return await run(returnCase, ctx, { ...at, reasons: ['R04'], fields: [], message: 'ご確認ください。' }, key);
    case 'reject':
      return await run(reject, ctx, { ...at, reason: play.reasons.reject, message: '見送りとします。' }, key);
    case 'cancel':
      return await run(cancel, ctx, { ...at, reason: play.reasons.cancel }, key);
    case 'approve': {
      const { on, category, confirmed, gapReason } = step.decision;
      const decision = {
        decidedOn: on,
        categoryId: category,
        gapReason: gapReason ? '転居のため' : '',
        ...(confirmed ? { confirmed: 'on' } : {}),
      };
      return await run(approve, ctx, { ...at, ...decision }, key);
    }
  }
}

/** Does the step with the product; true when it was accepted. */
export async function perform(play: Play, step: Attempt): Promise<{ ok: boolean; said: string }> {
  switch (step.do) {
    case 'days':
      return { ok: true, said: '' };
    case 'settings':
      await setSettings(play.lane, step.association, step.settings);
      return { ok: true, said: '' };
    case 'draft': {
      const outcome = await draftPaper(play, step);
      if (outcome.ok) play.cases.set(play.model.tick, outcome.value.id);
      return told(outcome);
    }
    default:
      return told(await onCase(play, step));
  }
}

function told(outcome: Outcome<unknown>): { ok: boolean; said: string } {
  return { ok: outcome.ok, said: outcome.ok ? '' : JSON.stringify(outcome.refusal) };
}
