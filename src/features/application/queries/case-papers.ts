import { idInput } from '#kernel/input.ts';
import { refuse } from '#kernel/refusal.ts';
import { pinnedSettings, settingsOn } from '#features/association/queries/directory.ts';
import type { AssociationSettings } from '#features/association/schema.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import { askedOf } from '../commands/details-asked.ts';
import type { PaperUse } from '../documents.ts';
import { papersOf, paperUsesOf } from '../documents.ts';
import type { ShownPaper } from '../shown-papers.ts';
import { listDocuments, listOriginals } from '../papers.store.server.ts';
import { may } from '../policy.ts';
import { readsPaper, stepsRead } from '../sides.ts';
import type { Case } from '../store.server.ts';
import { loadCase } from '../store.server.ts';

/** 提出書類 of a case of any kind: what is wanted and what is there. */

type Question = { applicationId: string; settings: readonly AssociationSettings[]; use: PaperUse | readonly PaperUse[] };

/** The rows of 提出書類 under these settings, with the files in force. */
export async function readPapers(tx: ReadTransaction, question: Question): Promise<ShownPaper[]> {
  return papersOf(question.settings, question.use, {
    files: await listDocuments(tx, question.applicationId),
    originals: await listOriginals(tx, question.applicationId),
  });
}

/** The ground is that of a withdrawal entered by an office. */
const anyForm = z.object({
  /** Of a withdrawal: every association of the affiliation, lowest first. */
  before: z.array(z.object({ associationId: z.int() })).catch([]),
  ground: z.enum(['death', 'missing']).optional().catch(undefined),
});

/** The rows of 提出書類 of a case: under the settings of its steps once it was sent, of its form before (`rules.md 4.1`). */
export async function papersOfCase(tx: ReadTransaction, ctx: Context, target: Case): Promise<ShownPaper[]> {
  const form = anyForm.safeParse(target.form);
  const pins = stepsRead(ctx.actor, target).map((step) => ({ associationId: step.associationId, version: step.settingsVersion }));
  const ids = askedOf(target.kind, target.form)?.associationIds ?? form.data?.before.map((one) => one.associationId) ?? [];
  const settings = pins.length > 0 ? await pinnedSettings(tx, pins) : await settingsOn(tx, ids, ctx.today);
  const read = settings.map((row) => row.settings);
  const papers = await readPapers(tx, { applicationId: target.id, settings: read, use: paperUsesOf(target, form.data?.ground) });
  return papers.filter((paper) => readsPaper(ctx.actor, target, { code: paper.code, settings: read }));
}

/** The rows of 提出書類 of a case that the actor may fill in now, with files or with originals seen. */
export const casePapers = query({
  name: 'application.papers',
  input: z.object({ id: idInput }),
  allow: (ctx) => (ctx.actor.kind === 'doctor' || ctx.actor.kind === 'office' ? true : refuse('forbidden')),
  read: async (tx, input, ctx) => {
    const target = await loadCase(tx, ctx.actor, input.id);
    if (target === undefined) return undefined;
    if (!may(ctx.actor, 'attach', target) && !may(ctx.actor, 'markOriginals', target)) return undefined;
    return { id: target.id, personId: target.personId, papers: await papersOfCase(tx, ctx, target) };
  },
  audit: (value) => ({ action: 'application.viewed', personIds: [value.personId], target: value.id }),
});
