import { actingAccount, actorName } from '#kernel/actor.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import { officeOfSettings } from '../policy.ts';
import { settingsAround } from '../queries/settings-around.ts';
import { withdrawInput } from '../settings-input-schema.ts';
import { settingsTexts as texts } from '../settings-messages.ts';
import { isWithdrawable } from '../settings-rules.ts';
import { insertSettingsWithdrawal } from '../settings.store.server.ts';
import { settingsGate, settingsLocks } from '../settings-gate.ts';

/** 予定を取り消す: a planned version is taken back before its day, with a reason; it stays in the history. */
export const withdrawSettings = command({
  name: 'association.withdrawSettings',
  input: withdrawInput,
  locks: async (_tx, _input, ctx) => settingsLocks(ctx),
  load: async (tx, input, ctx) => {
    const office = officeOfSettings(ctx.actor);
    if (office === undefined) return undefined;
    const around = await settingsAround(tx, office);
    const found = around.versions.find((one) => one.version === input.number);
    return found === undefined ? undefined : { around, found };
  },
  allow: (ctx, { around }, input) => settingsGate(ctx, around, input.version),
  decide: (ctx, { found }) =>
    isWithdrawable(found, ctx.today)
      ? accepted(found)
      : refuse('conflict', { message: texts.notPlanned, current: { version: found.version } }),
  save: async (tx, { ctx, target: { around }, decision, input }) => {
    const { associationId } = around.office;
    await insertSettingsWithdrawal(tx, {
      associationId,
      version: decision.version,
      reason: input.reason,
      by: actingAccount(ctx.actor) ?? null,
      byName: actorName(ctx.actor),
      at: ctx.now,
    });
    return {
      value: { version: decision.version, startsOn: decision.startsOn },
      audit: {
        action: 'association.withdrawSettings',
        target: String(decision.version),
        detail: { startsOn: decision.startsOn, reason: input.reason },
      },
      events: [
        {
          kind: 'association.settingsWithdrawn',
          payload: { associationId, version: decision.version, startsOn: decision.startsOn },
        },
      ],
    };
  },
});
