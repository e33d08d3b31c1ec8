import type { Day } from '#kernel/day.ts';
import { formatInstant } from '#kernel/wareki.ts';
import { codeList } from '#features/association/queries/directory.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import type { FormPage, JoinShown } from '../fields.ts';
import { fieldOf, joinFields } from '../fields.ts';
import { applicationFlow } from '../flow.ts';
import { findReturn } from '../my.store.server.ts';
import type { Case } from '../store.server.ts';

/** What an office asked to be corrected (`rules.md 3.8`), for the progress page and for the marks in the form. */

export type FieldRequest = { code: string; label: string; page: FormPage; comment: string };

export type Requests = { officeName: string; at: string; reasons: readonly string[]; message: string; fields: readonly FieldRequest[] };

const storedFields = z.array(z.object({ field: z.string(), comment: z.string() })).catch([]);

/** The newest 差戻し of a case that waits for the applicant; undefined for any other case. */
export async function requestsOf(tx: ReadTransaction, target: Case, around: { shown: JoinShown; on: Day }): Promise<Requests | undefined> {
  if (applicationFlow.next(target.state, 'resubmit') === undefined) return undefined;
  const row = await findReturn(tx, target.id);
  if (row === undefined) return undefined;
  const fields = joinFields(around.shown);
  const reasons = new Map((await codeList(tx, 'reason.return', around.on)).map((one) => [one.code, one.label]));
  return {
    officeName: row.officeName,
    at: formatInstant(row.at),
    message: row.message,
    reasons: row.reasons.map((code) => reasons.get(code) ?? code),
    fields: storedFields.parse(row.fields).map(({ field, comment }) => {
      const known = fieldOf(fields, field);
      return { code: known?.code ?? field, label: known?.label ?? field, page: known?.page ?? 'details', comment };
    }),
  };
}
