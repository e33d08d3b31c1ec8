import { index, route, type RouteConfigEntry } from '@react-router/dev/routes';

const pages = 'features/membership/pages';

/** 会員情報管理 (O-07) and 会員情報詳細 (O-08). */
export default [
  route('office/members', `${pages}/section.tsx`, [
    index(`${pages}/members.tsx`),
    route('views', `${pages}/views.tsx`),
    route(':id', `${pages}/member.tsx`),
    route(':id/memo', `${pages}/memo.tsx`),
  ]),
] satisfies RouteConfigEntry[];
