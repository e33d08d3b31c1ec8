import { idInput } from '#kernel/input.ts';
import { refuse } from '#kernel/refusal.ts';
import { pinnedSettings } from '#features/association/queries/directory.ts';
import type { Context } from '#platform/context.ts';
import { query } from '#platform/command/query.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import { findDocument } from '../papers.store.server.ts';
import { readsPaper, stepsRead } from '../sides.ts';
import { loadCase } from '../store.server.ts';
import { officeOnly } from './inbox.ts';

/** How a file is looked at: as it was handed in (`file`), as pictures of its pages (`preview`, one of them `page`), or taken away. */
const ways = ['file', 'preview', 'page', 'download'] as const;

const input = z.object({
  id: idInput,
  documentId: idInput,
  way: z.enum(ways),
  page: z.coerce.number().int().min(1).max(1000).optional(),
});

type Found = { id: string; applicationId: string; personId: string };

/** Every look and every download is on record, with the page that was looked at. */
function noteOf(value: Found, asked: z.infer<typeof input>) {
  return {
    action: asked.way === 'download' ? 'document.downloaded' : 'document.viewed',
    target: value.applicationId,
    personIds: [value.personId],
    detail: { documentId: value.id, way: asked.way, ...(asked.page === undefined ? {} : { page: asked.page }) },
  };
}

/** Files on messages are for every office of the case; papers for the side of a transfer that asks for them (`rules.md 3.6`). */
async function mayOpen(tx: ReadTransaction, ctx: Context, found: { applicationId: string; kind: string; onMessage: boolean }) {
  const target = found.onMessage ? undefined : await loadCase(tx, ctx.actor, found.applicationId);
  if (target === undefined) return found.onMessage;
  const pins = stepsRead(ctx.actor, target).map((step) => ({ associationId: step.associationId, version: step.settingsVersion }));
  const settings = (await pinnedSettings(tx, pins)).map((row) => row.settings);
  return readsPaper(ctx.actor, target, { code: found.kind, settings });
}

/** A file of a case that the acting office may look at (`screens.md O-05`). */
export const documentFile = query({
  name: 'application.document',
  input,
  allow: officeOnly,
  read: async (tx, asked, ctx) => {
    const found = await findDocument(tx, ctx.actor, { applicationId: asked.id, documentId: asked.documentId });
    return found === undefined || (await mayOpen(tx, ctx, found)) ? found : undefined;
  },
  audit: noteOf,
});

/** A file of an own case: a paper, or a file on a message. */
export const myDocument = query({
  name: 'application.ownDocument',
  input,
  allow: (ctx: Context) => (ctx.actor.kind === 'doctor' ? true : refuse('forbidden')),
  read: async (tx, asked, ctx) => await findDocument(tx, ctx.actor, { applicationId: asked.id, documentId: asked.documentId }),
  audit: noteOf,
});
