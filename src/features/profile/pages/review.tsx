import { Form, redirect } from 'react-router';
import { newId } from '#kernel/id.ts';
import { changedMeanwhile, changeOwnProfile } from '#features/person/commands/change-profile.ts';
import { comparedBlocks, profileBlocks } from '#features/person/fields.ts';
import { texts } from '#features/person/messages.ts';
import { asksFormerName } from '#features/person/rules.ts';
import { profileInput } from '#features/person/schema.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Diff } from '#ui/parts/Diff.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import { profileToEdit } from '../queries/own-profile.ts';
import type { Route } from './+types/review.ts';
import { KeepFormer } from './keep-former.tsx';

export const handle = definePage({
  id: 'D-03',
  title: '登録情報の変更 入力内容の確認',
  who: ['doctor'],
  audit: 'person.changeProfile',
  limits: { bodyBytes: 4 * 1024, perMinute: 60 },
  crumb: '入力内容の確認',
});

export const meta = () => [{ title: '登録情報の変更 入力内容の確認 | MAMIS' }];

/** After a conflict the page shows what stands now, so that the next press sees it. */
export const shouldRevalidate = ({ actionStatus, defaultShouldRevalidate }: { actionStatus?: number; defaultShouldRevalidate: boolean }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export async function loader({ context }: Route.LoaderArgs) {
  const { target, draft, version, blocks } = orThrow(await ask(profileToEdit, contextOf(context), {}));
  const typed = profileInput.safeParse(draft ?? {});
  if (!typed.success) throw redirect('/my/profile/edit', 303);
  const before = target.person.profile;
  const lines = comparedBlocks(blocks, profileBlocks(typed.data, target.words)).filter((line) => line.changed);
  return {
    key: newId(),
    version: target.person.version,
    overtaken: version === target.person.version ? undefined : changedMeanwhile(target).refusal.message,
    lines,
    former: asksFormerName(before, typed.data) ? `${before.surname}(${before.surnameKana})` : undefined,
  };
}

export async function action({ context, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const form = await parseForm(request);
  const { draft } = orThrow(await ask(profileToEdit, ctx, {}));
  // A second press after the first has registered everything.
  if (draft === undefined) return redirect('/my/profile', 303);
  const { version, keepFormer } = form.input;
  const outcome = await run(changeOwnProfile, ctx, { ...draft, version, keepFormer }, form.key);
  return outcome.ok ? redirectWithFlash(context, '/my/profile', texts.profileSaved) : refusalData(outcome, form.values);
}

/** D-03 /review: 変更前 / 変更後, and 登録する. */
export default function ReviewProfile({ loaderData, actionData }: Route.ComponentProps) {
  const { key, version, overtaken, lines, former } = loaderData;
  const changes = lines.map(({ block, key: name, label, before, after, changed }) => ({
    key: `${block}.${name}`,
    label,
    before: before === '' ? '(なし)' : before,
    after: after === '' ? '(なし)' : after,
    changed,
  }));
  return (
    <>
      <h1>登録情報の変更 入力内容の確認</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      {overtaken === undefined ? null : <Notice tone="warn" title={overtaken} />}
      {changes.length === 0 ? <p>{texts.nothingChanged}</p> : <p>入力内容をご確認ください。</p>}
      {changes.length === 0 ? null : <Diff caption="変更前と変更後" changes={changes} />}
      <Form method="post" className="mt-6">
        <FormGuard idempotencyKey={key} version={version} />
        <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
          {former === undefined ? null : <KeepFormer former={former} />}
        </FormState>
        <Actions>
          {changes.length === 0 ? null : (
            <Button variant="primary" size="large">
              登録する
            </Button>
          )}
          <LinkButton to="/my/profile/edit">戻る</LinkButton>
        </Actions>
      </Form>
    </>
  );
}
