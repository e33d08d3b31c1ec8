import { Form } from 'react-router';
import { newId } from '#kernel/id.ts';
import { formatInstant } from '#kernel/wareki.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { TextArea } from '#ui/fields/TextArea.tsx';
import { Actions, Button } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import type { Route } from './+types/memo.ts';
import { saveMemberMemo } from '../commands/save-memo.ts';
import { memberMemo } from '../queries/member-head.ts';
import { MemberFrame } from './member-frame.tsx';

export const handle = definePage({
  id: 'O-08',
  title: '会員の事務局メモ',
  crumb: '事務局メモ',
  under: [{ label: '会員情報詳細', up: 1 }],
  who: ['office'],
  audit: 'member.viewed',
});

export const meta = () => [{ title: '会員の事務局メモ | MAMIS' }];

export async function loader({ context, params }: Route.LoaderArgs) {
  return { ...orThrow(await ask(memberMemo, contextOf(context), { id: params.id })), key: newId() };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const { version, memoBody } = form.input;
  const outcome = await run(saveMemberMemo, contextOf(context), { id: params.id, version, memoBody }, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirectWithFlash(context, `/office/members/${params.id}/memo`, '保存しました。');
}

type Memo = Route.ComponentProps['loaderData']['former'][number];

function Former({ memos }: { memos: readonly Memo[] }) {
  if (memos.length === 0) return null;
  return (
    <Section title="以前のメモ">
      {memos.map((memo) => (
        <article className="mb-4" key={memo.version}>
          <p>{`${memo.authorName} ${formatInstant(memo.at)}`}</p>
          <p className="whitespace-pre-wrap">{memo.body === '' ? '(空欄)' : memo.body}</p>
        </article>
      ))}
    </Section>
  );
}

/** 事務局メモ about one member, of the own office only. */
export default function MemberMemoPage({ loaderData, actionData }: Route.ComponentProps) {
  const { head, memo, former, key } = loaderData;
  return (
    <MemberFrame head={head} current="memo">
      <ErrorSummary refusal={actionData?.refusal} />
      <Section title="事務局メモ">
        <p>貴会の事務局だけが見られます。ほかの医師会とご本人には表示されません。</p>
        {memo === undefined ? null : <p>{`最終更新:${memo.authorName} ${formatInstant(memo.at)}`}</p>}
        {actionData?.refusal.code === 'conflict' && memo !== undefined ? (
          <p className="whitespace-pre-wrap">{`現在の内容:\n${memo.body}`}</p>
        ) : null}
        <Form method="post">
          <FormGuard idempotencyKey={key} />
          <input type="hidden" name="version" value={memo?.version ?? 0} key={memo?.version ?? 0} />
          <FormState errors={actionData?.refusal.fields} values={actionData?.values ?? { memoBody: memo?.body ?? '' }}>
            <TextArea name="memoBody" label="事務局メモ" limit={2000} />
          </FormState>
          <Actions>
            <Button variant="primary">保存する</Button>
          </Actions>
        </Form>
      </Section>
      <Former memos={former} />
    </MemberFrame>
  );
}
