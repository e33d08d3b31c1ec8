import { Form } from 'react-router';
import { newId } from '#kernel/id.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { DateField } from '#ui/fields/DateField.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import type { Route } from './+types/name.ts';
import { requestName } from '../../commands/save-info.ts';
import { infoNames as names } from '../../info-fields.ts';
import { infoStart } from '../../queries/info.ts';

export const handle = definePage({
  id: 'O-19',
  title: '名称の変更の申出',
  crumb: '名称の変更の申出',
  who: ['office'],
  roles: ['admin'],
  audit: 'association.requestName',
});

export const meta = () => [{ title: '名称の変更の申出 | MAMIS' }];

export async function loader({ context }: Route.LoaderArgs) {
  const { association, today } = orThrow(await ask(infoStart, contextOf(context), {}));
  return { name: association.name, kana: association.kana, today, key: newId() };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const outcome = await run(requestName, contextOf(context), form.input, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirectWithFlash(context, '/office/association', '日本医師会に名称の変更を申し出ました。');
}

/** 名称・フリガナ: asked of the JMA, which changes the master (`screens.md O-19, J-02`). */
export default function RequestName({ loaderData, actionData }: Route.ComponentProps) {
  const { name, kana, today, key } = loaderData;
  return (
    <>
      <h1>名称の変更の申出</h1>
      <p>{`現在の名称:${name}(${kana})`}</p>
      <p>日本医師会が確認し、医師会マスタを変更します。</p>
      <ErrorSummary refusal={actionData?.refusal} />
      <Form method="post">
        <FormGuard idempotencyKey={key} />
        <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
          <TextField name="name" label={names.name} required hint="60文字以内" autoComplete="off" />
          <TextField name="kana" label={names.kana} required hint="全角カタカナ60文字以内" autoComplete="off" />
          <DateField name="startsOn" label={names.startsOn} required today={today} />
          <TextField name="reason" label={names.reason} required width="wide" hint="200文字以内" autoComplete="off" />
        </FormState>
        <Actions>
          <Button variant="primary">申し出る</Button>
          <LinkButton to="/office/association">戻る</LinkButton>
        </Actions>
      </Form>
    </>
  );
}
