import { z } from 'zod';
import { idInput } from '#kernel/input.ts';
import { query } from '#platform/command/query.ts';
import { findMail } from '../store.server.ts';
import { mailboxIsHere } from './mailbox-access.ts';

/** One mail with its text. */
export const oneMail = query({
  name: 'mailbox.mail',
  input: z.object({ id: idInput }),
  allow: mailboxIsHere,
  read: async (tx, input) => await findMail(tx, input.id),
  audit: 'nothing',
});
