import { actingAccount } from '#kernel/actor.ts';
import { idInput, textInput, versionInput } from '#kernel/input.ts';
import { newId } from '#kernel/id.ts';
import type { Refused } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { z } from 'zod';
import { insertDocument, listDocuments, removeDocument as removeRow } from '../papers.store.server.ts';
import { fieldNames, texts } from '../messages.ts';
import { storedFileInput } from '#platform/files/stored-file.ts';
import { isFiler } from '../policy.ts';
import { mostFilesARow, paperCodeInput } from '../schema.ts';
import type { Case } from '../store.server.ts';
import { loadCase } from '../store.server.ts';
import { caseLocks, changedMeanwhile, gate } from './gate.ts';

/** The file has been inspected and stored by the caller; this puts it on the case. */
const attachInput = z.object({
  id: idInput,
  version: versionInput,
  kind: paperCodeInput,
  title: textInput(fieldNames.paper, { required: true, max: 40 }),
  ...storedFileInput.shape,
});

/** Papers come without a version: who fills in the case hears that it was sent, or ended, meanwhile. */
function mayAttach(ctx: Context, target: Case): true | Refused {
  const allowed = gate(ctx, 'attach', { target, seen: target.version });
  return allowed !== true && allowed.refusal.code === 'forbidden' && isFiler(ctx.actor, target) ? changedMeanwhile(target) : allowed;
}

/** Adds a paper to a draft or a returned case. The version of the case does not move: two papers may arrive at once. */
export const attachDocument = command({
  name: 'application.attach',
  input: attachInput,
  locks: caseLocks,
  load: async (tx, input, ctx) => {
    const target = await loadCase(tx, ctx.actor, input.id);
    return target === undefined ? undefined : { target, documents: await listDocuments(tx, input.id) };
  },
  allow: (ctx, { target }) => mayAttach(ctx, target),
  decide: (ctx, { documents }, input) => {
    const accountId = actingAccount(ctx.actor);
    if (accountId === undefined) return refuse('forbidden');
    if (documents.filter((document) => document.kind === input.kind).length >= mostFilesARow) {
      return refuseFields({ [`document.${input.kind}`]: [texts.mostFiles(mostFilesARow)] });
    }
    return accepted({ documentId: newId(), accountId });
  },
  save: async (tx, { ctx, target: { target }, decision, input }) => {
    await insertDocument(tx, {
      id: decision.documentId,
      applicationId: target.id,
      kind: input.kind,
      title: input.title,
      fileId: input.fileId,
      fileName: input.fileName,
      mediaType: input.mediaType,
      size: input.size,
      sha256: Buffer.from(input.sha256, 'hex'),
      accountId: decision.accountId,
      at: ctx.now,
    });
    return {
      value: { documentId: decision.documentId },
      audit: {
        action: 'application.attach',
        personIds: [target.personId],
        target: target.id,
        detail: { documentId: decision.documentId, kind: input.kind },
      },
      events: [],
    };
  },
});

/** Takes a paper away from a draft or a returned case; the old one stays on record. */
export const removeDocument = command({
  name: 'application.removeDocument',
  input: z.object({ id: idInput, documentId: idInput }),
  locks: caseLocks,
  load: async (tx, input, ctx) => await loadCase(tx, ctx.actor, input.id),
  allow: mayAttach,
  decide: () => accepted(undefined),
  save: async (tx, { ctx, target, input }) => {
    const removed = await removeRow(tx, { applicationId: target.id, documentId: input.documentId }, ctx.now);
    return {
      value: { removed },
      audit: {
        action: 'application.removeDocument',
        personIds: [target.personId],
        target: target.id,
        detail: { documentId: input.documentId },
      },
      events: [],
    };
  },
});
