import { redirect } from 'react-router';
import { day, isDay } from '#kernel/day.ts';
import { formatLicence } from '#kernel/licence.ts';
import { formatDay, formatWareki } from '#kernel/wareki.ts';
import { profileView } from '#features/person/pages/profile-entries.ts';
import { profileOptions } from '#features/person/queries/profile-options.ts';
import { textIn } from '#features/person/schema.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import { LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import type { Route } from './+types/profile.ts';
import { migratedTexts } from '../../queries/first-login.ts';
import { filledFields } from '../../rules.ts';
import { actOnEntries } from '../entries-action.ts';
import { EntriesForm } from '../entries-form.tsx';
import { FirstLoginSteps } from '../steps.tsx';
import { firstRegistration } from './going-on.ts';

export const handle = definePage({
  id: 'A-10',
  title: '初回ログイン 登録情報の確認',
  who: ['guest'],
  audit: 'entrance.saveEntries',
  limits: { bodyBytes: 64 * 1024, perMinute: 60 },
  crumb: '登録情報の確認',
});

export const meta = () => [{ title: '初回ログイン 登録情報の確認 | MAMIS' }];

export async function loader({ context }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const { draft, mail, passwordHash, accountId } = await firstRegistration(context);
  const migrated = orThrow(await migratedTexts(ctx, accountId));
  const licensedOn = textIn(migrated, 'licensedOn').replaceAll('/', '-');
  return {
    mail,
    passwordKept: passwordHash !== null,
    migrated: filledFields(migrated),
    licence: { number: textIn(migrated, 'licenceNumber'), on: isDay(licensedOn) ? licensedOn : undefined },
    view: await profileView(ctx, draft),
    options: await profileOptions(ctx),
  };
}

export async function action({ context, request }: Route.ActionArgs) {
  const registration = await firstRegistration(context);
  const answer = await actOnEntries(contextOf(context), { registration, form: await parseForm(request) });
  return answer ?? redirect('/first-login/review', 303);
}

/** Shown, not asked: what the association has checked is put right there. */
function Licence({ licence: { number, on } }: { licence: Route.ComponentProps['loaderData']['licence'] }) {
  return (
    <Section title="医籍">
      <DefinitionTable
        items={[
          { label: '医籍登録番号', value: formatLicence(number) },
          { label: '医籍登録日', value: on === undefined ? '' : `${formatDay(day(on))} ${formatWareki(day(on))}` },
        ]}
      />
      <p>誤りがある場合は、所属医師会へご連絡ください。</p>
      <LinkButton to="/contact">誤りを連絡する</LinkButton>
    </Section>
  );
}

/** A-10 step 4: the migrated data, and a login of one's own. */
export default function FirstProfile({ loaderData, actionData }: Route.ComponentProps) {
  return (
    <>
      <h1>初回ログイン 登録情報の確認</h1>
      <FirstLoginSteps current={4} />
      <p>新しいログインIDとパスワードを決め、登録されている内容をご確認ください。入力した内容は24時間保存されます。</p>
      <p>「移行データ」は、医師会から引き継いだ内容です。誤りがあれば直してください。</p>
      <EntriesForm
        view={actionData?.view ?? loaderData.view}
        refusal={actionData?.refusal}
        options={loaderData.options}
        mail={loaderData.mail}
        passwordKept={loaderData.passwordKept}
        licence={<Licence licence={loaderData.licence} />}
        migrated={loaderData.migrated}
      />
    </>
  );
}
