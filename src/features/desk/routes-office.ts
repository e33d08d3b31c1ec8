import { route, type RouteConfigEntry } from '@react-router/dev/routes';

/** The office's top page (O-01). */
export default [route('office', 'features/desk/pages/office-top.tsx')] satisfies RouteConfigEntry[];
