import type { Day } from '#kernel/day.ts';
import { refuse } from '#kernel/refusal.ts';
import type { Context } from '#platform/context.ts';
import { query } from '#platform/command/query.ts';
import { z } from 'zod';
import { mayPlanSettings, officeOfSettings } from '../policy.ts';
import { settingChanges } from '../settings-fields.ts';
import type { VersionState } from '../settings-rules.ts';
import { isWithdrawable, versionOn, versionState } from '../settings-rules.ts';
import { countPinnedCases } from '../settings.store.server.ts';
import type { KnownVersion, SettingsAround } from './settings-around.ts';
import { settingsAround } from './settings-around.ts';

export type SettingsLine = {
  version: number;
  startsOn: Day;
  state: VersionState;
  createdBy: string;
  recordedAt: Date;
  reason: string;
  /** Labels of what differs from the version that applied until then. */
  changes: string[];
  /** Running cases that keep this version. */
  openCases: number;
  withdrawal: KnownVersion['withdrawal'];
  mayWithdraw: boolean;
};

export type SettingsHistory = { revision: number; mayPlan: boolean; lines: SettingsLine[]; openCases: number };

/** What a version replaced: the one that applied on the day before it began. */
export function replacedBy(one: KnownVersion, versions: readonly KnownVersion[]): KnownVersion | undefined {
  return versionOn(
    versions.filter((other) => other.version < one.version && !other.withdrawn),
    one.startsOn,
  );
}

/** One version as a line of the list. */
export function settingsLine(
  ctx: Context,
  { office, versions }: SettingsAround,
  { one, openCases }: { one: KnownVersion; openCases: number },
) {
  const base = replacedBy(one, versions);
  const changes = base === undefined ? [] : settingChanges(base.settings, one.settings, office.layer).filter((line) => line.changed);
  return {
    version: one.version,
    startsOn: one.startsOn,
    state: versionState(one, versions, ctx.today),
    createdBy: one.createdBy,
    recordedAt: one.recordedAt,
    reason: one.reason,
    changes: changes.map((line) => line.label),
    openCases,
    withdrawal: one.withdrawal,
    mayWithdraw: mayPlanSettings(ctx.actor) && isWithdrawable(one, ctx.today),
  } satisfies SettingsLine;
}

/** Own office only: 管理者 and スタッフ. */
export function ownOfficeOnly(ctx: Context) {
  return officeOfSettings(ctx.actor) === undefined ? refuse('forbidden') : true;
}

/** 環境設定の版: all versions of the own association, newest first, with who, when and what changed (`screens.md O-21`). */
export const settingsHistory = query({
  name: 'association.settingsHistory',
  input: z.object({}),
  allow: ownOfficeOnly,
  read: async (tx, _input, ctx): Promise<SettingsHistory | undefined> => {
    const office = officeOfSettings(ctx.actor);
    if (office === undefined) return undefined;
    const around = await settingsAround(tx, office);
    const pinned = new Map((await countPinnedCases(tx, office.associationId)).map((row) => [row.version, row.cases]));
    return {
      revision: around.revision,
      mayPlan: mayPlanSettings(ctx.actor),
      openCases: [...pinned.values()].reduce((sum, cases) => sum + cases, 0),
      lines: around.versions.toReversed().map((one) => settingsLine(ctx, around, { one, openCases: pinned.get(one.version) ?? 0 })),
    };
  },
  audit: 'nothing',
});
