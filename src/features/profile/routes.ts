import { route, type RouteConfigEntry } from '@react-router/dev/routes';

/** 登録情報 (D-03), 送付物設定 (D-04), 登録情報の代理変更 (O-09). */
export default [
  route('my/profile', 'features/profile/pages/profile.tsx'),
  route('my/profile/edit', 'features/profile/pages/edit.tsx'),
  route('my/profile/review', 'features/profile/pages/review.tsx'),
  route('my/mailing-preference', 'features/profile/pages/mailing-preference.tsx'),
  route('office/members', 'features/membership/pages/section.tsx', { id: 'profile-members' }, [
    route(':id/mailings', 'features/profile/pages/office/mailings.tsx'),
    route(':id/profile', 'features/profile/pages/office/edit.tsx'),
    route(':id/profile/review', 'features/profile/pages/office/review.tsx'),
    route(':id/profile/changes', 'features/profile/pages/office/changes.tsx'),
    route(':id/profile/papers/:fileId', 'features/profile/pages/office/paper.ts'),
  ]),
] satisfies RouteConfigEntry[];
