import { actingAccount, actorName } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { command, run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { inspectUpload, keepFile } from '#platform/files/keep-file.ts';
import { storedFileInput } from '#platform/files/stored-file.ts';
import { insertPaperForm } from '../paper-form.store.server.ts';
import { mayPlanSettings, officeOfSettings } from '../policy.ts';
import { settingsLocks } from '../settings-gate.ts';

/** The file has been inspected and stored by the caller; no setting names it yet. */
const keepPaperForm = command({
  name: 'association.keepPaperForm',
  input: storedFileInput,
  locks: async (_tx, _input, ctx) => settingsLocks(ctx),
  load: async (_tx, _input, ctx) => officeOfSettings(ctx.actor),
  allow: (ctx) => (mayPlanSettings(ctx.actor) ? true : refuse('forbidden')),
  decide: (ctx) => {
    const accountId = actingAccount(ctx.actor);
    return accountId === undefined ? refuse('forbidden') : accepted({ id: newId(), accountId });
  },
  save: async (tx, { ctx, target, decision, input }) => {
    const { associationId } = target;
    await insertPaperForm(tx, { ...input, ...decision, associationId, byName: actorName(ctx.actor), at: ctx.now });
    return {
      value: { id: decision.id, name: input.fileName },
      audit: { action: 'association.keepPaperForm', target: decision.id, detail: { file: input.fileId } },
      events: [],
    };
  },
});

/**
 * 様式: looks into an uploaded blank form and keeps it for the own association (`screens.md O-21`, `rules.md 3.16`). Refuses
 * what no attachment may be, at `field`.
 */
export async function takePaperForm(ctx: Context, file: File, field: string): Promise<Outcome<{ id: string; name: string }>> {
  if (!mayPlanSettings(ctx.actor)) return refuse('forbidden');
  const inspected = await inspectUpload(file);
  if (!inspected.ok) return refuseFields({ [field]: [inspected.message] });
  const stored = await keepFile(ctx, inspected);
  const kept = await run(keepPaperForm, ctx, stored);
  if (!kept.ok) await ctx.files.remove(stored.fileId);
  return kept.ok ? accepted(kept.value) : kept;
}
