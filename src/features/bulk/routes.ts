import { index, route, type RouteConfigEntry } from '@react-router/dev/routes';

const pages = 'features/bulk/pages';

/** 一括操作 (O-04), within the breadcrumb of 申請管理. */
export default [
  route('office/applications', `features/application/pages/office/section.tsx`, { id: 'bulk-section' }, [
    route('bulk', `${pages}/section.tsx`, [index(`${pages}/check.tsx`), route(':id', `${pages}/run.tsx`)]),
  ]),
] satisfies RouteConfigEntry[];
