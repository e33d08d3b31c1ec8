import { actingAccount, actorName } from '#kernel/actor.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import { officeOfSettings } from '../policy.ts';
import { askedSettings, settingsAround } from '../queries/settings-around.ts';
import { planInput } from '../settings-input-schema.ts';
import { settingChanges } from '../settings-fields.ts';
import { settingsTexts as texts } from '../settings-messages.ts';
import type { Plan } from '../settings-rules.ts';
import { laterPlanText, planSettings as planRule } from '../settings-rules.ts';
import { insertSettings } from '../settings.store.server.ts';
import { settingsGate, settingsLocks } from '../settings-gate.ts';

/** Labels of what a plan changes, for the record. */
function changedCodes(plan: Plan, layer: Parameters<typeof settingChanges>[2]): string[] {
  return plan.base === undefined
    ? []
    : settingChanges(plan.base.settings, plan.settings, layer)
        .filter((line) => line.changed)
        .map((line) => line.code);
}

/**
 * A further version of the own 環境設定, from tomorrow at the earliest. Running cases keep theirs (`rules.md 4.1`); what is
 * recorded is never changed.
 */
export const planSettings = command({
  name: 'association.planSettings',
  input: planInput,
  locks: async (_tx, _input, ctx) => settingsLocks(ctx),
  load: async (tx, input, ctx) => {
    const office = officeOfSettings(ctx.actor);
    return office === undefined ? undefined : await settingsAround(tx, office, input.requiredDocuments);
  },
  allow: (ctx, around, input) => settingsGate(ctx, around, input.version),
  decide: (ctx, around, input) => {
    const settings = askedSettings(input, around);
    if (!settings.ok) return settings;
    const plan = planRule({
      settings: settings.value,
      startsOn: input.startsOn,
      layer: around.office.layer,
      today: ctx.today,
      versions: around.versions,
    });
    if (!plan.ok) return plan;
    const later = laterPlanText(plan.value);
    if (later !== undefined && !input.confirmed) return refuseFields({ confirmed: [texts.confirmLater, later] });
    return accepted({ ...plan.value, version: (around.versions.at(-1)?.version ?? 0) + 1 });
  },
  save: async (tx, { ctx, target: { office }, decision, input }) => {
    const { version, startsOn, settings } = decision;
    await insertSettings(tx, {
      associationId: office.associationId,
      version,
      startsOn,
      settings,
      reason: input.reason,
      createdBy: actingAccount(ctx.actor) ?? null,
      createdByName: actorName(ctx.actor),
      at: ctx.now,
    });
    return {
      value: { version, startsOn },
      audit: {
        action: 'association.planSettings',
        target: String(version),
        detail: { startsOn, changed: changedCodes(decision, office.layer), reason: input.reason },
      },
      events: [{ kind: 'association.settingsPlanned', payload: { associationId: office.associationId, version, startsOn } }],
    };
  },
  constraints: { association_settings_pkey: () => refuse('conflict') },
});
