import { data, Form, redirect } from 'react-router';
import { newId } from '#kernel/id.ts';
import type { Refusal } from '#kernel/refusal.ts';
import { refuseFields } from '#kernel/refusal.ts';
import { changedMeanwhile } from '#features/person/commands/change-profile.ts';
import { dropProfileDraft, keepProfileDraft } from '#features/person/commands/keep-draft.ts';
import { fillProfile, profileDraftIn, profileView, type ProfileView } from '#features/person/pages/profile-entries.ts';
import { ProfileFields } from '#features/person/pages/profile-fields.tsx';
import { flawsOfProfileDraft } from '#features/person/queries/profile-flaws.ts';
import { profileOptions } from '#features/person/queries/profile-options.ts';
import { inFormOrder } from '#features/person/rules.ts';
import { profileChangeInput } from '#features/person/schema.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, refusalData } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { Actions, Button, DefaultSubmit, LinkButton } from '#ui/parts/Button.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import { labels } from '../labels.ts';
import { profileToEdit } from '../queries/own-profile.ts';
import { Birth, Licence, Mail } from './fixed-fields.tsx';
import type { Route } from './+types/edit.ts';

export const handle = definePage({
  id: 'D-03',
  title: '登録情報の変更',
  who: ['doctor'],
  audit: 'person.keepProfileDraft',
  limits: { bodyBytes: 64 * 1024, perMinute: 60 },
  crumb: '登録情報の変更',
});

export const meta = () => [{ title: '登録情報の変更 | MAMIS' }];

export async function loader({ context }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const { target, draft, version, blocks } = orThrow(await ask(profileToEdit, ctx, {}));
  const { licenceVerified, texts, profile } = target.person;
  return {
    key: newId(),
    version,
    resumed: draft !== undefined,
    view: await profileView(ctx, draft ?? texts),
    options: await profileOptions(ctx),
    mail: profile.mail,
    fixed: licenceVerified ? blocks.filter((block) => block.code === 'licence' || block.code === 'attribute') : [],
  };
}

type Answer = { refusal: Refusal | undefined; view: ProfileView; version: number };

export async function action({ context, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const form = await parseForm(request);
  const { target, complete } = orThrow(await ask(profileToEdit, ctx, {}));
  const { personId } = target.person;
  if (form.intent === 'discard') {
    orThrow(await run(dropProfileDraft, ctx, { personId }));
    return redirect('/my/profile/edit', 303);
  }
  const typed = complete(profileDraftIn(form));
  const filled = await fillProfile(ctx, form, typed);
  const draft = filled?.draft ?? typed;
  const version = profileChangeInput.shape.version.parse(form.input['version']);
  orThrow(await run(keepProfileDraft, ctx, { personId, draft, version }));
  const answer = async (refusal: Refusal | undefined, seen = version) => {
    const shown = refusal === undefined ? undefined : refusalData({ ok: false, refusal }, {});
    const view = await profileView(ctx, draft, filled?.hits);
    return data<Answer>({ refusal: shown?.data.refusal, view, version: seen }, shown?.init ?? {});
  };
  if (filled !== undefined) return await answer(filled.refusal);
  const flaws = inFormOrder(await flawsOfProfileDraft(ctx, draft));
  if (Object.keys(flaws).length > 0) return await answer(refuseFields(flaws).refusal);
  if (version !== target.person.version) return await answer(changedMeanwhile(target).refusal, target.person.version);
  return redirect('/my/profile/review', 303);
}

function Resumed() {
  return (
    <Notice title={labels.resumed}>
      <Form method="post" reloadDocument data-unsaved="off">
        <Button name="intent" value="discard" size="small">
          入力を取り消して、登録されている内容に戻す
        </Button>
      </Form>
    </Notice>
  );
}

/** D-03 /edit: the profile field set of A-07 without password; what an office has seen is shown, not asked. */
export default function EditProfile({ loaderData, actionData }: Route.ComponentProps) {
  const { options, mail, fixed, key, resumed } = loaderData;
  const view = actionData?.view ?? loaderData.view;
  const blockOf = (code: string) => fixed.find((block) => block.code === code);
  const licence = blockOf('licence');
  const attribute = blockOf('attribute');
  return (
    <>
      <h1>登録情報の変更</h1>
      {resumed && actionData === undefined ? <Resumed /> : null}
      <ErrorSummary refusal={actionData?.refusal} />
      <Form method="post" action="/my/profile/edit" key={view.stamp}>
        <FormGuard idempotencyKey={key} version={actionData?.version ?? loaderData.version} />
        <DefaultSubmit value="next" />
        <FormState errors={actionData?.refusal?.fields} values={view.values}>
          <ProfileFields
            view={view}
            options={options}
            mail={<Mail mail={mail} />}
            licence={licence === undefined ? undefined : <Licence block={licence} />}
            birth={attribute === undefined ? undefined : <Birth block={attribute} />}
          />
        </FormState>
        <Actions>
          <Button variant="primary" size="large" name="intent" value="next">
            確認画面へ進む
          </Button>
          <LinkButton to="/my/profile">戻る</LinkButton>
        </Actions>
      </Form>
    </>
  );
}
