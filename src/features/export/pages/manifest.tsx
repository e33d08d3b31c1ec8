import { useEffect } from 'react';
import { Link, redirect, useRevalidator } from 'react-router';
import { newId } from '#kernel/id.ts';
import { refuseFields } from '#kernel/refusal.ts';
import { messages } from '#kernel/messages.ts';
import { confirmPassword } from '#features/identity/commands/confirm-password.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ParsedForm } from '#platform/http/form.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import { PrintButton } from '#ui/parts/PrintButton.tsx';
import type { Route } from './+types/manifest.ts';
import { approveExport, declineExport } from '../commands/answer.ts';
import { grantFetch } from '../commands/fetch.ts';
import { reportDeletion } from '../commands/report-deletion.ts';
import { exportTexts } from '../messages.ts';
import { manifest } from '../queries/manifest.ts';
import { ManifestFacts } from './manifest-facts.tsx';
import { AnswerForm, DeletionForm, FetchForm } from './manifest-forms.tsx';

export const handle = definePage({
  id: 'O-23',
  title: '出力の内容',
  crumb: '出力の内容',
  who: ['office'],
  audit: 'export.fetch',
  limits: { perMinute: 120 },
});

export const meta = () => [{ title: 'データ出力 出力の内容 | MAMIS' }];

export async function loader({ context, params }: Route.LoaderArgs) {
  return { manifest: orThrow(await ask(manifest, contextOf(context), { id: params.id })), key: newId() };
}

async function fetchFile(ctx: Context, id: string, form: ParsedForm) {
  const { password, reason } = form.input;
  if (typeof password !== 'string' || password === '') return refuseFields({ password: [messages.req('パスワード')] });
  const confirmed = await confirmPassword(ctx, password, exportTexts.wrongPassword);
  return confirmed.ok ? await run(grantFetch, ctx, { id, reason }, form.key) : confirmed;
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const form = await parseForm(request);
  const { id } = params;
  const here = `/office/exports/${id}`;
  if (form.intent === 'fetch') {
    const outcome = await fetchFile(ctx, id, form);
    return outcome.ok ? redirect(`${here}/file/${outcome.value.eventId}`, 303) : refusalData(outcome, form.values);
  }
  if (form.intent === 'delete') {
    const outcome = await run(reportDeletion, ctx, { ...form.input, id }, form.key);
    return outcome.ok ? redirectWithFlash(context, here, '削除を報告しました。') : refusalData(outcome, form.values);
  }
  const approves = form.intent === 'approve';
  const outcome = await run(approves ? approveExport : declineExport, ctx, { ...form.input, id }, form.key);
  return outcome.ok ? redirectWithFlash(context, here, approves ? '承認しました。' : '却下しました。') : refusalData(outcome, form.values);
}

const lookAgainMs = 2_000;

function useProgress(making: boolean): void {
  const { revalidate, state } = useRevalidator();
  useEffect(() => {
    if (!making || state !== 'idle') return undefined;
    const timer = setTimeout(() => void revalidate(), lookAgainMs);
    return () => clearTimeout(timer);
  }, [making, revalidate, state]);
}

function Making() {
  return (
    <>
      <noscript>
        <meta httpEquiv="refresh" content="3" />
      </noscript>
      <Notice tone="info" title="ファイルを作成しています。">
        <p>このページを離れても作成は続きます。</p>
        <Link className="inline-flex min-h-11 items-center" to="." reloadDocument>
          最新の状態を表示する
        </Link>
      </Notice>
    </>
  );
}

export default function ManifestPage({ loaderData, actionData }: Route.ComponentProps) {
  const { manifest: facts, key } = loaderData;
  useProgress(facts.making);
  return (
    <>
      <h1>{`データ出力 ${facts.number}`}</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      {facts.making ? <Making /> : null}
      <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
        {facts.may.answer ? <AnswerForm idempotencyKey={key} /> : null}
        {facts.may.fetch ? <FetchForm manifest={facts} idempotencyKey={key} /> : null}
        {facts.may.report ? <DeletionForm idempotencyKey={key} /> : null}
      </FormState>
      <ManifestFacts manifest={facts} />
      <Actions>
        {facts.lost ? <LinkButton to={`/office/exports/new?from=${facts.id}`}>同じ内容で作成し直す</LinkButton> : null}
        <PrintButton>マニフェストを印刷する</PrintButton>
        <LinkButton to="/office/exports" variant="text">
          データ出力の一覧に戻る
        </LinkButton>
      </Actions>
    </>
  );
}
