import { route, type RouteConfigEntry } from '@react-router/dev/routes';

/** 操作履歴 of offices (O-18), 閲覧履歴 of doctors (D-14). */
export default [
  route('office/audit-events', 'features/audit-trail/pages/trail.tsx'),
  route('office/members', 'features/membership/pages/section.tsx', { id: 'audit-members' }, [
    route(':id/accesses', 'features/audit-trail/pages/member-trail.tsx'),
  ]),
  route('my/access-log', 'features/audit-trail/pages/access-log.tsx'),
] satisfies RouteConfigEntry[];
