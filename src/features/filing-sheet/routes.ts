import { route, type RouteConfigEntry } from '@react-router/dev/routes';

const pages = 'features/filing-sheet/pages';

/** CSVで代理申請 (O-10), within the breadcrumb of 申請管理. */
export default [
  route('office/applications', 'features/application/pages/office/section.tsx', { id: 'filing-sheet-section' }, [
    route('proxy-sheet', `${pages}/sheet.tsx`),
  ]),
  route('office/applications/proxy-sheet/format.csv', `${pages}/format.ts`),
  route('office/applications/proxy-sheet/faults.csv', `${pages}/faults.ts`),
] satisfies RouteConfigEntry[];
