import type { Layer } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import { addDays } from '#kernel/day.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import { z } from 'zod';
import { mayPlanSettings, officeOfSettings } from '../policy.ts';
import type { AssociationSettings } from '../schema.ts';
import { settingsGate } from '../settings-gate.ts';
import type { SettingsForm } from '../settings-input-schema.ts';
import { planInput } from '../settings-input-schema.ts';
import type { SettingChange } from '../settings-fields.ts';
import { settingChanges } from '../settings-fields.ts';
import { laterPlanText, newestPlan, planSettings } from '../settings-rules.ts';
import { countPinnedCases } from '../settings.store.server.ts';
import type { SettingsAround } from './settings-around.ts';
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

function reviewed(
  ctx: Context,
  around: SettingsAround,
  { form, openCases }: { form: SettingsForm; openCases: number },
): Outcome<SettingsReview> {
  const { layer } = around.office;
  const settings = askedSettings(form, around);
  if (!settings.ok) return settings;
  const plan = planSettings({ settings: settings.value, startsOn: form.startsOn, layer, today: ctx.today, versions: around.versions });
  if (!plan.ok) return plan;
  const { base } = plan.value;
  return accepted({
    startsOn: form.startsOn,
    reason: form.reason,
    base: base === undefined ? undefined : { version: base.version, startsOn: base.startsOn },
    changes: settingChanges(base?.settings ?? settings.value, settings.value, layer),
    openCases,
    later: laterPlanText(plan.value),
  });
}

/** 確認画面: what would change, in sentences; or why it cannot be, as the command would answer. */
export const settingsReview = query({
  name: 'association.settingsReview',
  input: planInput,
  allow: adminOnly,
  read: async (tx, form, ctx): Promise<Outcome<SettingsReview> | undefined> => {
    const office = officeOfSettings(ctx.actor);
    if (office === undefined) return undefined;
    const around = await settingsAround(tx, office, form.requiredDocuments);
    const gate = settingsGate(ctx, around, form.version);
    if (gate !== true) return gate;
    const openCases = (await countPinnedCases(tx, office.associationId)).reduce((sum, row) => sum + row.cases, 0);
    return reviewed(ctx, around, { form, openCases });
  },
  audit: 'nothing',
});
