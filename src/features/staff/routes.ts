import { route, type RouteConfigEntry } from '@react-router/dev/routes';

/** First set-up of an empty installation; O-17 will stand here too. */
export default [route('setup', 'features/staff/pages/setup.tsx')] satisfies RouteConfigEntry[];
