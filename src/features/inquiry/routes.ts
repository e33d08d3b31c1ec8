import { index, route, type RouteConfigEntry } from '@react-router/dev/routes';

const pages = 'features/inquiry/pages';

/** お問合せ of anybody, of the doctor (D-15), of offices (O-26), and at the desks that answer (P-05). */
export default [
  route('contact', `${pages}/contact.tsx`),
  route('my/inquiries', `${pages}/doctor/section.tsx`, [
    index(`${pages}/doctor/list.tsx`),
    route('new', `${pages}/doctor/new.tsx`),
    route(':id', `${pages}/doctor/detail.tsx`),
  ]),
  route('my/inquiries/:id/files/:fileId', `${pages}/doctor/file.ts`),
  route('office/inquiries', `${pages}/office/section.tsx`, [
    index(`${pages}/office/list.tsx`),
    route('new', `${pages}/office/new.tsx`),
    route(':id', `${pages}/office/detail.tsx`),
  ]),
  route('office/inquiries/:id/files/:fileId', `${pages}/office/file.ts`),
  route('operations/inquiries', `${pages}/operations/section.tsx`, [
    index(`${pages}/operations/list.tsx`),
    route(':id', `${pages}/operations/detail.tsx`),
  ]),
  route('operations/faq', `${pages}/operations/faq.tsx`),
  route('operations/inquiries/:id/files/:fileId', `${pages}/operations/file.ts`),
] satisfies RouteConfigEntry[];
