import type { Day } from '#kernel/day.ts';
import { addDays, yearsBefore } from '#kernel/day.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { mayPlanSettings, officeOfSettings } from '#features/association/policy.ts';
import { draftedSettings } from '#features/association/queries/settings-plan.ts';
import { settingChanges, settingFields } from '#features/association/settings-fields.ts';
import { planInput } from '#features/association/settings-input-schema.ts';
import { query } from '#platform/command/query.ts';
import type { Trial } from '../settings-trial.ts';
import { tryOnPast } from '../settings-trial.ts';
import { listPastCases } from '../settings-trial.store.server.ts';

/** So many cases are replayed at most, the newest first. */
const mostCases = 5_000;

export type SettingsTrial = Omit<Trial, 'lines'> & {
  from: Day;
  to: Day;
  cases: number;
  /** There were more than can be replayed. */
  more: boolean;
  lines: (Trial['lines'][number] & { label: string })[];
};

/**
 * 過去1年の申請で試す (`screens.md O-21`): the cases of the last year that came to our own association, once as they were treated
 * under the version that each was sent under, once under the settings of the form. Shows numbers of cases, no persons.
 */
export const settingsTrial = query({
  name: 'application.settingsTrial',
  input: planInput,
  allow: (ctx) => (mayPlanSettings(ctx.actor) ? true : refuse('forbidden')),
  read: async (tx, form, ctx): Promise<Outcome<SettingsTrial> | undefined> => {
    const office = officeOfSettings(ctx.actor);
    const drafted = await draftedSettings(tx, ctx, form);
    if (office === undefined || drafted === undefined) return undefined;
    if (!drafted.ok) return drafted;
    const { settings, plan, layer, versions } = drafted.value;
    const from = addDays(yearsBefore(ctx.today, 1), 1);
    const found = await listPastCases(tx, { actor: ctx.actor, associationId: office.associationId, from, limit: mostCases + 1 });
    const cases = found.slice(0, mostCases);
    const changes = new Set(
      settingChanges(plan.base?.settings ?? settings, settings, layer).flatMap((one) => (one.changed ? [one.code] : [])),
    );
    const fields = settingFields(layer).filter(({ code }) => changes.has(code));
    const pins = new Map(versions.map((one) => [one.version, one.settings]));
    const { lines, differing } = tryOnPast({
      cases,
      draft: settings,
      pinned: (version) => pins.get(version),
      changed: fields.map((field) => field.code),
      today: ctx.today,
    });
    const label = (code: string) => fields.find((field) => field.code === code)?.label ?? '';
    return accepted({
      from,
      to: ctx.today,
      cases: cases.length,
      more: found.length > mostCases,
      differing,
      lines: lines.map((line) => ({ ...line, label: label(line.code) })),
    });
  },
  audit: (value) => ({
    action: 'application.settingsTried',
    personIds: [],
    target: '',
    detail: value.ok ? { cases: value.value.cases, differing: value.value.differing } : {},
  }),
});
