import { data, type MiddlewareFunction, redirect } from 'react-router';
import type { Context } from '../context.ts';
import { requestState } from './request-context.ts';

/** What the error page of a refused visitor shows around its text, e.g. his own header and menu. */
export type Surrounding = (ctx: Context) => Promise<Readonly<Record<string, unknown>>>;

const made = new WeakSet<object>();

/**
 * The root route's middleware: carries out the verdict in the form the caller understands (page, data request or resource).
 * `checkRegistry` makes sure that it is there. Refused visitors stay within their own frame (`screens.md 1.6`).
 */
export function makeDoorMiddleware(surrounding: Surrounding): MiddlewareFunction<Response> {
  const middleware: MiddlewareFunction<Response> = async ({ context }, next) => {
    const { verdict, context: act } = context.get(requestState);
    if (verdict.kind === 'pass') return await next();
    if (verdict.kind === 'redirect') throw redirect(verdict.to);
    const around = verdict.status === 403 ? await surrounding(act) : {};
    throw data({ ...around, requestId: act.requestId, retryAfterSeconds: verdict.retryAfterSeconds }, { status: verdict.status });
  };
  made.add(middleware);
  return middleware;
}

/** True for what `makeDoorMiddleware` made. */
export function isDoorMiddleware(value: unknown): boolean {
  return typeof value === 'function' && made.has(value);
}
