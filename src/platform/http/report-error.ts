import { isRouteErrorResponse, type HandleErrorFunction, type RouterContextProvider } from 'react-router';
import { isDatabaseGone } from '../db/errors.ts';
import { errorFields } from '../log/error-fields.ts';
import { requestState } from './request-context.ts';

/** Requests whose page failed because the database was away: the door answers them with 503 instead. */
const withoutDatabase = new WeakSet<object>();

/** True when a page of this context failed for want of the database. */
export function failedWithoutDatabase(context: object): boolean {
  return withoutDatabase.has(context);
}

/** `export const handleError = reportError` of the server entry: every unexpected error once, without personal data. */
export const reportError: HandleErrorFunction = (error, { context, request }) => {
  if (request.signal.aborted || (isRouteErrorResponse(error) && error.status < 500)) return;
  if (isDatabaseGone(error)) withoutDatabase.add(context);
  const { log, context: act } = context.get(requestState);
  log.error('page failed', { id: act.requestId, ...errorFields(error) });
};

/** An error in a part of the page that came after its first bytes were out: nobody else reports it. */
export function reportLateError(error: unknown, provider: Readonly<Pick<RouterContextProvider, 'get'>>): void {
  const { log, context: act } = provider.get(requestState);
  log.error('page broke off', { id: act.requestId, ...errorFields(error) });
}
