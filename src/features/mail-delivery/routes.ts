import { route, type RouteConfigEntry } from '@react-router/dev/routes';

/** メール送信状況 (P-08). */
export default [route('operations/mails', 'features/mail-delivery/pages/deliveries.tsx')] satisfies RouteConfigEntry[];
