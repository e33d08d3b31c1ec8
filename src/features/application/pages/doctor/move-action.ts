import { redirect, type RouterContextProvider } from 'react-router';
import { newId } from '#kernel/id.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { ask } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ParsedForm } from '#platform/http/form.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { moveStart } from '../../queries/move-start.ts';
import { caseAt, draftsAt, filingContext, leadToCase } from './filing-context.ts';

/** What step 1 of both 異動届 loads and where it leads (`screens.md D-09, D-10`). */

export type MoveArgs = { context: Readonly<RouterContextProvider>; request: Request; params: { id?: string } };

/** A paper that may no longer be written leads to its case. */
export async function loadMoveStart({ context, request, params }: MoveArgs, kind: 'change' | 'transfer') {
  const asked = Object.fromEntries(new URL(request.url).searchParams);
  const ctx = filingContext({ context, request });
  const start = orThrow(await ask(moveStart, ctx, { ...asked, kind, id: params.id ?? '' }));
  if (!start.editable) throw await leadToCase(context, ctx, { id: params.id ?? '' });
  return { ...start, key: newId() };
}

type Saved = { outcome: Outcome<{ id: string }>; form: ParsedForm; next: 'details' | 'destination' };

/** 一時保存する leads to the drafts, the other button to the next page; what was refused comes back as typed. */
export async function afterMoveStart({ context }: Pick<MoveArgs, 'context'>, ctx: Context, { outcome, form, next }: Saved) {
  if (!outcome.ok) return refusalData(outcome, form.values);
  const { id } = outcome.value;
  return form.intent === 'save'
    ? redirectWithFlash(context, await draftsAt(ctx, id), '一時保存しました。')
    : redirect(`${caseAt(ctx, id)}/${next}`, 303);
}
