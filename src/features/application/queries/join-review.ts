import { idInput } from '#kernel/input.ts';
import { postalGoalOf } from '#features/profile/queries/mailing.ts';
import { query } from '#platform/command/query.ts';
import { z } from 'zod';
import type { JoinField } from '../fields.ts';
import { joinFields } from '../fields.ts';
import { layerLabel } from '../labels.ts';
import { may } from '../policy.ts';
import { followOffers } from './linked-cases.ts';
import { filersOnly } from './filing.ts';
import { feeFactsOf, loadDraft, unfinishedPage } from './join-draft.ts';
import { reviewWay } from './review-way.ts';

/** Step 3 of 入会届 (and the last look before 再申請): everything as the offices will read it. */

export type ReviewLine = { code: string; label: string; page: JoinField['page']; group: string | undefined; lines: readonly string[] };

/** Rows that are shown by their own tables: 入会申請先 and 提出書類. */
function isOwnTable(code: string): boolean {
  return code.startsWith('categories.') || code.startsWith('document.');
}

export const joinReview = query({
  name: 'application.joinReview',
  input: z.object({ id: idInput }),
  allow: filersOnly,
  read: async (tx, input, ctx) => {
    const draft = await loadDraft(tx, ctx, input.id);
    if (draft === undefined) return undefined;
    const { target, shown } = draft;
    const { details } = draft.asked.form;
    return {
      id: target.id,
      version: target.version,
      number: target.number ?? '',
      personId: target.personId,
      editable: may(ctx.actor, 'edit', target),
      returned: may(ctx.actor, 'resubmit', target),
      kind: draft.asked.kind,
      unfinished: unfinishedPage(draft),
      comparison: shown.comparison ?? [],
      /** The category at the JMA is to change. */
      jmaChanges: shown.choices.some(({ layer, before, categoryName }) => layer === 1 && before !== undefined && before !== categoryName),
      choices: shown.choices.map((choice) => ({ ...choice, layerName: layerLabel(choice.layer) })),
      lines: joinFields(shown)
        .filter((field) => !isOwnTable(field.code))
        .map(
          (field): ReviewLine => ({
            code: field.code,
            label: field.label,
            page: field.page,
            group: field.group,
            lines: field.lines(shown),
          }),
        ),
      papers: shown.papers,
      /** Where his post goes; an office need not know what he has chosen. */
      sendTo: ctx.actor.kind === 'doctor' ? await postalGoalOf(tx, target.personId) : undefined,
      wishedOn: typeof details['wishedOn'] === 'string' ? details['wishedOn'] : '',
      way: await reviewWay(tx, ctx, { target, choices: shown.choices }),
      /** 異動届 without destination that this 入会届 may follow; asked once, when it is first sent. */
      offers: draft.asked.kind === 'join' && may(ctx.actor, 'submit', target) ? await followOffers(tx, ctx, target.personId) : [],
      fee: await feeFactsOf(tx, ctx, target.personId),
    };
  },
  audit: (value) => ({ action: 'application.viewed', personIds: [value.personId], target: value.id }),
});

export type JoinReview = NonNullable<Awaited<ReturnType<typeof joinReview.read>>>;
