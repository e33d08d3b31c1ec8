import type { OfficeActor } from '#kernel/actor.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { readSettings } from '../schema.ts';
import type { SettingsForm } from '../settings-input-schema.ts';
import type { StoredVersion } from '../settings-rules.ts';
import { codedPapers } from '../settings-rules.ts';
import type { SettingsVersionRow } from '../settings.store.server.ts';
import { listSettingsVersions } from '../settings.store.server.ts';

/** What every question and command about 環境設定 stands on: the office and all its versions. */

export type KnownVersion = StoredVersion &
  Pick<SettingsVersionRow, 'reason' | 'createdBy' | 'recordedAt'> & {
    withdrawal: SettingsVersionRow['withdrawn'];
  };

export type SettingsAround = {
  office: OfficeActor;
  /** Oldest first. */
  versions: KnownVersion[];
  /** Grows with every version and every plan taken back: what a form has seen. */
  revision: number;
};

/** All versions of the office's own association. */
export async function settingsAround(tx: ReadTransaction, office: OfficeActor): Promise<SettingsAround> {
  const rows = await listSettingsVersions(tx, office.associationId);
  const versions = rows.map(({ withdrawn, settings, ...row }) => ({
    ...row,
    settings: readSettings(settings),
    withdrawn: withdrawn !== undefined,
    withdrawal: withdrawn,
  }));
  return { office, versions, revision: versions.length + versions.filter((one) => one.withdrawn).length };
}

/** The settings that a form asks for, every paper with its code. */
export function askedSettings(form: SettingsForm, { office, versions }: SettingsAround) {
  const { startsOn: _startsOn, reason: _reason, confirmed: _confirmed, requiredDocuments, ...rest } = form;
  const known = versions.toReversed().flatMap((one) => one.settings.requiredDocuments);
  return readSettings({ ...rest, requiredDocuments: codedPapers(requiredDocuments, { associationId: office.associationId, known }) });
}
