import { data, useLocation } from 'react-router';
import { newId } from '#kernel/id.ts';
import type { Refusal } from '#kernel/refusal.ts';
import { refuse } from '#kernel/refusal.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { FormValues, ParsedForm } from '#platform/http/form.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { textOf } from '#ui/fields/formState.tsx';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/check.ts';
import { startBulk } from '../commands/start.ts';
import { bulkWord } from '../labels.ts';
import { bulkTexts } from '../messages.ts';
import type { Check } from '../queries/check.ts';
import { check, checkAgain } from '../queries/check.ts';
import { tickedRows } from '../schema.ts';
import { CheckForm } from './check-form.tsx';

export const handle = definePage({
  id: 'O-04',
  title: '一括操作',
  crumb: '一括操作',
  who: ['office'],
  audit: 'application.listed',
  limits: { bodyBytes: 256 * 1024, perMinute: 60 },
});

export const meta = () => [{ title: '一括操作 | MAMIS' }];

/** Where the list stood: 申請一覧へ leads back there. */
function listAddress(conditions: string): string {
  return `/office/applications${conditions.startsWith('?') ? conditions : ''}`;
}

export async function loader({ context, request }: Route.LoaderArgs) {
  const again = new URL(request.url).searchParams.get('run');
  if (again === null) return { check: undefined, retryOf: '', key: newId() };
  const found = orThrow(await ask(checkAgain, contextOf(context), { id: again }));
  return { check: found, retryOf: again, key: newId() };
}

/** The common input of the form: everything that is not about rows. */
function commonOf({ input }: ParsedForm): Record<string, unknown> {
  const { dateBy, day, board, reasons, message, reason, note } = input;
  return { dateBy, day, board, reasons, message, reason, note };
}

async function look(ctx: Context, form: ParsedForm, ids: readonly string[] | undefined): Promise<Check> {
  const { action: name, id, all, conditions } = form.input;
  const chosen = ids === undefined ? { id, all } : { id: ids };
  return orThrow(await ask(check, ctx, { action: name, ...chosen, conditions, common: commonOf(form) }));
}

type Shown = { check: Check; refusal: Refusal | undefined; values: FormValues | undefined; retryOf: string; conditions: string };

/** Ticks made by hand stay as long as they speak of the same verdicts. */
function kept(form: ParsedForm, found: Check): FormValues {
  return textOf(form.values['checkedFor']) === found.checkedFor ? form.values : { ...form.values, row: [], confirm: [], fresh: '1' };
}

async function selected(ctx: Context, form: ParsedForm): Promise<Shown> {
  const found = await look(ctx, form, undefined);
  const wrong = found.tooMany ? bulkTexts.most : found.rows.length === 0 ? bulkTexts.none : undefined;
  const refusal = wrong === undefined ? undefined : refuse('invalid', { message: wrong }).refusal;
  return { check: found, refusal, values: undefined, retryOf: '', conditions: textOf(form.values['conditions']) ?? '' };
}

export async function action({ context, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const form = await parseForm(request);
  if (form.intent !== 'check' && form.intent !== 'run') return data(await selected(ctx, form));
  const ticked = tickedRows.safeParse(form.input);
  if (!ticked.success) throw data({}, { status: 400 });
  const conditions = textOf(form.values['conditions']) ?? '';
  const retryOf = textOf(form.values['retryOf']) ?? '';
  if (form.intent === 'run') {
    const { action: name, checkedFor } = form.input;
    const wish = { action: name, common: commonOf(form), checkedFor, rows: ticked.data.rows, retryOf };
    const outcome = await run(startBulk, ctx, wish, form.key);
    if (outcome.ok) return redirectWithFlash(context, `/office/applications/bulk/${outcome.value.id}`, startedText(outcome.value.total));
    const found = await look(ctx, form, ticked.data.ids);
    // Whoever changes the input has not seen yet what it does: that is said before anything about rows.
    const changed = found.errors === undefined && textOf(form.values['checkedFor']) !== found.checkedFor;
    const answer = refusalData(changed ? refuse('conflict', { message: bulkTexts.changedInput }) : outcome, form.values);
    return data<Shown>(
      { check: found, refusal: atForm(answer.data.refusal), values: kept(form, found), retryOf, conditions },
      answer.init ?? {},
    );
  }
  const found = await look(ctx, form, ticked.data.ids);
  return data<Shown>({ check: found, refusal: undefined, values: kept(form, found), retryOf, conditions });
}

function startedText(total: number): string {
  return `${total}件の一括操作を開始しました。`;
}

/** Messages about the rows as a whole have no field of their own. */
function atForm(refusal: Refusal): Refusal {
  const { rows, ...fields } = refusal.fields ?? {};
  return rows?.[0] === undefined ? refusal : { ...refusal, message: rows[0], fields };
}

export default function BulkCheck({ loaderData, actionData }: Route.ComponentProps) {
  const { search } = useLocation();
  const found = actionData?.check ?? loaderData.check;
  const back = listAddress(actionData?.conditions ?? '');
  if (found === undefined || found.rows.length === 0) {
    return (
      <>
        <h1>一括操作</h1>
        <ErrorSummary refusal={actionData?.refusal} />
        {actionData?.refusal === undefined ? <EmptyState>{bulkTexts.none}</EmptyState> : null}
        <Actions>
          <LinkButton to={back}>申請一覧へ</LinkButton>
        </Actions>
      </>
    );
  }
  return (
    <>
      <h1>{`一括操作:${bulkWord(found.action)}`}</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      {found.gone > 0 ? <Notice tone="warn" title={`${found.gone}件の申請は、見つからないか表示できる範囲にありません。`} /> : null}
      <CheckForm
        key={`${found.checkedFor} ${search}`}
        check={found}
        idempotencyKey={loaderData.key}
        errors={actionData?.refusal?.fields ?? (actionData?.values === undefined ? undefined : found.errors)}
        values={actionData?.values}
        retryOf={actionData?.retryOf ?? loaderData.retryOf}
        conditions={actionData?.conditions ?? ''}
        back={back}
      />
    </>
  );
}
