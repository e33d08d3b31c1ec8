import { data, redirect, type RouterContextProvider } from 'react-router';
import type { Outcome, Refusal, Refused } from '#kernel/refusal.ts';
import { statusOf } from '#kernel/refusal.ts';
import { serviceMessages } from '#kernel/service-messages.ts';
import type { FormValues } from './form.ts';
import { stateOf } from './request-context.ts';

/** What a page shows again after a refused action. */
export type RefusedForm = { refusal: Refusal; values: FormValues };

/** In an address nothing can be "invalid": what cannot be an id is simply not there. */
function pageStatus(refusal: Refusal): number {
  return refusal.code === 'invalid' ? 404 : statusOf(refusal);
}

/** The value of an outcome in a loader; a refusal becomes the error page of its status (`screens.md 1.6`). */
export function orThrow<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  const { refusal } = outcome;
  throw data({ retryAfterSeconds: refusal.retryAfterSeconds }, { status: pageStatus(refusal) });
}

/**
 * A refused action: the form again with messages and everything typed (422, 409, 413, 429, 503). What may not be there
 * at all (403, 404, 401) becomes its error page.
 */
export function refusalData(outcome: Refused, values: FormValues) {
  const { refusal } = outcome;
  if (refusal.code === 'notFound' || refusal.code === 'forbidden' || refusal.code === 'unauthenticated') {
    throw data({}, { status: statusOf(refusal) });
  }
  const shown: Refusal = refusal.code === 'unavailable' ? { ...refusal, message: serviceMessages.unsaved } : refusal;
  return data<RefusedForm>({ refusal: shown, values }, { status: statusOf(refusal), headers: waitOf(refusal) });
}

/** The header that says when to come again, where a refusal says so. */
export function waitOf({ retryAfterSeconds }: Refusal): Record<string, string> {
  return retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) };
}

/** From a page that is not to be used now: 302 to where it is said why. The header makes script ask for that sentence, too. */
export function leadWithFlash(provider: Readonly<RouterContextProvider>, to: string, message: string): Response {
  stateOf(provider).cookies.flash(message);
  return redirect(to, { status: 302, headers: { 'X-Remix-Revalidate': 'yes' } });
}

/** After a change: 303 to a local path, with one sentence for the page there. */
export function redirectWithFlash(provider: Readonly<RouterContextProvider>, to: string, message: string): Response {
  stateOf(provider).cookies.flash(message);
  return redirect(to, 303);
}
