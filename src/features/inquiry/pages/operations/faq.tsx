import { Form, Link } from 'react-router';
import { isId, newId } from '#kernel/id.ts';
import { formatInstant } from '#kernel/wareki.ts';
import { addQuestion, withdrawQuestion } from '#features/help/commands/keep-faq.ts';
import { faqTexts as texts } from '#features/help/labels.ts';
import { faqEntries } from '#features/help/queries/faq.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { Checkbox } from '#ui/fields/Choices.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { TextArea } from '#ui/fields/TextArea.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button } from '#ui/parts/Button.tsx';
import { Card, Section } from '#ui/parts/Card.tsx';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
import type { Route } from './+types/faq.ts';
import { inquiry } from '../../queries/inquiry.ts';

export const handle = definePage({
  id: 'P-05-faq',
  title: 'よくある質問',
  crumb: 'よくある質問',
  who: ['operations', 'office'],
  layers: [1],
  audit: 'help.addQuestion',
});

export const meta = () => [{ title: 'よくある質問 | MAMIS' }];

const here = '/operations/faq';

/** What the desk answered, to be rewritten; empty without an inquiry, or with one that is not at this desk. */
async function startOf(ctx: ReturnType<typeof contextOf>, address: string) {
  const id = new URL(address).searchParams.get('inquiry') ?? '';
  const asked = isId(id) ? await ask(inquiry, ctx, { id }) : undefined;
  if (asked?.ok !== true || asked.value.view.side !== 'desk') return { question: '', answer: '' };
  const { view } = asked.value;
  return { question: view.subject, answer: view.messages.findLast((message) => message.own)?.body ?? '' };
}

export async function loader({ context, request }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const entries = orThrow(await ask(faqEntries, ctx, {}));
  return { entries, start: await startOf(ctx, request.url), key: newId() };
}

export async function action({ context, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const form = await parseForm(request);
  const withdraws = form.intent === 'withdraw';
  const outcome = withdraws ? await run(withdrawQuestion, ctx, form.input, form.key) : await run(addQuestion, ctx, form.input, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirectWithFlash(context, here, withdraws ? '取り下げました。' : 'よくある質問に追加しました。');
}

type Entry = Route.ComponentProps['loaderData']['entries'][number];

function Added({ entry }: { entry: Entry }) {
  return (
    <Card level={3} title={entry.question}>
      <p className="whitespace-pre-line">{entry.answer}</p>
      <p>{`${entry.addedName} ${formatInstant(entry.addedAt)}`}</p>
      <Form method="post">
        <FormGuard idempotencyKey={`faq:${entry.id}`} />
        <input type="hidden" name="id" value={entry.id} />
        <Actions>
          <Button size="small" variant="danger" name="intent" value="withdraw" aria-label={`「${entry.question}」を取り下げる`}>
            取り下げる
          </Button>
        </Actions>
      </Form>
    </Card>
  );
}

/** よくある質問に追加する (`screens.md P-05`): what a desk answers again and again, for everybody to read. */
export default function KeepFaq({ loaderData, actionData }: Route.ComponentProps) {
  const { entries, start, key } = loaderData;
  return (
    <>
      <h1>よくある質問</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      <p>
        追加した質問と回答は、ログインしていない人を含むすべての人が<Link to="/help">よくある質問</Link>で読めます。
      </p>
      <Section title="追加する">
        <Form method="post">
          <FormGuard idempotencyKey={key} />
          <FormState errors={actionData?.refusal.fields} values={actionData?.values ?? start}>
            <TextField name="question" label={texts.question} required width="wide" hint="100文字以内" autoComplete="off" />
            <TextArea name="answer" label={texts.answer} required rows={8} limit={2000} />
            <Checkbox name="anonymous" label={`${texts.anonymous}を確認しました`} required />
          </FormState>
          <Actions>
            <Button variant="primary">追加する</Button>
          </Actions>
        </Form>
      </Section>
      <Section title={`追加した質問 ${entries.length}件`}>
        {entries.length === 0 ? <EmptyState>追加した質問はありません。</EmptyState> : null}
        {entries.map((entry) => (
          <Added key={entry.id} entry={entry} />
        ))}
      </Section>
    </>
  );
}
