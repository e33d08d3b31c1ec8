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
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import { labels, proxyLabels } from '../../labels.ts';
import { memberProfileToEdit } from '../../queries/office-profile.ts';
import type { Route } from './+types/edit.ts';

export const handle = definePage({
  id: 'O-09',
  title: '登録情報の代理変更',
  crumb: '登録情報の代理変更',
  under: [{ label: '会員情報詳細', up: 1 }],
  who: ['office'],
  audit: 'person.keepProfileDraft',
  limits: { bodyBytes: 64 * 1024 },
});

export const meta = () => [{ title: '登録情報の代理変更 | MAMIS' }];

const shownBlocks = new Set(['licence', 'attribute']);
const asked = new Set(['sex']);

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const { target, draft, version, blocks } = orThrow(await ask(memberProfileToEdit, ctx, { id: params.id }));
  const { person } = target;
  return {
    key: newId(),
    version,
    personId: person.personId,
    name: person.name,
    resumed: draft !== undefined,
    view: await profileView(ctx, draft ?? person.texts),
    options: await profileOptions(ctx),
    mail: person.profile.mail,
    fixed: blocks.filter((block) => shownBlocks.has(block.code)).flatMap((block) => block.items.filter((item) => !asked.has(item.key))),
  };
}

type Answer = { refusal: Refusal | undefined; view: ProfileView; version: number };

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const { target, complete } = orThrow(await ask(memberProfileToEdit, ctx, { id: params.id }));
  const form = await parseForm(request);
  const { personId } = target.person;
  const base = `/office/members/${personId}/profile`;
  if (form.intent === 'discard') {
    orThrow(await run(dropProfileDraft, ctx, { personId }));
    return redirect(base, 303);
  }
  const typed = complete(profileDraftIn(form));
  const filled = await fillProfile(ctx, form, typed);
  const draft = filled?.draft ?? typed;
  const version = profileChangeInput.shape.version.parse(form.input['version']);
  orThrow(await run(keepProfileDraft, ctx, { personId, draft, version }));
  const answer = async (refusal: Refusal | undefined, seen = version) => {
    const shown = refusal === undefined ? undefined : refusalData({ ok: false, refusal }, {});
    return data<Answer>(
      { refusal: shown?.data.refusal, view: await profileView(ctx, draft, filled?.hits), version: seen },
      shown?.init ?? {},
    );
  };
  if (filled !== undefined) return await answer(filled.refusal);
  const flaws = inFormOrder(await flawsOfProfileDraft(ctx, draft));
  if (Object.keys(flaws).length > 0) return await answer(refuseFields(flaws).refusal);
  if (version !== target.person.version) return await answer(changedMeanwhile(target).refusal, target.person.version);
  return redirect(`${base}/review`, 303);
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

/** Shown and not asked, together above the form. */
function Fixed({ fixed }: { fixed: readonly { label: string; value: string }[] }) {
  return (
    <Section title="医籍・生年月日">
      <DefinitionTable items={fixed.map(({ label, value }) => ({ label, value }))} />
      <p>{proxyLabels.fixedNote}</p>
      <p>{proxyLabels.paperNote}</p>
    </Section>
  );
}

/** O-09: the fields of D-03, filled in by an office at the doctor's request. */
export default function EditMemberProfile({ loaderData, actionData }: Route.ComponentProps) {
  const { options, mail, fixed, key, resumed, personId, name } = loaderData;
  const view = actionData?.view ?? loaderData.view;
  const base = `/office/members/${personId}`;
  return (
    <>
      <h1>{`登録情報の代理変更:${name} 様`}</h1>
      {resumed && actionData === undefined ? <Resumed /> : null}
      <ErrorSummary refusal={actionData?.refusal} />
      <Form method="post" action={`${base}/profile`} key={view.stamp}>
        <FormGuard idempotencyKey={key} version={actionData?.version ?? loaderData.version} />
        <DefaultSubmit value="next" />
        <FormState errors={actionData?.refusal?.fields} values={view.values}>
          <ProfileFields
            view={view}
            options={options}
            licence={<Fixed fixed={fixed} />}
            birth={<></>}
            mail={
              <>
                <p>{mail === '' ? '登録されていません。' : mail}</p>
                <p>{proxyLabels.mailNote}</p>
              </>
            }
          />
        </FormState>
        <Actions>
          <Button variant="primary" size="large" name="intent" value="next">
            確認画面へ進む
          </Button>
          <LinkButton to={`${base}/profile/changes`}>{proxyLabels.history}</LinkButton>
          <LinkButton to={base}>戻る</LinkButton>
        </Actions>
      </Form>
    </>
  );
}
