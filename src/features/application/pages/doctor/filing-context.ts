import { data, redirect } from 'react-router';
import type { RouterContextProvider } from 'react-router';
import { ask } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { leadWithFlash, orThrow, redirectWithFlash } from '#platform/http/respond.ts';
import { texts } from '../../messages.ts';
import { caseRoot } from '../../places.ts';
import { myConfirmation } from '../../queries/my-retract.ts';

/**
 * The pages on which a paper is written stand at two addresses: the doctor's, and that of the office that files for him.
 * @throws 404 at the other one's address
 */
export function filingContext({ context, request }: { context: Readonly<RouterContextProvider>; request: Request }): Context {
  const ctx = contextOf(context);
  if (!new URL(request.url).pathname.startsWith(`${caseRoot(ctx.actor)}/`)) throw data({}, { status: 404 });
  return ctx;
}

/** The page of the case itself. */
export function caseAt(ctx: Context, id: string): string {
  return `${caseRoot(ctx.actor)}/${id}`;
}

/** From a page of a paper that is not written on any more: to the case, which says in one sentence how it stands (`screens.md 1.4`). */
export async function leadToCase(
  context: Readonly<RouterContextProvider>,
  ctx: Context,
  { id, verb = texts.change }: { id: string; verb?: string },
): Promise<Response> {
  const { stands } = orThrow(await ask(myConfirmation, ctx, { id }));
  return leadWithFlash(context, caseAt(ctx, id), texts.standsAs(stands, verb));
}

/** Where a paper kept by 一時保存する is found again. */
export async function draftsAt(ctx: Context, id: string): Promise<string> {
  if (ctx.actor.kind === 'doctor') return '/my/applications?tab=draft';
  const { personId } = orThrow(await ask(myConfirmation, ctx, { id }));
  return `/office/members/${personId}/applications`;
}

/** After sending: the doctor reads what comes next, an office goes on at the case. */
export function sentTo(context: Readonly<RouterContextProvider>, ctx: Context, id: string): Response {
  if (ctx.actor.kind === 'doctor') return redirect(`${caseAt(ctx, id)}/submitted`, 303);
  return redirectWithFlash(context, caseAt(ctx, id), '代理で申請しました。');
}
