import type { OfficeActor } from '#kernel/actor.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { paperFormNames } from '../paper-form.store.server.ts';
import type { AssociationSettings } from '../schema.ts';
import { readSettings } from '../schema.ts';
import type { SettingsForm } from '../settings-input-schema.ts';
import { settingsTexts as texts } from '../settings-messages.ts';
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
  /** Names of the own blank forms that a form names, by number. */
  forms: ReadonlyMap<string, string>;
};

/** All versions of the office's own association, and those of its blank forms that `papers` name. */
export async function settingsAround(
  tx: ReadTransaction,
  office: OfficeActor,
  papers: SettingsForm['requiredDocuments'] = [],
): Promise<SettingsAround> {
  const rows = await listSettingsVersions(tx, office.associationId);
  const versions = rows.map(({ withdrawn, settings, ...row }) => ({
    ...row,
    settings: readSettings(settings),
    withdrawn: withdrawn !== undefined,
    withdrawal: withdrawn,
  }));
  const formIds = papers.map((paper) => paper.formId).filter((id) => id !== '');
  const forms = await paperFormNames(tx, office.associationId, formIds);
  return { office, versions, revision: versions.length + versions.filter((one) => one.withdrawn).length, forms };
}

/** The settings that a form asks for, every paper with its code and its blank form; refused where that form is not the office's own. */
export function askedSettings(form: SettingsForm, { office, versions, forms }: SettingsAround): Outcome<AssociationSettings> {
  const { startsOn: _startsOn, reason: _reason, confirmed: _confirmed, requiredDocuments, ...rest } = form;
  const known = versions.toReversed().flatMap((one) => one.settings.requiredDocuments);
  if (requiredDocuments.some(({ formId }) => formId !== '' && !forms.has(formId))) return refuse('invalid', { message: texts.formGone });
  const papers = requiredDocuments.map(({ formId, ...paper }) =>
    formId === '' ? paper : { ...paper, form: { id: formId, name: forms.get(formId) ?? '' } },
  );
  return accepted(readSettings({ ...rest, requiredDocuments: codedPapers(papers, { associationId: office.associationId, known }) }));
}
