import { data, Form } from 'react-router';
import { newId } from '#kernel/id.ts';
import type { Refusal } from '#kernel/refusal.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { FormValues } from '#platform/http/form.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { RadioGroup } from '#ui/fields/Choices.tsx';
import { DateField } from '#ui/fields/DateField.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState, textOf } from '#ui/fields/formState.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import type { Route } from './+types/reorganisation.ts';
import { proposeChange } from '../../commands/keep-master.ts';
import { changeLabels, isChangeKind, masterNames as names } from '../../master-fields.ts';
import type { MasterDetail } from '../../queries/master.ts';
import { changeReview, masterDetail } from '../../queries/master.ts';

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

type Shown = { refusal: Refusal | undefined; values: FormValues; review: { burden: MasterDetail['burden']; parent: string } | undefined };

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  orThrow(await ask(masterDetail, ctx, { code: params.code }));
  const form = await parseForm(request);
  const { values } = form;
  const input = { ...form.input, code: params.code };
  if (form.intent === 'edit') return data<Shown>({ refusal: undefined, values, review: undefined });
  if (form.intent !== 'save') {
    const asked = await ask(changeReview, ctx, input);
    const review = asked.ok ? asked.value : asked;
    if (review.ok) return data<Shown>({ refusal: undefined, values, review: review.value });
    const { data: refused, init } = refusalData(review, values);
    return data<Shown>({ refusal: refused.refusal, values, review: undefined }, init ?? {});
  }
  const outcome = await run(proposeChange, ctx, input, form.key);
  if (outcome.ok) return redirectWithFlash(context, `/jma/associations/${params.code}`, '入力しました。別の担当者が予約してください。');
  const { data: refused, init } = refusalData(outcome, values);
  return data<Shown>({ refusal: refused.refusal, values, review: undefined }, init ?? {});
}

function Fields({ today }: { today: Route.ComponentProps['loaderData']['today'] }) {
  return (
    <>
      <RadioGroup
        name="kind"
        label={names.change}
        required
        options={Object.entries(changeLabels).map(([value, label]) => ({ value, label }))}
      />
      <TextField name="name" label={`${changeLabels.rename}:新しい名称`} hint="改称のとき必須。60文字以内" autoComplete="off" />
      <TextField
        name="kana"
        label={`${changeLabels.rename}:新しいフリガナ`}
        hint="改称のとき必須。全角カタカナ60文字以内"
        autoComplete="off"
      />
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

function Review({ shown, idempotencyKey }: { shown: Shown & { review: NonNullable<Shown['review']> }; idempotencyKey: string }) {
  const { values, review } = shown;
  const text = (name: string) => textOf(values[name]) ?? '';
  const kind = text('kind');
  return (
    <Form method="post">
      <FormGuard idempotencyKey={idempotencyKey} />
      {['kind', 'name', 'kana', 'parentCode', 'startsOn', 'reason'].map((name) => (
        <input key={name} type="hidden" name={name} value={text(name)} />
      ))}
      <DefinitionTable
        items={[
          { label: names.change, value: isChangeKind(kind) ? changeLabels[kind] : '' },
          ...(kind === 'rename' ? [{ label: names.name, value: `${text('name')}(${text('kana')})` }] : []),
          ...(kind === 'reparent' ? [{ label: names.parent, value: review.parent }] : []),
          { label: names.startsOn, value: text('startsOn') },
          { label: names.reason, value: text('reason') },
          { label: '適用日以降の会員', value: `${review.burden.members.toLocaleString('ja-JP')}名` },
          { label: '処理中の届', value: `${review.burden.cases}件` },
          { label: '下位の医師会', value: `${review.burden.below}件` },
          { label: '事務局ユーザー', value: `${review.burden.staff}名` },
        ]}
      />
      <p className="my-4">
        別の担当者が予約すると、適用日に変更され、すべての医師会にお知らせします。これまでの名称と上位医師会は履歴に残ります。
      </p>
      <Actions>
        <Button variant="primary" name="intent" value="save">
          入力を確定する
        </Button>
        <Button name="intent" value="edit">
          戻る
        </Button>
      </Actions>
    </Form>
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
        <Review shown={{ ...actionData, review }} idempotencyKey={key} />
      )}
    </>
  );
}
