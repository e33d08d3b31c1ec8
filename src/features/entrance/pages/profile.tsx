import { redirect } from 'react-router';
import { profileView } from '#features/person/pages/profile-entries.ts';
import { profileOptions } from '#features/person/queries/profile-options.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import type { Route } from './+types/profile.ts';
import { registrationOf } from '../queries/registration.ts';
import { actOnEntries } from './entries-action.ts';
import { EntriesForm } from './entries-form.tsx';
import { entryToken } from './kept.ts';
import { RegistrationSteps } from './steps.tsx';

export const handle = definePage({
  id: 'A-07',
  title: '利用者登録 ログイン情報・利用者登録情報の入力',
  who: ['guest'],
  audit: 'entrance.saveEntries',
  limits: { bodyBytes: 64 * 1024, perMinute: 60 },
  crumb: '利用者登録情報の入力',
});

export const meta = () => [{ title: '利用者登録 ログイン情報・利用者登録情報の入力 | MAMIS' }];

export async function loader({ context }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const registration = await registrationOf(ctx, entryToken(context));
  if (!registration.ok && registration.refusal.code === 'notFound') throw redirect('/register');
  const { draft, mail, passwordHash, accountId } = orThrow(registration);
  if (accountId !== null) throw redirect('/first-login/profile');
  return { mail, passwordKept: passwordHash !== null, view: await profileView(ctx, draft), options: await profileOptions(ctx) };
}

export async function action({ context, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const registration = await registrationOf(ctx, entryToken(context));
  if (!registration.ok && registration.refusal.code === 'notFound') return redirect('/register', 303);
  const answer = await actOnEntries(ctx, { registration: orThrow(registration), form: await parseForm(request) });
  return answer ?? redirect('/register/review', 303);
}

/** who the doctor is. */
export default function Profile({ loaderData, actionData }: Route.ComponentProps) {
  return (
    <>
      <h1>利用者登録 ログイン情報・利用者登録情報の入力</h1>
      <RegistrationSteps current={3} />
      <p>入力した内容は24時間保存されます。「必須」の項目は、必ず入力してください。</p>
      <EntriesForm
        view={actionData?.view ?? loaderData.view}
        refusal={actionData?.refusal}
        options={loaderData.options}
        mail={loaderData.mail}
        passwordKept={loaderData.passwordKept}
      />
    </>
  );
}
