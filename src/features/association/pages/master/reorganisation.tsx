import { data, Form } from 'react-router';
import { newId } from '#kernel/id.ts';
import type { Refusal, Refused } from '#kernel/refusal.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { FormValues } from '#platform/http/form.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { Checkbox, RadioGroup } from '#ui/fields/Choices.tsx';
import { DateField } from '#ui/fields/DateField.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { TextArea } from '#ui/fields/TextArea.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/reorganisation.ts';
import { proposeChange } from '../../commands/keep-master.ts';
import { changeLabels, formChangeLabels, masterNames as names, splitRuleLabels } from '../../master-fields.ts';
import type { ChangeReview } from '../../queries/master.ts';
import { changeReview, masterDetail } from '../../queries/master.ts';
import { ReorganisationReview } from './reorganisation-review.tsx';

export const handle = definePage({
  id: 'J-02',
  title: '組織改編',
  crumb: '組織改編',
  who: ['office'],
  roles: ['admin'],
  layers: [1],
  audit: 'association.proposeChange',
});

export const meta = () => [{ title: '組織改編 | MAMIS' }];

export async function loader({ context, params }: Route.LoaderArgs) {
  const { row, today } = orThrow(await ask(masterDetail, contextOf(context), { code: params.code }));
  return { row, today, key: newId() };
}

type Shown = { refusal: Refusal | undefined; values: FormValues; review: ChangeReview | undefined };

function refused(refusal: Refused, values: FormValues, review?: ChangeReview) {
  const { data: said, init } = refusalData(refusal, values);
  return data<Shown>({ refusal: said.refusal, values, review }, init ?? {});
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  orThrow(await ask(masterDetail, ctx, { code: params.code }));
  const form = await parseForm(request);
  const { values } = form;
  const input = { ...form.input, code: params.code };
  if (form.intent === 'edit') return data<Shown>({ refusal: undefined, values, review: undefined });
  const asked = await ask(changeReview, ctx, input);
  const review = asked.ok ? asked.value : asked;
  if (form.intent !== 'save')
    return review.ok ? data<Shown>({ refusal: undefined, values, review: review.value }) : refused(review, values);
  const outcome = await run(proposeChange, ctx, input, form.key);
  if (outcome.ok) return redirectWithFlash(context, `/jma/associations/${params.code}`, '入力しました。別の担当者が予約してください。');
  return refused(outcome, values, review.ok ? review.value : undefined);
}

function MoveFields() {
  return (
    <fieldset className="my-4">
      <legend className="font-bold">{`${changeLabels.merge}・${changeLabels.split}`}</legend>
      <TextField
        name="targetCode"
        label={names.targetCode}
        width="short"
        hint="合併・分割のとき必須。5桁の数字。新しい医師会は、先に新規登録してください"
        inputMode="numeric"
        autoComplete="off"
      />
      <Checkbox name="carriesStaff" label={`${changeLabels.merge}:${names.carriesStaff}`} />
      <RadioGroup
        name="splitRule"
        label={`${changeLabels.split}:${names.splitRule}`}
        options={Object.entries(splitRuleLabels).map(([value, label]) => ({ value, label }))}
      />
      <TextArea
        name="splitText"
        label={`${changeLabels.split}:${names.splitText}`}
        hint="分割のとき必須。1行に1つ。所在地は、含まれる文字(例:北区梅田)を入力します。CSVの医籍登録番号の列をそのまま貼り付けることもできます。5,000行まで"
      />
    </fieldset>
  );
}

function Fields({ today }: { today: Route.ComponentProps['loaderData']['today'] }) {
  return (
    <>
      <RadioGroup
        name="kind"
        label={names.change}
        required
        options={Object.entries(formChangeLabels).map(([value, label]) => ({ value, label }))}
      />
      <TextField name="name" label={`${changeLabels.rename}:新しい名称`} hint="改称のとき必須。60文字以内" autoComplete="off" />
      <TextField
        name="kana"
        label={`${changeLabels.rename}:新しいフリガナ`}
        hint="改称のとき必須。全角カタカナ60文字以内"
        autoComplete="off"
      />
      <MoveFields />
      <TextField
        name="parentCode"
        label={`${changeLabels.reparent}:${names.parentCode}`}
        width="short"
        hint="上位変更のとき必須。5桁の数字"
        inputMode="numeric"
        autoComplete="off"
      />
      <DateField name="startsOn" label={names.startsOn} required today={today} />
      <TextField name="reason" label={names.reason} required width="wide" hint="200文字以内" autoComplete="off" />
    </>
  );
}

export default function Reorganisation({ loaderData, actionData }: Route.ComponentProps) {
  const { row, today, key } = loaderData;
  const review = actionData?.review;
  return (
    <>
      <h1>{`組織改編:${row.name}`}</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      {actionData === undefined || review === undefined ? (
        <Form method="post">
          <FormGuard idempotencyKey={key} />
          <Notice tone="info" title="入力の後、別の担当者が予約します。">
            <p>適用日の前であれば取り消せます。これまでの名称・会員歴はすべて残ります。</p>
          </Notice>
          <FormState errors={actionData?.refusal?.fields} values={actionData?.values}>
            <Fields today={today} />
          </FormState>
          <Actions>
            <Button variant="primary" name="intent" value="review">
              確認画面に進む
            </Button>
            <LinkButton to={`/jma/associations/${row.code}`}>戻る</LinkButton>
          </Actions>
        </Form>
      ) : (
        <FormState errors={actionData.refusal?.fields} values={undefined}>
          <ReorganisationReview shown={{ values: actionData.values, review }} idempotencyKey={key} />
        </FormState>
      )}
    </>
  );
}
