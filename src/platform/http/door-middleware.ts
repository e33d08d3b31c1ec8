import { data, type MiddlewareFunction, redirect } from 'react-router';
import { requestState } from './request-context.ts';

/**
 * The root route's middleware: carries out the verdict in the form the caller understands (page, data request or resource).
 * `checkRegistry` makes sure that it is there.
 */
export const doorMiddleware: MiddlewareFunction<Response> = async ({ context }, next) => {
  const { verdict, context: act } = context.get(requestState);
  if (verdict.kind === 'pass') return await next();
  if (verdict.kind === 'redirect') throw redirect(verdict.to);
  throw data({ requestId: act.requestId, retryAfterSeconds: verdict.retryAfterSeconds }, { status: verdict.status });
};
