import { index, route, type RouteConfigEntry } from '@react-router/dev/routes';

const pages = 'features/certificate/pages';

/** 在籍証明書 of the doctor (D-13), of offices (O-29, the tab of O-03, O-08) and for whoever is shown one. */
export default [
  route('verify', `${pages}/check.tsx`, { id: 'certificate-check' }),
  route('verify/:code', `${pages}/check.tsx`, { id: 'certificate-check-code' }),
  route('my/membership-certificates', `${pages}/doctor/section.tsx`, [
    index(`${pages}/doctor/list.tsx`),
    route('new', `${pages}/doctor/new.tsx`),
    route(':id', `${pages}/doctor/detail.tsx`),
    route(':id/revoke', `${pages}/doctor/revoke.tsx`),
  ]),
  route('my/membership-certificates/:id/print.pdf', `${pages}/doctor/print.ts`),
  route('office/applications', 'features/application/pages/office/section.tsx', { id: 'certificate-applications' }, [
    route('certificates', `${pages}/office/list.tsx`),
    route('certificates/:id', `${pages}/office/detail.tsx`),
  ]),
  route('office/applications/certificates/:id/print.pdf', `${pages}/office/print.ts`),
  route('office/members', 'features/membership/pages/section.tsx', { id: 'certificate-members' }, [
    route(':id/membership-certificates', `${pages}/office/member-list.tsx`),
    route(':id/membership-certificates/new', `${pages}/office/new.tsx`),
  ]),
] satisfies RouteConfigEntry[];
