import { index, route, type RouteConfigEntry } from '@react-router/dev/routes';

const pages = 'features/application/pages/office';

/** 申請管理 (O-03), 申請の詳細 (O-05) and the decisions of O-06. */
export default [
  route('office/applications', `${pages}/section.tsx`, [
    index(`${pages}/list.tsx`),
    route('views', `${pages}/views.tsx`),
    route(':id', `${pages}/case.tsx`, [
      index(`${pages}/detail.tsx`),
      route('receive', `${pages}/receive.tsx`),
      route('approve', `${pages}/approve.tsx`),
      route('return', `${pages}/return.tsx`),
      route('reject', `${pages}/reject.tsx`),
      route('cancel', `${pages}/cancel.tsx`),
      route('acknowledge', `${pages}/acknowledge.tsx`),
      route('revoke', `${pages}/revoke.tsx`),
      route('message', `${pages}/message.tsx`),
      route('memo', `${pages}/memo.tsx`),
      route('attention', `${pages}/attention.tsx`),
      route('assignee', `${pages}/assignee.tsx`),
      route('originals', `${pages}/originals.tsx`),
      route('what-if', `${pages}/what-if.ts`),
    ]),
  ]),
  route('office/applications/:id/print.pdf', `${pages}/print.ts`),
  route('office/applications/:id/documents/:documentId', `${pages}/document.ts`),
  route('office/applications/:id/documents/:documentId/preview', `${pages}/preview.tsx`),
  route('office/applications/:id/documents/:documentId/pages/:page', `${pages}/preview-page.ts`),
] satisfies RouteConfigEntry[];
