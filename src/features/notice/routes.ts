import { index, route, type RouteConfigEntry } from '@react-router/dev/routes';

const pages = 'features/notice/pages';

/** お知らせ of doctors (D-02), of offices (O-16) and from above (O-01), and what everybody may read. */
export default [
  route('my/notices', `${pages}/doctor/section.tsx`, { id: 'my-notices' }, [
    index(`${pages}/doctor/list.tsx`),
    route(':id', `${pages}/doctor/detail.tsx`),
  ]),
  route('my/notices/:id/files/:fileId', `${pages}/doctor/file.ts`),
  route('office/notices', `${pages}/office/section.tsx`, { id: 'office-notices' }, [
    index(`${pages}/office/list.tsx`),
    route('new', `${pages}/office/new.tsx`),
    route(':id', `${pages}/office/detail.tsx`),
    route(':id/edit', `${pages}/office/edit.tsx`),
    route(':id/register', `${pages}/office/register.tsx`),
    route(':id/end', `${pages}/office/end.tsx`),
  ]),
  route('office/notices/:id/files/:fileId', `${pages}/office/file.ts`),
  route('office/received-notices', `${pages}/received/section.tsx`, { id: 'received-notices' }, [
    index(`${pages}/received/list.tsx`),
    route(':id', `${pages}/received/detail.tsx`),
  ]),
  route('office/received-notices/:id/files/:fileId', `${pages}/received/file.ts`),
  route('operations/announcements/notices', `${pages}/announced.tsx`),
  route('public-notices/:id', `${pages}/public.tsx`),
  route('public-notices/:id/files/:fileId', `${pages}/public-file.ts`),
] satisfies RouteConfigEntry[];
