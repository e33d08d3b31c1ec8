import { index, route, type RouteConfigEntry } from '@react-router/dev/routes';

const pages = 'features/help/pages';

/** よくある質問, the manual inside the product, 稼働状況 and ウェブアクセシビリティ. */
export default [
  route('status', `${pages}/status.tsx`),
  route('accessibility', `${pages}/accessibility.tsx`),
  route('help', `${pages}/section.tsx`, [index(`${pages}/help.tsx`), route(':page', `${pages}/page.tsx`)]),
] satisfies RouteConfigEntry[];
