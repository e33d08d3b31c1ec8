import { index, route, type RouteConfigEntry } from '@react-router/dev/routes';

const pages = 'features/export/pages';

/** データ出力 (O-23). */
export default [
  route('office/exports', `${pages}/section.tsx`, [
    index(`${pages}/list.tsx`),
    route('new', `${pages}/new.tsx`),
    route(':id', `${pages}/manifest.tsx`),
  ]),
  route('office/exports/:id/file/:eventId', `${pages}/file.ts`),
] satisfies RouteConfigEntry[];
