import { index, layout, route, type RouteConfigEntry } from '@react-router/dev/routes';

const pages = 'features/application/pages/doctor';

/** The doctor's applications (D-06, D-07) and their papers in steps (D-08 … D-11); what exists already shares its addresses. A fixed word wins over `:id`. */
export default [
  route('my/applications', `${pages}/area.tsx`, [
    index(`${pages}/list.tsx`, { id: 'my-applications' }),
    route(':id', `${pages}/case-area.tsx`, [
      index(`${pages}/case.tsx`, { id: 'my-application' }),
      route('retract', `${pages}/retract.tsx`, { id: 'my-application-retract' }),
      route('objection', `${pages}/objection.tsx`),
    ]),
    route(':id/delete', `${pages}/delete.tsx`, { id: 'my-draft-delete' }),
  ]),
  route('my/applications/join', `${pages}/join-start.tsx`),
  route('my/applications/withdrawal', `${pages}/withdrawal.tsx`),
  layout(`${pages}/own-papers.tsx`, [
    route('my/applications/:id/associations', `${pages}/associations.tsx`),
    route('my/applications/change', `${pages}/change-start.tsx`, { id: 'change-begin' }),
    route('my/applications/:id/change', `${pages}/change-start.tsx`, { id: 'change-again' }),
    route('my/applications/transfer', `${pages}/transfer-start.tsx`, { id: 'transfer-begin' }),
    route('my/applications/:id/transfer', `${pages}/transfer-start.tsx`, { id: 'transfer-again' }),
    route('my/applications/:id/destination', `${pages}/destination.tsx`),
    route('my/applications/:id/details', `${pages}/join-details.tsx`),
    route('my/applications/:id/review', `${pages}/review.tsx`),
    route('my/applications/:id/documents', `${pages}/upload.ts`),
  ]),
  route('my/applications/:id/submitted', `${pages}/join-submitted.tsx`),
  route('my/applications/:id/print.pdf', `${pages}/print.ts`),
  route('my/applications/:id/documents/:documentId', `${pages}/document.ts`),
  route('my/applications/:id/documents/:documentId/preview', `${pages}/preview.tsx`),
  route('my/applications/:id/documents/:documentId/pages/:page', `${pages}/preview-page.ts`),
] satisfies RouteConfigEntry[];
