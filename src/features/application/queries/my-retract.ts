import { idInput } from '#kernel/input.ts';
import { chooserOf, reasonsFor } from '#features/association/queries/reasons.ts';
import { query } from '#platform/command/query.ts';
import { z } from 'zod';
import { kindLabel, paperName } from '../labels.ts';
import { actionsFor } from '../policy.ts';
import { continueTo } from './draft-facts.ts';
import { filersOnly, loadFiled } from './filing.ts';
import { stateText } from './my-progress.ts';

/** What the pages that ask once more need: 取下げ of a case, 削除 of a draft. */
export const myConfirmation = query({
  name: 'application.ownConfirmation',
  input: z.object({ id: idInput }),
  allow: filersOnly,
  read: async (tx, input, ctx) => {
    const target = await loadFiled(tx, ctx, input.id);
    if (target === undefined) return undefined;
    const reasons = await reasonsFor(tx, { use: 'cancel', on: ctx.today, by: chooserOf(ctx.actor) });
    return {
      id: target.id,
      version: target.version,
      number: target.number ?? '',
      formKind: target.kind,
      kind: kindLabel(target.kind, target.state),
      /** 状況 as the reader knows it. */
      stands: stateText(target, { reader: ctx.actor.kind === 'doctor' ? 'doctor' : 'office', today: ctx.today }),
      paper: paperName(target.kind),
      personId: target.personId,
      associations: target.steps.map((step) => step.associationName),
      continueTo: continueTo(ctx.actor, target),
      reasons: reasons.map((row) => ({ value: row.code, label: row.label })),
      may: actionsFor(ctx.actor, target),
    };
  },
  audit: (value) => ({ action: 'application.viewed', personIds: [value.personId], target: value.id }),
});
