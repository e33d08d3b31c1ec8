import { isId } from '#kernel/id.ts';
import { idInput } from '#kernel/input.ts';
import { refuse } from '#kernel/refusal.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { codeList } from '#features/association/queries/directory.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import { findEarlierForm } from '../my.store.server.ts';
import { may } from '../policy.ts';
import { windowDays } from '../rules.ts';
import type { JoinDraft } from './join-draft.ts';
import { feeFactsOf, lacksCategory, loadDraft } from './join-draft.ts';
import { requestsOf } from './join-requests.ts';

/** Step 2 of 入会届: what was typed so far, and everything that can be chosen. */

async function optionsOf(tx: ReadTransaction, ctx: Context, list: string) {
  return (await codeList(tx, list, ctx.today)).map((row) => ({ value: row.code, label: row.label }));
}

/** The wish window of the lowest association, as shown: yyyy/mm/dd. */
function windowOf(draft: JoinDraft, ctx: Context): { from: string; to: string } | undefined {
  const lowest = draft.settings.find((row) => row.associationId === draft.form.choices[0]?.associationId);
  if (lowest === undefined) return undefined;
  const { from, to } = windowDays(lowest.settings.wishWindow, ctx.today);
  return { from: formatDayPlain(from), to: formatDayPlain(to) };
}

function chosenFacility({ form, shown }: JoinDraft) {
  const id = form.details['facilityId'];
  const { facility } = shown;
  return isId(id) && facility !== undefined ? { value: id, label: facility.name, address: facility.address } : undefined;
}

export const joinDetails = query({
  name: 'application.joinDetails',
  input: z.object({ id: idInput }),
  allow: (ctx) => (ctx.actor.kind === 'doctor' ? true : refuse('forbidden')),
  read: async (tx, input, ctx) => {
    const draft = await loadDraft(tx, ctx, input.id);
    if (draft === undefined) return undefined;
    const { target, form, shown } = draft;
    return {
      id: target.id,
      version: target.version,
      personId: target.personId,
      editable: may(ctx.actor, 'edit', target),
      lacksCategory: lacksCategory(form),
      returned: may(ctx.actor, 'resubmit', target),
      details: form.details,
      choices: shown.choices,
      papers: shown.papers,
      facility: chosenFacility(draft),
      window: windowOf(draft, ctx),
      fee: await feeFactsOf(tx, ctx, target.personId),
      today: ctx.today,
      prefecture: form.prefecture,
      options: {
        work: await optionsOf(tx, ctx, 'work'),
        position: await optionsOf(tx, ctx, 'position'),
        designation: await optionsOf(tx, ctx, 'designation'),
        ownerType: await optionsOf(tx, ctx, 'ownerType'),
        prefecture: await optionsOf(tx, ctx, 'prefecture'),
      },
      hasEarlier: (await findEarlierForm(tx, target.personId, target.id)) !== undefined,
      requests: await requestsOf(tx, target, { shown, on: ctx.today }),
    };
  },
  audit: (value) => ({ action: 'application.viewed', personIds: [value.personId], target: value.id }),
});

export type JoinDetails = NonNullable<Awaited<ReturnType<typeof joinDetails.read>>>;
