import { query } from '#platform/command/query.ts';
import { z } from 'zod';
import { officeOfSettings } from '../policy.ts';
import type { AssociationSettings } from '../schema.ts';
import { versionNumberInput } from '../settings-input-schema.ts';
import type { SettingChange, SettingLine } from '../settings-fields.ts';
import { settingChanges, settingLines } from '../settings-fields.ts';
import { countPinnedCases } from '../settings.store.server.ts';
import { settingsAround } from './settings-around.ts';
import type { SettingsLine } from './settings-history.ts';
import { ownOfficeOnly, replacedBy, settingsLine } from './settings-history.ts';

export type SettingsDetail = SettingsLine & {
  revision: number;
  settings: AssociationSettings;
  lines: SettingLine[];
  /** The version beside it: the one asked for, else the one it replaced. */
  compared: { version: number; changes: SettingChange[] } | undefined;
  /** Versions that can stand beside it. */
  others: { version: number; startsOn: string }[];
};

/** 内容を見る · 2つの版を比べる: one version of the own association, side by side with another (`screens.md O-21`). */
export const settingsVersion = query({
  name: 'association.settingsVersion',
  input: z.object({ number: versionNumberInput, with: versionNumberInput.optional().catch(undefined) }),
  allow: ownOfficeOnly,
  read: async (tx, input, ctx): Promise<SettingsDetail | undefined> => {
    const office = officeOfSettings(ctx.actor);
    if (office === undefined) return undefined;
    const around = await settingsAround(tx, office);
    const one = around.versions.find((version) => version.version === input.number);
    if (one === undefined) return undefined;
    const pinned = (await countPinnedCases(tx, office.associationId)).find((row) => row.version === one.version);
    const asked = around.versions.find((version) => version.version === input.with && version !== one);
    const other = asked ?? replacedBy(one, around.versions);
    return {
      ...settingsLine(ctx, around, { one, openCases: pinned?.cases ?? 0 }),
      revision: around.revision,
      settings: one.settings,
      lines: settingLines(one.settings, office.layer),
      compared:
        other === undefined ? undefined : { version: other.version, changes: settingChanges(other.settings, one.settings, office.layer) },
      others: around.versions
        .filter((version) => version !== one)
        .map(({ version, startsOn }) => ({ version, startsOn }))
        .toReversed(),
    };
  },
  audit: 'nothing',
});
