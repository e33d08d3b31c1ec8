import { route, type RouteConfigEntry } from '@react-router/dev/routes';

/** The top pages of offices (O-01) and of 運営事務局 (P-01), and the page for every address that does not exist. */
export default [
  route('operations', 'features/desk/pages/operations-top.tsx'),
  route('office', 'features/desk/pages/office-top.tsx'),
  route('*', 'features/desk/pages/not-found.ts'),
] satisfies RouteConfigEntry[];
