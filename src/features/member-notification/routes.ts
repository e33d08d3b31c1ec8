import { route, type RouteConfigEntry } from '@react-router/dev/routes';

/** 会員関連通知 (O-15). */
export default [route('office/member-notifications', 'features/member-notification/pages/list.tsx')] satisfies RouteConfigEntry[];
