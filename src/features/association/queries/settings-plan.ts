import type { Layer } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import { addDays } from '#kernel/day.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import { mayPlanSettings, officeOfSettings } from '../policy.ts';
import type { AssociationSettings } from '../schema.ts';
import { settingsGate } from '../settings-gate.ts';
import { planInput } from '../settings-input-schema.ts';
import type { SettingChange } from '../settings-fields.ts';
import { settingChanges } from '../settings-fields.ts';
import type { Plan, StoredVersion } from '../settings-rules.ts';
import { laterPlanText, newestPlan, planSettings } from '../settings-rules.ts';
import { countPinnedCases } from '../settings.store.server.ts';
import { askedSettings, settingsAround } from './settings-around.ts';

/** What the form of a new version begins with and what its confirm page says (`screens.md O-21`). */

const adminOnly = (ctx: Context) => (mayPlanSettings(ctx.actor) ? true : refuse('forbidden'));

export type SettingsStart = {
  revision: number;
  layer: Layer;
  /** The version that the form is filled from. */
  from: { version: number; startsOn: Day; settings: AssociationSettings } | undefined;
  planned: { version: number; startsOn: Day }[];
  today: Day;
  earliest: Day;
};

/** 新しい版を作成する: filled from the version that applies last as things are planned. */
export const settingsStart = query({
  name: 'association.settingsStart',
  input: z.object({}),
  allow: adminOnly,
  read: async (tx, _input, ctx): Promise<SettingsStart | undefined> => {
    const office = officeOfSettings(ctx.actor);
    if (office === undefined) return undefined;
    const { versions, revision } = await settingsAround(tx, office);
    const from = newestPlan(versions);
    return {
      revision,
      layer: office.layer,
      from: from === undefined ? undefined : { version: from.version, startsOn: from.startsOn, settings: from.settings },
      planned: versions.filter((one) => !one.withdrawn && one.startsOn > ctx.today).map(({ version, startsOn }) => ({ version, startsOn })),
      today: ctx.today,
      earliest: addDays(ctx.today, 1),
    };
  },
  audit: 'nothing',
});

export type SettingsReview = {
  startsOn: Day;
  reason: string;
  base: { version: number; startsOn: Day } | undefined;
  changes: SettingChange[];
  /** Running cases, all of which stay as they are. */
  openCases: number;
  later: string | undefined;
};

/** A version that could be planned: what it asks for, what it replaces, and every version that running and ended cases were sent under. */
export type DraftedSettings = { settings: AssociationSettings; plan: Plan; layer: Layer; versions: readonly StoredVersion[] };

/** The settings that a form asks for, judged by the rules of the command; undefined for who has no office. */
export async function draftedSettings(
  tx: ReadTransaction,
  ctx: Context,
  form: z.infer<typeof planInput>,
): Promise<Outcome<DraftedSettings> | undefined> {
  const office = officeOfSettings(ctx.actor);
  if (office === undefined) return undefined;
  const around = await settingsAround(tx, office, form.requiredDocuments);
  const gate = settingsGate(ctx, around, form.version);
  if (gate !== true) return gate;
  const { layer } = office;
  const settings = askedSettings(form, around);
  if (!settings.ok) return settings;
  const { versions } = around;
  const plan = planSettings({ settings: settings.value, startsOn: form.startsOn, layer, today: ctx.today, versions });
  return plan.ok ? accepted({ settings: settings.value, plan: plan.value, layer, versions }) : plan;
}

/** 確認画面: what would change, in sentences; or why it cannot be, as the command would answer. */
export const settingsReview = query({
  name: 'association.settingsReview',
  input: planInput,
  allow: adminOnly,
  read: async (tx, form, ctx): Promise<Outcome<SettingsReview> | undefined> => {
    const drafted = await draftedSettings(tx, ctx, form);
    const office = officeOfSettings(ctx.actor);
    if (drafted === undefined || office === undefined || !drafted.ok) return drafted?.ok === false ? drafted : undefined;
    const { settings, plan, layer } = drafted.value;
    const { base } = plan;
    return accepted({
      startsOn: form.startsOn,
      reason: form.reason,
      base: base === undefined ? undefined : { version: base.version, startsOn: base.startsOn },
      changes: settingChanges(base?.settings ?? settings, settings, layer),
      openCases: (await countPinnedCases(tx, office.associationId)).reduce((sum, row) => sum + row.cases, 0),
      later: laterPlanText(plan),
    });
  },
  audit: 'nothing',
});
