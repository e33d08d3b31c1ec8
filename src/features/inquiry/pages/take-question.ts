import { data } from 'react-router';
import type { Outcome, Refusal } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields, statusOf } from '#kernel/refusal.ts';
import { isId, newId } from '#kernel/id.ts';
import type { OfficeChoice } from '#features/association/queries/offices.ts';
import { officeChosen, officeSearch } from '#features/association/queries/offices.ts';
import { ask } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import { filesUnder } from '#platform/http/files-under.ts';
import type { FormValues, ParsedForm } from '#platform/http/form.ts';
import { parseForm } from '#platform/http/form.ts';
import { takeFiles } from '../commands/keep-files.ts';
import { inquiryTexts as texts } from '../messages.ts';
import type { Review } from '../queries/asking.ts';
import { keptFiles } from '../queries/asking.ts';

/** One form in three steps, each a plain POST to the same page: entry, the last look, 送信する (`screens.md A-15`). */

export type Kept = { id: string; fileName: string; size: number };

export type Answer = {
  step: 'form' | 'review';
  values: FormValues;
  files: readonly Kept[];
  batch: string;
  chosen: OfficeChoice | undefined;
  hits: readonly OfficeChoice[] | undefined;
  review: Review | undefined;
  refusal: Refusal | undefined;
};

/** How a page looks at a question before it is sent, and sends it. */
export type Way = {
  /** Of people without login: whether files are taken at all. Their text is judged first. */
  admit?: (ctx: Context, files: readonly File[]) => Outcome<true>;
  review: (ctx: Context, input: unknown) => Promise<Outcome<Review>>;
  send: (ctx: Context, input: unknown, key: string | undefined) => Promise<Outcome<{ id: string; number: string }>>;
};

function textOf(values: FormValues, name: string): string {
  const value = values[name];
  return typeof value === 'string' ? value : '';
}

function textsOf(values: FormValues, name: string): string[] {
  const value = values[name];
  return value === undefined ? [] : typeof value === 'string' ? [value] : [...value];
}

const searchIntent = 'search:associationId';

/** An answer that a form of ours cannot have caused is not shown as a form. */
function stop(refusal: Refusal): void {
  if (['notFound', 'forbidden', 'unauthenticated'].includes(refusal.code)) throw data({}, { status: statusOf(refusal) });
}

type Gathered = { batch: string; input: Record<string, unknown>; answer: Answer; refusal: Refusal | undefined };

/** Files of somebody unknown are taken only with a question that could be sent as it stands. */
async function admitted(
  ctx: Context,
  asked: { input: unknown; files: readonly File[]; search: boolean },
  way: Way,
): Promise<Outcome<true>> {
  if (way.admit === undefined) return accepted(true);
  const again = { files: [texts.chooseAgain] };
  if (asked.search) return refuseFields(again);
  const looked = await way.review(ctx, asked.input);
  if (looked.ok) return way.admit(ctx, asked.files);
  const { fields } = looked.refusal;
  return fields === undefined ? looked : refuseFields({ ...fields, ...again });
}

async function filesOf(ctx: Context, form: ParsedForm, about: { batch: string; kept: string[]; way: Way }): Promise<Outcome<string[]>> {
  const { batch, kept, way } = about;
  const files = form.intent === 'send' ? [] : filesUnder(form.input['files']);
  if (files.length === 0) return accepted([]);
  const asked = { input: { ...form.input, batch, fileIds: kept }, files, search: form.intent === searchIntent };
  const may = await admitted(ctx, asked, way);
  return may.ok ? await takeFiles(ctx, batch, { files, kept: kept.length }) : may;
}

async function gather(ctx: Context, form: ParsedForm, way: Way): Promise<Gathered> {
  const { values } = form;
  const asked = textOf(values, 'batch');
  const batch = isId(asked) ? asked : newId();
  const dropped = new Set(textsOf(values, 'dropFile'));
  const kept = textsOf(values, 'fileIds').filter((id) => isId(id) && !dropped.has(id));
  const taken = await filesOf(ctx, form, { batch, kept, way });
  const fileIds = [...new Set([...kept, ...(taken.ok ? taken.value : [])])];
  const [known, chosen] = [
    await ask(keptFiles, ctx, { batch, fileIds }),
    await ask(officeChosen, ctx, { id: textOf(values, 'associationId') }),
  ];
  const files = known.ok ? known.value : [];
  const answer: Answer = {
    step: 'form',
    values,
    files,
    batch,
    chosen: chosen.ok ? chosen.value[0] : undefined,
    hits: undefined,
    review: undefined,
    refusal: undefined,
  };
  return { batch, input: { ...form.input, batch, fileIds }, answer, refusal: taken.ok ? undefined : taken.refusal };
}

function answered(answer: Answer) {
  const { refusal } = answer;
  if (refusal === undefined) return data<Answer>(answer);
  stop(refusal);
  const wait = refusal.retryAfterSeconds;
  return data<Answer>(answer, { status: statusOf(refusal), headers: wait === undefined ? {} : { 'Retry-After': String(wait) } });
}

/** What the page does with a POST: shows the form or the last look again, or says that the question was sent. */
export async function takeQuestion(ctx: Context, request: Request, way: Way) {
  const form = await parseForm(request);
  const { input, answer, refusal } = await gather(ctx, form, way);
  if (form.intent === searchIntent) {
    const hits = await ask(officeSearch, ctx, { q: textOf(form.values, 'associationIdQuery') });
    return { shown: answered({ ...answer, chosen: undefined, hits: hits.ok ? hits.value : [], refusal }) };
  }
  if (refusal !== undefined) return { shown: answered({ ...answer, refusal }) };
  if (form.intent === 'edit') return { shown: answered(answer) };
  if (form.intent === 'send') {
    const sent = await way.send(ctx, input, form.key);
    return sent.ok ? { sent: sent.value } : { shown: answered({ ...answer, refusal: sent.refusal }) };
  }
  const looked = await way.review(ctx, input);
  if (!looked.ok) return { shown: answered({ ...answer, refusal: looked.refusal }) };
  return { shown: answered({ ...answer, step: 'review', review: looked.value }) };
}

/** A query whose answer is itself an outcome. */
export function flat<T>(outcome: Outcome<Outcome<T>>): Outcome<T> {
  return outcome.ok ? outcome.value : outcome.refusal.code === 'unavailable' ? refuse('unavailable') : outcome;
}
