import { index, route, type RouteConfigEntry } from '@react-router/dev/routes';

const pages = 'features/membership/pages';

/** 会員情報管理 (O-07), 会員情報詳細 (O-08) and 施設別一覧 (O-14). */
export default [
  route('office/members', `${pages}/section.tsx`, [
    index(`${pages}/members.tsx`),
    route('views', `${pages}/views.tsx`),
    route(':id', `${pages}/member.tsx`),
    route(':id/memo', `${pages}/memo.tsx`),
    route(':id/guidance', `${pages}/guidance.tsx`),
    route(':id/guidance/letter.pdf', `${pages}/guidance-letter.ts`),
  ]),
  route('office/facilities', `${pages}/facility-section.tsx`, [index(`${pages}/facilities.tsx`), route(':id', `${pages}/facility.tsx`)]),
] satisfies RouteConfigEntry[];
