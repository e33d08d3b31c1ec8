import { dayOfInstant } from '#kernel/day.ts';
import { codeList, pinnedSettings } from '#features/association/queries/directory.ts';
import type { ReasonUse } from '#features/association/queries/reasons.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import { listActs } from '../detail.store.server.ts';
import { returnableFields } from '../fields.ts';
import type { EndingAct } from '../ending-rules.ts';
import type { Leg } from '../flow.ts';
import { applicationIdInput } from '../schema.ts';
import type { Case } from '../store.server.ts';
import { loadCase } from '../store.server.ts';
import { officeOnly } from './inbox.ts';
import type { CaseSummary } from './office-summary.ts';
import { readSummary } from './office-summary.ts';
import { readContent } from './office-content.ts';
import type { WhatIfEnding } from './what-if-ending.ts';
import { readWhatIfEnding } from './what-if-ending.ts';

/** What the pages of 差戻し, 非承認, 取消 and 退会取消 need: the case, the reasons to choose from, the fields that may be sent back. */

export type Ending = {
  summary: CaseSummary;
  reasons: { value: string; label: string }[];
  /** Only for 差戻し: what may be asked to be corrected, with what it says now. */
  fields: { code: string; label: string; lines: readonly string[] }[];
  whatIf: WhatIfEnding;
};

async function fieldsOf(tx: ReadTransaction, ctx: Context, { target, side }: { target: Case; side: Leg }): Promise<Ending['fields']> {
  const settings = await pinnedSettings(
    tx,
    target.steps.map((step) => ({ associationId: step.associationId, version: step.settingsVersion })),
  );
  const acts = await listActs(tx, target.id);
  const sent = acts.find((act) => act.action === 'submit')?.at ?? ctx.now;
  const { shown } = await readContent(tx, { actor: ctx.actor, target, side, acts, settings, on: dayOfInstant(sent) });
  return shown === undefined
    ? []
    : returnableFields(shown).map((field) => ({ code: field.code, label: field.label, lines: field.lines(shown) }));
}

/** One page takes back an approval or a withdrawal: the kind of the case decides which. */
function actOf(use: z.infer<typeof endingInput>['use'], { kind }: CaseSummary): EndingAct {
  if (use !== 'withdrawal_cancel') return use;
  return kind === 'withdrawal' ? 'revokeLeave' : 'revoke';
}

export const endingInput = applicationIdInput.extend({ use: z.enum(['return', 'reject', 'cancel', 'withdrawal_cancel']) });

export const ending = query({
  name: 'application.ending',
  input: endingInput,
  allow: officeOnly,
  read: async (tx, { id, use }, ctx): Promise<Ending | undefined> => {
    const target = await loadCase(tx, ctx.actor, id);
    const summary = target === undefined ? undefined : await readSummary(tx, ctx, target);
    if (target === undefined || summary === undefined) return undefined;
    const list: ReasonUse = use;
    return {
      summary,
      reasons: (await codeList(tx, `reason.${list}`, ctx.today)).map((row) => ({ value: row.code, label: row.label })),
      whatIf: await readWhatIfEnding(tx, ctx, { summary, act: actOf(use, summary) }),
      fields: use === 'return' ? await fieldsOf(tx, ctx, { target, side: summary.own.leg }) : [],
    };
  },
  audit: (value, { id }) => ({ action: 'application.viewed', target: id, personIds: [value.summary.personId] }),
});
