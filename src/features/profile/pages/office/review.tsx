import { data, Form, redirect } from 'react-router';
import { newId } from '#kernel/id.ts';
import type { Refusal } from '#kernel/refusal.ts';
import { changedMeanwhile } from '#features/person/commands/change-profile.ts';
import { comparedBlocks, profileBlocks } from '#features/person/fields.ts';
import { texts } from '#features/person/messages.ts';
import { asksFormerName } from '#features/person/rules.ts';
import { profileInput } from '#features/person/schema.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { type FormValues, parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { DateField } from '#ui/fields/DateField.tsx';
import { FilesField } from '#ui/fields/FilesField.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Diff } from '#ui/parts/Diff.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import { changeProfileForDoctor } from '../../commands/change-for-doctor.ts';
import { proxyLabels } from '../../labels.ts';
import type { Paper } from '../../queries/changes.ts';
import { memberProfileToEdit } from '../../queries/office-profile.ts';
import { mostPapers, paperFields } from '../../rules.ts';
import { KeepFormer } from '../keep-former.tsx';
import { KeptPapers } from './kept-papers.tsx';
import { papersSent } from './papers-sent.ts';
import type { Route } from './+types/review.ts';

export const handle = definePage({
  id: 'O-09',
  title: '登録情報の代理変更 入力内容の確認',
  crumb: '入力内容の確認',
  under: [
    { label: '会員情報詳細', up: 2 },
    { label: '登録情報の代理変更', up: 1 },
  ],
  who: ['office'],
  audit: 'person.changeProfileByOffice',
  limits: { bodyBytes: 32 * 1024 * 1024, perMinute: 60 },
});

export const meta = () => [{ title: '登録情報の代理変更 入力内容の確認 | MAMIS' }];

/** After a conflict the page shows what stands now, so that the next press sees it. */
export const shouldRevalidate = ({ actionStatus, defaultShouldRevalidate }: { actionStatus?: number; defaultShouldRevalidate: boolean }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export async function loader({ context, params }: Route.LoaderArgs) {
  const { target, draft, version, blocks, grounds, today } = orThrow(await ask(memberProfileToEdit, contextOf(context), { id: params.id }));
  const base = `/office/members/${target.person.personId}`;
  const typed = profileInput.safeParse(draft ?? {});
  if (!typed.success) throw redirect(`${base}/profile`, 303);
  const before = target.person.profile;
  return {
    base,
    former: asksFormerName(before, typed.data) ? `${before.surname}(${before.surnameKana})` : undefined,
    needsPaper: paperFields.some((name) => before[name] !== typed.data[name]),
    grounds,
    today,
    key: newId(),
    name: target.person.name,
    version: target.person.version,
    overtaken: version === target.person.version ? undefined : changedMeanwhile(target).refusal.message,
    lines: comparedBlocks(blocks, profileBlocks(typed.data, target.words)).filter((line) => line.changed),
  };
}

type Answer = { refusal: Refusal; values: FormValues; papers: readonly Paper[] };

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const { draft, target } = orThrow(await ask(memberProfileToEdit, ctx, { id: params.id }));
  const form = await parseForm(request);
  const { personId } = target.person;
  // A second press after the first has registered everything.
  if (draft === undefined) return redirect(`/office/members/${personId}`, 303);
  const sent = await papersSent(ctx, form, { personId, version: target.person.version });
  const { version, ground, askedOn, keepFormer } = form.input;
  const paperIds = sent.papers.map((paper) => paper.id);
  const change = { ...draft, personId, version, ground, askedOn, keepFormer, paperIds };
  const outcome = sent.refused ?? (await run(changeProfileForDoctor, ctx, change, form.key));
  if (outcome.ok) return redirectWithFlash(context, `/office/members/${personId}`, proxyLabels.saved);
  const shown = refusalData(outcome, form.values);
  return data<Answer>({ ...shown.data, papers: sent.papers }, shown.init ?? {});
}

/** O-09: 変更前 / 変更後, by whose wish, and 登録する. */
export default function ReviewMemberProfile({ loaderData, actionData }: Route.ComponentProps) {
  const { key, version, overtaken, lines, base, grounds, today, name, former, needsPaper } = loaderData;
  const changes = lines.map(({ block, key: field, label, before, after, changed }) => ({
    key: `${block}.${field}`,
    label,
    before: before === '' ? '(なし)' : before,
    after: after === '' ? '(なし)' : after,
    changed,
  }));
  return (
    <>
      <h1>{`登録情報の代理変更 入力内容の確認:${name} 様`}</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      {overtaken === undefined ? null : <Notice tone="warn" title={overtaken} />}
      {changes.length === 0 ? <p>{texts.nothingChanged}</p> : <Diff caption="変更前と変更後" changes={changes} />}
      <Form method="post" className="mt-6" encType="multipart/form-data">
        <FormGuard idempotencyKey={key} version={version} />
        <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
          {former === undefined ? null : <KeepFormer former={former} />}
          <SelectField name="ground" label="依頼の根拠" required options={grounds} />
          <DateField name="askedOn" label="依頼日" required today={today} />
          <KeptPapers papers={actionData?.papers ?? []} />
          <FilesField
            name="papers"
            label={proxyLabels.papers}
            required={needsPaper && (actionData?.papers ?? []).length === 0}
            most={mostPapers}
            hint={proxyLabels.papersHint}
          />
        </FormState>
        <p>{proxyLabels.told}</p>
        <Actions>
          {changes.length === 0 ? null : (
            <Button variant="primary" size="large">
              登録する
            </Button>
          )}
          <LinkButton to={`${base}/profile`}>戻る</LinkButton>
        </Actions>
      </Form>
    </>
  );
}
