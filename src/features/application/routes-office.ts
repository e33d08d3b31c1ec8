import { index, route, type RouteConfigEntry } from '@react-router/dev/routes';

const pages = 'features/application/pages/office';
/** A paper is written on the same pages by the doctor and by the office that files for him. */
const papers = 'features/application/pages/doctor';

/** 申請管理 (O-03), 申請の詳細 (O-05) and the decisions of O-06; 環境設定 tried on past cases (O-21). */
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
      route('revoke-death', `${pages}/revoke-death.tsx`),
      route('message', `${pages}/message.tsx`),
      route('memo', `${pages}/memo.tsx`),
      route('attention', `${pages}/attention.tsx`),
      route('assignee', `${pages}/assignee.tsx`),
      route('originals', `${pages}/originals.tsx`),
      route('what-if', `${pages}/what-if.ts`),
    ]),
  ]),
  route('office/applications/:id', `${pages}/filing.tsx`, { id: 'filing' }, [
    route('ground', `${pages}/ground.tsx`),
    route('associations', `${papers}/associations.tsx`, { id: 'filing-associations' }),
    route('change', `${papers}/change-start.tsx`, { id: 'filing-change' }),
    route('transfer', `${papers}/transfer-start.tsx`, { id: 'filing-transfer' }),
    route('destination', `${papers}/destination.tsx`, { id: 'filing-destination' }),
    route('details', `${papers}/join-details.tsx`, { id: 'filing-details' }),
    route('review', `${papers}/review.tsx`, { id: 'filing-review' }),
    route('delete', `${papers}/delete.tsx`, { id: 'filing-delete' }),
    route('documents', `${papers}/upload.ts`, { id: 'filing-upload' }),
  ]),
  route('office/members', 'features/membership/pages/section.tsx', { id: 'proxy-members' }, [
    route(':id/cases', `${pages}/member-cases.tsx`),
    route(':id/applications', `${pages}/proxy-start.tsx`),
    route(':id/applications/:kind', `${pages}/proxy-ground.tsx`),
  ]),
  route('office/association-settings', 'features/association/pages/settings/section.tsx', { id: 'tried-settings' }, [
    route('trial', `${pages}/settings-trial.tsx`),
  ]),
  route('office/applications/:id/print.pdf', `${pages}/print.ts`),
  route('office/applications/:id/letter.pdf', `${pages}/letter.ts`),
  route('office/applications/:id/documents/:documentId', `${pages}/document.ts`),
  route('office/applications/:id/documents/:documentId/preview', `${pages}/preview.tsx`),
  route('office/applications/:id/documents/:documentId/pages/:page', `${pages}/preview-page.ts`),
] satisfies RouteConfigEntry[];
