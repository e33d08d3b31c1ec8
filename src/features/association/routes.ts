import { index, route, type RouteConfigEntry } from '@react-router/dev/routes';

const settings = 'features/association/pages/settings';

/** Answers for search boxes, and 環境設定 (O-21); the other pages about associations come with `screens.md O-19`. */
export default [
  route('suggest/associations', 'features/association/pages/suggest.ts'),
  route('office/association', 'features/association/pages/info/section.tsx', [
    index('features/association/pages/info/view.tsx'),
    route('edit', 'features/association/pages/info/edit.tsx'),
    route('name', 'features/association/pages/info/name.tsx'),
  ]),
  route('office/association/seal/:id', 'features/association/pages/info/seal.ts'),
  route('jma/associations', 'features/association/pages/master/section.tsx', [
    index('features/association/pages/master/list.tsx'),
    route('new', 'features/association/pages/master/new.tsx'),
    route('bulk', 'features/association/pages/master/bulk.tsx'),
    route('bulk/:id', 'features/association/pages/master/batch.tsx'),
    route(':code', 'features/association/pages/master/detail.tsx'),
    route(':code/reorganisation', 'features/association/pages/master/reorganisation.tsx'),
  ]),
  route('jma/associations/associations.csv', 'features/association/pages/master/sheet.ts'),
  route('jma/associations/bulk/faults.csv', 'features/association/pages/master/bulk-faults.ts'),
  route('paper-forms/:id', 'features/association/pages/paper-form.ts'),
  route('suggest/offices', 'features/association/pages/suggest-offices.ts'),
  route('office/association-settings', `${settings}/section.tsx`, [
    index(`${settings}/list.tsx`),
    route('new', `${settings}/new.tsx`),
    route(':version', `${settings}/version.tsx`),
    route(':version/withdraw', `${settings}/withdraw.tsx`),
  ]),
] satisfies RouteConfigEntry[];
