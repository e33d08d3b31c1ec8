import { Form } from 'react-router';
import { newId } from '#kernel/id.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { RadioGroup } from '#ui/fields/Choices.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import type { Route } from './+types/mail-choices.ts';
import { chooseMails } from '../commands/choose-mails.ts';
import { mailChoiceOptions, mailKindLabels } from '../labels.ts';
import { mailKinds } from '../mail-choice.ts';
import { mailChoicesOf } from '../queries/mail-choices.ts';

export const handle = definePage({
  id: 'O-27-mails',
  title: 'メールの受け取り方',
  crumb: 'メールの受け取り方',
  who: ['office'],
  audit: { none: 'one’s own choices only' },
});

export const meta = () => [{ title: 'メールの受け取り方 | MAMIS' }];

export async function loader({ context }: Route.LoaderArgs) {
  return { choices: orThrow(await ask(mailChoicesOf, contextOf(context), {})), key: newId() };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const outcome = await run(chooseMails, contextOf(context), form.input, form.key);
  return outcome.ok ? redirectWithFlash(context, '/office/account', '保存しました。') : refusalData(outcome, form.values);
}

/** Which mails of the office one wants, and how (O-27). */
export default function MailChoices({ loaderData: { choices, key }, actionData }: Route.ComponentProps) {
  return (
    <>
      <h1>メールの受け取り方</h1>
      <p className="mb-4">
        医師会に届くお知らせのうち、ご自身がメールで受け取るものを選べます。「1日1回まとめて」は、毎朝8時にまとめてお送りします。
      </p>
      <p className="mb-6">
        受け取らないものも、画面ではいつでもご確認いただけます。督促や差戻しなど期限のあるお知らせは、いつもお送りします。
      </p>
      <ErrorSummary refusal={actionData?.refusal} />
      <Form method="post">
        <FormGuard idempotencyKey={key} />
        <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
          {mailKinds.map((kind) => (
            <RadioGroup
              key={kind}
              name={kind}
              label={mailKindLabels[kind]}
              required
              inline
              options={mailChoiceOptions}
              defaultValue={choices[kind]}
            />
          ))}
        </FormState>
        <Actions>
          <Button variant="primary">保存する</Button>
          <LinkButton to="/office/account">戻る</LinkButton>
        </Actions>
      </Form>
    </>
  );
}
