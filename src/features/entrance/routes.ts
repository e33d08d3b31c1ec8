import { route, type RouteConfigEntry } from '@react-router/dev/routes';

/** Registration of a doctor, getting back in and the texts that everybody may read. */
export default [
  route('register', 'features/entrance/pages/consent.tsx'),
  route('register/email', 'features/entrance/pages/mail-address.tsx'),
  route('register/email/sent', 'features/entrance/pages/mail-sent.tsx'),
  route('register/verify/:token', 'features/entrance/pages/mail-link.tsx'),
  route('register/profile', 'features/entrance/pages/profile.tsx'),
  route('register/review', 'features/entrance/pages/review.tsx'),
  route('register/done', 'features/entrance/pages/done.tsx'),
  route('first-login', 'features/entrance/pages/first-login/birth.tsx'),
  route('first-login/terms', 'features/entrance/pages/first-login/terms.tsx'),
  route('first-login/email', 'features/entrance/pages/first-login/email.tsx'),
  route('first-login/profile', 'features/entrance/pages/first-login/profile.tsx'),
  route('first-login/review', 'features/entrance/pages/first-login/review.tsx'),
  route('recover', 'features/entrance/pages/recover.tsx'),
  route('recover/password', 'features/entrance/pages/recover-password.tsx'),
  route('recover/login-id', 'features/entrance/pages/recover-login-id.tsx'),
  route('recover/contact', 'features/entrance/pages/recover-contact.tsx'),
  route('reset/:token', 'features/entrance/pages/reset.tsx'),
  route('my/account/mail', 'features/entrance/pages/account-mail.tsx', { id: 'my-account-mail' }),
  route('office/account/mail', 'features/entrance/pages/account-mail.tsx', { id: 'office-account-mail' }),
  route('operations/account/mail', 'features/entrance/pages/account-mail.tsx', { id: 'operations-account-mail' }),
  route('new-mail/:token', 'features/entrance/pages/new-mail.tsx'),
  route('old-mail/:token', 'features/entrance/pages/old-mail.tsx'),
  route('terms', 'features/entrance/pages/terms.tsx'),
  route('privacy', 'features/entrance/pages/privacy.tsx'),
] satisfies RouteConfigEntry[];
