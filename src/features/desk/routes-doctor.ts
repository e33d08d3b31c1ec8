import { route, type RouteConfigEntry } from '@react-router/dev/routes';

/** The doctor's top page (D-01) and his history (D-12). */
export default [
  route('my', 'features/desk/pages/my-top.tsx'),
  route('my/membership-history', 'features/desk/pages/membership-history.tsx'),
  route('my/membership-history/file.csv', 'features/desk/pages/history-file.ts'),
] satisfies RouteConfigEntry[];
