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
import { acknowledgeOverdue } from '#features/application/daily.ts';
import type { Attempt } from '../reference/reference.ts';
import type { Paper } from '../reference/state.ts';
import { setSettings } from './lane.ts';
import type { Done, Performer, Play } from './stage.ts';
import { contextOf, nightOf } from './stage.ts';
import { draftPaper, resubmitPaper, submitPaper } from './papers.ts';

/** The same steps with the real commands on PostgreSQL, in this process. */

type OnCase = Extract<Attempt, { case: number }>;

async function versionNow(play: Play, id: string): Promise<number> {
  const { rows } = await play.lane.owner.query<{ version: number }>('SELECT version FROM application WHERE id = $1', [id]);
  return rows[0]?.version ?? 0;
}

async function onCase(play: Play, step: OnCase, before: Paper | undefined): Promise<Outcome<unknown>> {
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
      return await resubmitPaper(play, { ctx, at, step, before });
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

async function perform(play: Play, step: Attempt, before?: Paper): Promise<Done> {
  switch (step.do) {
    case 'days':
      if (step.count > 0) await acknowledgeOverdue(nightOf(play));
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
      return told(await onCase(play, step, before));
  }
}

function told(outcome: Outcome<unknown>): Done {
  return { ok: outcome.ok, said: outcome.ok ? '' : JSON.stringify(outcome.refusal) };
}

/** By the commands of the pages; there is no screen to look at. */
export const byCommand: Performer = { begin: async () => undefined, perform, disagreements: async () => [] };
