import { route, type RouteConfigEntry } from '@react-router/dev/routes';

/** The office's top page (O-01), and the page for every address that does not exist. */
export default [
  route('office', 'features/desk/pages/office-top.tsx'),
  route('*', 'features/desk/pages/not-found.ts'),
] satisfies RouteConfigEntry[];
