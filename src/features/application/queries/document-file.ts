import { idInput } from '#kernel/input.ts';
import { query } from '#platform/command/query.ts';
import { z } from 'zod';
import { findDocument } from '../detail.store.server.ts';
import { officeOnly } from './inbox.ts';

/** A paper of a case that the acting office may look at; every look and every download is on record (`screens.md O-05`). */
export const documentFile = query({
  name: 'application.document',
  input: z.object({ id: idInput, documentId: idInput, download: z.boolean() }),
  allow: officeOnly,
  read: async (tx, input, ctx) => await findDocument(tx, ctx.actor, { applicationId: input.id, documentId: input.documentId }),
  audit: (value, input) => ({
    action: input.download ? 'document.downloaded' : 'document.viewed',
    target: value.applicationId,
    personIds: [value.personId],
    detail: { documentId: value.id },
  }),
});
