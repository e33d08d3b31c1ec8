import { route, type RouteConfigEntry } from '@react-router/dev/routes';

/** 登録情報 (D-03). */
export default [
  route('my/profile', 'features/profile/pages/profile.tsx'),
  route('my/profile/edit', 'features/profile/pages/edit.tsx'),
  route('my/profile/review', 'features/profile/pages/review.tsx'),
] satisfies RouteConfigEntry[];
