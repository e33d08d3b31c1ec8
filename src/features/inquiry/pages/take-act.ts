import { data } from 'react-router';
import { newId } from '#kernel/id.ts';
import type { Outcome, Refusal } from '#kernel/refusal.ts';
import { statusOf } from '#kernel/refusal.ts';
import type { OfficeChoice } from '#features/association/queries/offices.ts';
import { officeChosen, officeSearch } from '#features/association/queries/offices.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { FormValues, ParsedForm } from '#platform/http/form.ts';
import { parseForm } from '#platform/http/form.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { addToInquiry, answerInquiry, closeInquiry, solveInquiry } from '../commands/follow.ts';
import { passInquiry } from '../commands/pass.ts';
import { inquiry } from '../queries/inquiry.ts';
import { intentOfEnter, passByEnter } from './pass-by-enter.ts';

/** What the pages of one お問合せ do alike: D-15, O-26 and P-05 show the same thread from their sides. */

type Provider = Parameters<typeof redirectWithFlash>[0];

export async function loadThread(provider: Provider, id: string) {
  const { view } = orThrow(await ask(inquiry, contextOf(provider), { id }));
  return { view, key: newId() };
}

type Done = Outcome<{ id: string }>;
type Act = { does: (ctx: Context, input: Record<string, unknown>, key: string | undefined) => Promise<Done>; said: string };

const add: Act = { does: async (ctx, input, key) => await run(addToInquiry, ctx, input, key), said: '返信を送信しました。' };

const acts: Readonly<Record<string, Act>> = {
  answer: { does: async (ctx, input, key) => await run(answerInquiry, ctx, input, key), said: '回答を送信しました。' },
  ask: add,
  solve: { does: async (ctx, input, key) => await run(solveInquiry, ctx, input, key), said: '解決済みにしました。' },
  close: { does: async (ctx, input, key) => await run(closeInquiry, ctx, input, key), said: '完了にしました。' },
  'pass:operations': {
    does: async (ctx, input, key) => await run(passInquiry, ctx, { ...input, to: 'operations', associationId: '' }, key),
    said: 'MAMIS運営事務局へ回しました。',
  },
  'pass:section': {
    does: async (ctx, input, key) => await run(passInquiry, ctx, { ...input, associationId: '' }, key),
    said: '担当へ回しました。',
  },
  'pass:office': {
    does: async (ctx, input, key) => await run(passInquiry, ctx, { ...input, to: 'office' }, key),
    said: '医師会へ回しました。',
  },
};

export type Acted = {
  refusal: Refusal | undefined;
  values: FormValues;
  hits: readonly OfficeChoice[] | undefined;
  chosen: OfficeChoice | undefined;
};

async function searched(ctx: Context, form: ParsedForm) {
  const { associationIdQuery: q = '' } = form.values;
  const hits = await ask(officeSearch, ctx, { q });
  return data<Acted>({ refusal: undefined, values: form.values, hits: hits.ok ? hits.value : [], chosen: undefined });
}

/** Enter in the box of the reply is the reply. */
function actOf(intent: string): Act {
  return (Object.hasOwn(acts, intent) ? acts[intent] : undefined) ?? add;
}

/** One act on the thread, told by the button. */
export async function takeAct(provider: Provider, request: Request, about: { id: string; base: string }) {
  const ctx = contextOf(provider);
  const form = await parseForm(request);
  const intent = form.intent === passByEnter ? intentOfEnter(form.values) : form.intent;
  if (intent === 'search:associationId') return await searched(ctx, form);
  const act = actOf(intent);
  const outcome = await act.does(ctx, { ...form.input, id: about.id }, form.key);
  if (outcome.ok) return redirectWithFlash(provider, `${about.base}/${about.id}`, act.said);
  const refused = refusalData(outcome, form.values);
  const chosen = await ask(officeChosen, ctx, { id: form.values['associationId'] });
  return data<Acted>(
    { ...refused.data, hits: undefined, chosen: chosen.ok ? chosen.value[0] : undefined },
    { status: statusOf(outcome.refusal), headers: refused.init?.headers ?? {} },
  );
}
