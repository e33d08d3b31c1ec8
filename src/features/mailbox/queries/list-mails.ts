import { z } from 'zod';
import { query } from '#platform/command/query.ts';
import { listMails } from '../store.server.ts';
import { mailboxIsHere } from './mailbox-access.ts';

/** The newest 50 mails, of one recipient when an address or a part of it is given. */
export const mailList = query({
  name: 'mailbox.list',
  input: z.object({ to: z.string().trim().max(254).default('') }),
  allow: mailboxIsHere,
  read: async (tx, input) => await listMails(tx, input.to),
  audit: 'nothing',
});
