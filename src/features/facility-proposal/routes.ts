import { index, route, type RouteConfigEntry } from '@react-router/dev/routes';

const pages = 'features/facility-proposal/pages';

/** Proposals for the master of facilities, inside 施設別一覧 (O-14). */
export default [
  route('office/facilities', 'features/membership/pages/facility-section.tsx', { id: 'facility-proposals' }, [
    route('proposals', `${pages}/section.tsx`, [
      index(`${pages}/proposals.tsx`),
      route('new', `${pages}/new.tsx`),
      route(':id', `${pages}/proposal.tsx`),
    ]),
    route(':id/propose', `${pages}/change.tsx`),
    route(':id/duplicate', `${pages}/duplicate.tsx`),
    route(':id/tie', `${pages}/tie.tsx`),
  ]),
] satisfies RouteConfigEntry[];
