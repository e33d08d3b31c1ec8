import { index, route, type RouteConfigEntry } from '@react-router/dev/routes';

const pages = 'features/staff/pages';

/** First set-up of an empty installation, 事務局ユーザー管理 (O-17) and the start of an invited person. */
export default [
  route('setup', `${pages}/setup.tsx`),
  route('invitations', `${pages}/initial-password.tsx`),
  route('invitations/:token', `${pages}/invitation.tsx`),
  route('office/account/mails', `${pages}/mail-choices.tsx`),
  route('office/staff-members', `${pages}/section.tsx`, [
    index(`${pages}/list.tsx`),
    route('new', `${pages}/new.tsx`),
    route('delete', `${pages}/delete.tsx`),
    route(':id', `${pages}/member.tsx`),
  ]),
] satisfies RouteConfigEntry[];
