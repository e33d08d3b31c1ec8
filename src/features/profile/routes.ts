import { route, type RouteConfigEntry } from '@react-router/dev/routes';

/** 登録情報 (D-03), 送付物設定 (D-04). */
export default [
  route('my/profile', 'features/profile/pages/profile.tsx'),
  route('my/profile/edit', 'features/profile/pages/edit.tsx'),
  route('my/profile/review', 'features/profile/pages/review.tsx'),
  route('my/mailing-preference', 'features/profile/pages/mailing-preference.tsx'),
] satisfies RouteConfigEntry[];
