import type { Day } from '#kernel/day.ts';
import { codeList, pinnedSettings } from '#features/association/queries/directory.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import { fieldOf, joinFields } from '../fields.ts';
import { findEnding, findReturn } from '../my.store.server.ts';
import { loadCaseShown } from '../queries/case-shown.ts';
import type { Case } from '../store.server.ts';

/** Why a case came back or ended, in words, for the mails whose content names it (`screens.md 8`: M-14, M-15, M-16). */

/** What 差戻し asks for: the message and the names of the fields. */
type Correcting = { message: string; fields: readonly string[] };

const storedFields = z.array(z.object({ field: z.string() })).catch([]);

/** The newest 差戻し of a case. */
export async function correctingOf(tx: ReadTransaction, target: Case, on: Day): Promise<Correcting> {
  const row = await findReturn(tx, target.id);
  if (row === undefined) return { message: '', fields: [] };
  const pins = target.steps.map((step) => ({ associationId: step.associationId, version: step.settingsVersion }));
  const settings = (await pinnedSettings(tx, pins)).map((pin) => pin.settings);
  const shown = await loadCaseShown(tx, { kind: target.kind, form: target.form, applicationId: target.id, settings, on });
  const fields = shown === undefined ? [] : joinFields(shown);
  const labels = storedFields.parse(row.fields).flatMap(({ field }) => fieldOf(fields, field)?.label ?? []);
  return { message: row.message, fields: [...new Set(labels)] };
}

/** A case of somebody who was wrongly registered as dead ends with a reason of 退会取消. */
const lists: Readonly<Record<string, readonly string[]>> = {
  reject: ['reject'],
  cancel: ['cancel', 'withdrawal_cancel'],
  retract: ['cancel'],
};

/** The reasons of the newest 非承認, 取消 or 取下げ: labels of the lists only, never what somebody typed. */
export async function endingReasonsOf(tx: ReadTransaction, applicationId: string, on: Day): Promise<string[]> {
  const ending = await findEnding(tx, applicationId);
  if (ending === undefined) return [];
  const rows: { code: string; label: string }[] = [];
  for (const use of lists[ending.action] ?? []) rows.push(...(await codeList(tx, `reason.${use}`, on)));
  return ending.reasons.flatMap((code) => rows.find((row) => row.code === code)?.label ?? []);
}
