import { data } from 'react-router';
import { newId } from '#kernel/id.ts';
import { messages } from '#kernel/messages.ts';
import type { Refusal, Refused } from '#kernel/refusal.ts';
import { refuseFields, statusOf } from '#kernel/refusal.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import { filesUnder } from '#platform/http/files-under.ts';
import type { FormValues, ParsedForm } from '#platform/http/form.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { textOf } from '#ui/fields/formState.tsx';
import type { Route } from './+types/edit.ts';
import { saveInfo, takeSeal } from '../../commands/save-info.ts';
import type { InfoReview, InfoStart } from '../../queries/info.ts';
import { infoReview, infoStart } from '../../queries/info.ts';
import { InfoForm, ReviewPanel } from './form.tsx';

export const handle = definePage({
  id: 'O-19',
  title: '医師会情報の変更',
  crumb: '変更',
  who: ['office'],
  roles: ['admin'],
  audit: 'association.saveInfo',
  // The text, and a seal that may be too large to be taken but must be answered in words.
  limits: { bodyBytes: 11 * 1024 * 1024 },
});

export const meta = () => [{ title: '医師会情報の変更 | MAMIS' }];

/** After a conflict the form carries what stands now, so that the next press sees it. */
export const shouldRevalidate = ({ actionStatus, defaultShouldRevalidate }: { actionStatus?: number; defaultShouldRevalidate: boolean }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export async function loader({ context, request }: Route.LoaderArgs) {
  const on = new URL(request.url).searchParams.get('on') ?? '';
  return { start: orThrow(await ask(infoStart, contextOf(context), { on })), key: newId() };
}

type Shown = { refusal: Refusal | undefined; values: FormValues; review: InfoReview | undefined; answer: string };

function shown(values: FormValues, more: Partial<Shown> = {}): Shown {
  return { refusal: undefined, values, review: undefined, answer: newId(), ...more };
}

function refusedForm(outcome: Refused, values: FormValues, more: Partial<Shown> = {}) {
  const { data: form, init } = refusalData(outcome, values);
  return data(shown(values, { refusal: form.refusal, ...more }), init ?? {});
}

/** After a picture came or went the form stands as it is, with what has been typed on the way. */
function standing({ values, intent }: Pick<ParsedForm, 'values' | 'intent'>): Partial<Shown> {
  const answer = textOf(values['answer']);
  return answer === undefined || !/^(upload|delete-file):/.test(intent) ? {} : { answer };
}

/** A picture that came along is kept, whichever button was pressed; the form names it from now on. */
async function withSeal(ctx: Context, form: ParsedForm) {
  const [file] = filesUnder(form.input['seal']);
  if (file === undefined) return { values: form.values, input: form.input, refused: undefined };
  const taken = await takeSeal(ctx, file);
  if (!taken.ok) return { values: form.values, input: form.input, refused: taken };
  const sealId = taken.value.id;
  return { values: { ...form.values, sealId }, input: { ...form.input, sealId }, refused: undefined };
}

export async function action({ context, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const form = await parseForm(request);
  const { values, input, refused } = await withSeal(ctx, form);
  if (refused !== undefined) return refusedForm(refused, values, standing(form));
  if (form.intent === 'upload:seal' && filesUnder(input['seal']).length === 0) {
    return refusedForm(refuseFields({ seal: [messages.file()] }), values, standing(form));
  }
  if (form.intent === 'edit' || form.intent.startsWith('upload:')) return data(shown(values, standing(form)));
  if (form.intent.startsWith('delete-file:')) return data(shown({ ...values, sealId: '' }, standing(form)));
  if (form.intent !== 'save') {
    const asked = await ask(infoReview, ctx, input);
    const review = asked.ok ? asked.value : asked;
    return review.ok ? data(shown(values, { review: review.value })) : refusedForm(review, values);
  }
  const outcome = await run(saveInfo, ctx, input, form.key);
  return outcome.ok ? redirectWithFlash(context, '/office/association', '保存しました。') : refusedForm(outcome, values);
}

function startValues({ content, startsOn }: InfoStart): FormValues {
  return { ...content, sealId: content.sealId ?? '', startsOn: formatDayPlain(startsOn) };
}

/** What the person saw, the newest version or the one that filled the form; after a conflict the present one. */
function seen(name: 'version' | 'base', answer: Shown | undefined, present: number): number {
  const typed = answer === undefined || (answer.refusal !== undefined && statusOf(answer.refusal) === 409) ? '' : answer.values[name];
  return typeof typed === 'string' && /^\d{1,6}$/.test(typed) ? Number(typed) : present;
}

export default function EditInfo({ loaderData, actionData }: Route.ComponentProps) {
  const { start, key } = loaderData;
  const values = { ...(actionData?.values ?? startValues(start)), base: String(seen('base', actionData, start.base)) };
  const common = { values, version: seen('version', actionData, start.version), idempotencyKey: key };
  return (
    <>
      <h1>{actionData?.review === undefined ? '医師会情報の変更' : '医師会情報の確認'}</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      {actionData?.review === undefined ? (
        <InfoForm {...common} today={start.today} errors={actionData?.refusal?.fields} answer={actionData?.answer ?? ''} />
      ) : (
        <ReviewPanel {...common} review={actionData.review} />
      )}
    </>
  );
}
