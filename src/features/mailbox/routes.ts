import { route, type RouteConfigEntry } from '@react-router/dev/routes';

/** The local mailbox; there only while mails stay on this machine. */
export default [
  route('_mailbox', 'features/mailbox/pages/mailbox.tsx'),
  route('_mailbox/:id', 'features/mailbox/pages/mail.tsx'),
  route('_mailbox/:id/html', 'features/mailbox/pages/mail-html.ts'),
] satisfies RouteConfigEntry[];
