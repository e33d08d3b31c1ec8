import { route, type RouteConfigEntry } from '@react-router/dev/routes';

/** P-07: 計画停止 and 障害. */
export default [route('operations/announcements', 'features/service-notice/pages/announcements.tsx')] satisfies RouteConfigEntry[];
