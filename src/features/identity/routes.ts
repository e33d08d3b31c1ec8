import { index, route, type RouteConfigEntry } from '@react-router/dev/routes';

/** Sign-in, leaving, one's own login (D-05, O-27), consent to changed terms. */
export default [
  index('features/identity/pages/home.ts'),
  route('login', 'features/identity/pages/login.tsx', [index('features/notice/pages/beside-login.tsx')]),
  route('login/passkey', 'features/identity/pages/login-passkey.ts'),
  route('login/second-factor', 'features/identity/pages/second-factor.tsx'),
  route('login/second-factor/setup', 'features/identity/pages/second-factor-setup.tsx'),
  route('logout', 'features/identity/pages/logout.ts'),
  route('passkeys', 'features/identity/pages/passkeys.ts'),
  route('page-size', 'features/identity/pages/page-size.ts'),
  route('session', 'features/identity/pages/session.ts'),
  route('terms/consent', 'features/identity/pages/terms-consent.tsx'),
  route('my/account', 'features/identity/pages/account.tsx', { id: 'my-account' }),
  route('office/account', 'features/identity/pages/account.tsx', { id: 'office-account' }),
  route('operations/account', 'features/identity/pages/account.tsx', { id: 'operations-account' }),
] satisfies RouteConfigEntry[];
