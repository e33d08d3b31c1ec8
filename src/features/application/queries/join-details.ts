import { isId } from '#kernel/id.ts';
import { idInput } from '#kernel/input.ts';
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
import { filersOnly } from './filing.ts';
import { feeFactsOf, loadDraft, prefectureOf, unfinishedPage } from './join-draft.ts';
import { requestsOf } from './join-requests.ts';

/** Step 2 of 入会届: what was typed so far, and everything that can be chosen. */

async function optionsOf(tx: ReadTransaction, ctx: Context, list: string) {
  return (await codeList(tx, list, ctx.today)).map((row) => ({ value: row.code, label: row.label }));
}

/** The window of a wish, as shown: yyyy/mm/dd. */
function windowOf(draft: JoinDraft, ctx: Context, field: 'wishedOn' | 'leaveOn'): { from: string; to: string } | undefined {
  const asked = draft.asked.windows.find((one) => one.field === field);
  const owner = draft.settings.find((row) => row.associationId === asked?.associationId);
  if (owner === undefined) return undefined;
  const { from, to } = windowDays(owner.settings.wishWindow, ctx.today);
  return { from: formatDayPlain(from), to: formatDayPlain(to) };
}

function chosenFacility({ asked, shown }: JoinDraft) {
  const id = asked.form.details['facilityId'];
  const { facility } = shown;
  return isId(id) && facility !== undefined ? { value: id, label: facility.name, address: facility.address } : undefined;
}

/** 「前の届から写す」 on the papers that ask for a new workplace (`screens.md D-08, D-09`): the doctor's own, so he alone copies. */
async function mayCopy(tx: ReadTransaction, ctx: Context, { target, asked }: JoinDraft): Promise<boolean> {
  if (ctx.actor.kind !== 'doctor' || asked.kind === 'change' || !asked.workplace) return false;
  return (await findEarlierForm(tx, target.personId, target.id)) !== undefined;
}

export const joinDetails = query({
  name: 'application.joinDetails',
  input: z.object({ id: idInput }),
  allow: filersOnly,
  read: async (tx, input, ctx) => {
    const draft = await loadDraft(tx, ctx, input.id);
    if (draft === undefined) return undefined;
    const { target, shown, asked } = draft;
    const { form } = asked;
    return {
      id: target.id,
      version: target.version,
      personId: target.personId,
      editable: may(ctx.actor, 'edit', target),
      kind: asked.kind,
      workplace: asked.workplace,
      unfinished: unfinishedPage(draft),
      workplaceBefore: 'workplaceBefore' in form ? form.workplaceBefore : '',
      leaveApart: 'leaveApart' in form && form.leaveApart,
      acrossPrefectures: acrossPrefectures(form),
      returned: may(ctx.actor, 'resubmit', target),
      details: form.details,
      choices: shown.choices,
      papers: shown.papers,
      facility: chosenFacility(draft),
      window: windowOf(draft, ctx, 'wishedOn'),
      leaveWindow: windowOf(draft, ctx, 'leaveOn'),
      fee: await feeFactsOf(tx, ctx, target.personId),
      today: ctx.today,
      prefecture: prefectureOf(asked),
      options: {
        work: await optionsOf(tx, ctx, 'work'),
        position: await optionsOf(tx, ctx, 'position'),
        designation: await optionsOf(tx, ctx, 'designation'),
        ownerType: await optionsOf(tx, ctx, 'ownerType'),
        prefecture: await optionsOf(tx, ctx, 'prefecture'),
      },
      mayCopy: await mayCopy(tx, ctx, draft),
      requests: await requestsOf(tx, target, { shown, on: ctx.today }),
    };
  },
  audit: (value) => ({ action: 'application.viewed', personIds: [value.personId], target: value.id }),
});

export type JoinDetails = NonNullable<Awaited<ReturnType<typeof joinDetails.read>>>;

/** The new chain lies in another prefecture: codes of associations begin with its number. */
function acrossPrefectures(form: JoinDraft['asked']['form']): boolean {
  if (!('destination' in form) || form.destination === null) return false;
  const prefectures = (ids: readonly number[]) => new Set(ids.filter((id) => id >= 1000).map((id) => Math.floor(id / 1000)));
  const from = prefectures(form.before.map((one) => one.associationId));
  return [...prefectures(form.destination.choices.map((one) => one.associationId))].some((code) => !from.has(code));
}
