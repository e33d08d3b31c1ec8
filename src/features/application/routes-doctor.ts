import { index, route, type RouteConfigEntry } from '@react-router/dev/routes';

const pages = 'features/application/pages/doctor';

/** The doctor's applications (D-06, D-07) and 入会届 (D-08) and 異動届 (D-09, D-10) in their steps. A fixed word wins over `:id`. */
export default [
  route('my/applications', `${pages}/area.tsx`, [
    index(`${pages}/list.tsx`, { id: 'my-applications' }),
    route(':id', `${pages}/case-area.tsx`, [
      index(`${pages}/case.tsx`, { id: 'my-application' }),
      route('retract', `${pages}/retract.tsx`, { id: 'my-application-retract' }),
    ]),
    route(':id/delete', `${pages}/delete.tsx`, { id: 'my-draft-delete' }),
  ]),
  route('my/applications/join', `${pages}/join-start.tsx`, { id: 'join-begin' }),
  route('my/applications/:id/associations', `${pages}/join-start.tsx`, { id: 'join-associations' }),
  route('my/applications/change', `${pages}/change-start.tsx`, { id: 'change-begin' }),
  route('my/applications/:id/change', `${pages}/change-start.tsx`, { id: 'change-again' }),
  route('my/applications/transfer', `${pages}/transfer-start.tsx`, { id: 'transfer-begin' }),
  route('my/applications/:id/transfer', `${pages}/transfer-start.tsx`, { id: 'transfer-again' }),
  route('my/applications/:id/destination', `${pages}/destination.tsx`),
  route('my/applications/:id/details', `${pages}/join-details.tsx`),
  route('my/applications/:id/review', `${pages}/join-review.tsx`),
  route('my/applications/:id/submitted', `${pages}/join-submitted.tsx`),
  route('my/applications/:id/print.pdf', `${pages}/print.ts`),
  route('my/applications/:id/documents', `${pages}/upload.ts`),
  route('my/applications/:id/documents/:documentId', `${pages}/document.ts`),
  route('my/applications/:id/documents/:documentId/preview', `${pages}/preview.tsx`),
  route('my/applications/:id/documents/:documentId/pages/:page', `${pages}/preview-page.ts`),
] satisfies RouteConfigEntry[];
