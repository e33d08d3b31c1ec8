import { actingAccount, actingAssociation, actorName } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import { listOriginals, insertOriginal, removeOriginals } from '../papers.store.server.ts';
import { papersOfCase } from '../queries/case-papers.ts';
import { originalsInput } from '../schema.ts';
import { loadCase } from '../store.server.ts';
import { caseLocks, gate } from './gate.ts';

/**
 * 「原本を事務局で確認済み」 for exactly the given rows of 提出書類: a paper seen at the office counts as handed in
 * (`screens.md O-10`). Marks of other offices stand.
 */
export const markOriginals = command({
  name: 'application.markOriginals',
  input: originalsInput,
  locks: caseLocks,
  load: async (tx, input, ctx) => {
    const target = await loadCase(tx, ctx.actor, input.id);
    if (target === undefined) return undefined;
    return { target, papers: await papersOfCase(tx, ctx, target), marked: await listOriginals(tx, input.id) };
  },
  allow: (ctx, { target }, input) => gate(ctx, 'markOriginals', { target, seen: input.version }),
  decide: (ctx, { papers, marked }, input) => {
    const associationId = actingAssociation(ctx.actor);
    const accountId = actingAccount(ctx.actor);
    if (associationId === undefined || accountId === undefined) return refuse('forbidden');
    const known = new Set(marked.map((one) => one.kind));
    return accepted({
      associationId,
      accountId,
      added: papers.filter((paper) => input.kinds.includes(paper.code) && !known.has(paper.code)),
      removed: [...known].filter((kind) => !input.kinds.includes(kind)),
    });
  },
  save: async (tx, { ctx, target: { target }, decision }) => {
    const { associationId, accountId, added, removed } = decision;
    await removeOriginals(tx, { applicationId: target.id, associationId, kinds: removed }, ctx.now);
    for (const paper of added) {
      await insertOriginal(tx, {
        id: newId(),
        applicationId: target.id,
        kind: paper.code,
        title: paper.title,
        associationId,
        accountId,
        officerName: actorName(ctx.actor),
        at: ctx.now,
      });
    }
    return {
      value: { id: target.id },
      audit: {
        action: 'application.markOriginals',
        personIds: [target.personId],
        target: target.id,
        detail: { added: added.map((paper) => paper.code), removed },
      },
      events: [],
    };
  },
});
