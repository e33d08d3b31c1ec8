import { index, route, type RouteConfigEntry } from '@react-router/dev/routes';

const pages = 'features/own-list/pages';

/** 送付物・会員区分設定 (O-20) and the tab 独自項目 of 会員情報詳細 (O-08). */
export default [
  route('office/mailings-and-categories', `${pages}/section.tsx`, [
    index(`${pages}/lists.tsx`),
    route('mailings/:id', `${pages}/mailing.tsx`),
    route('member-categories/:id', `${pages}/category.tsx`),
    route('notice-categories/:id', `${pages}/notice-category.tsx`),
    route('fields/:id', `${pages}/field.tsx`),
  ]),
  route('office/members', 'features/membership/pages/section.tsx', { id: 'own-list-members' }, [
    route(':id/own-fields', `${pages}/member-fields.tsx`),
  ]),
] satisfies RouteConfigEntry[];
