import { route, type RouteConfigEntry } from '@react-router/dev/routes';

const pages = 'features/bulk/pages';

/** 一括操作 (O-04), within the breadcrumb of 申請管理. */
export default [
  route('office/applications', `features/application/pages/office/section.tsx`, { id: 'bulk-section' }, [
    route('bulk', `${pages}/check.tsx`),
    route('bulk/:id', `${pages}/run.tsx`),
  ]),
] satisfies RouteConfigEntry[];
