import type { Handler } from 'hono';
import { createRequestHandler, RouterContextProvider } from 'react-router';
import { isDatabaseGone } from '../db/errors.ts';
import { guest, type Visitor } from '../session/visitor.ts';
import type { Arrival } from './arrival.ts';
import { type BodyRead, readBody } from './body.ts';
import type { DoorParts } from './door-parts.ts';
import { judge, makeTargetFinder, pagePath, type Target } from './guard.ts';
import { addRetryAfter } from './headers.ts';
import type { InnerEnv } from './inner-env.ts';
import { cspNonce } from './nonce.ts';
import { isOwnPage, isSafeMethod } from './origin.ts';
import { failedWithoutDatabase } from './report-error.ts';
import { type RequestState, requestState } from './request-context.ts';
import type { Verdict } from './verdict.ts';
import { findVisitor, overLimit, recordRefusal, stateFor } from './visit.ts';

type Visit = { arrival: Arrival; target: Target; visitor: Visitor; verdict: Verdict };

/** Cheapest question first: address, origin, session, policy, limits. */
async function decide(parts: DoorParts, arrival: Arrival, ask: { target: Target; retryAfter: number | undefined }): Promise<Visit> {
  const { target, retryAfter } = ask;
  const refuse = (verdict: Verdict, visitor: Visitor = guest): Visit => ({ arrival, target, visitor, verdict });
  if (retryAfter !== undefined) return refuse({ kind: 'refuse', status: 429, retryAfterSeconds: retryAfter });
  if (!isSafeMethod(arrival.method) && !isOwnPage(arrival.origin, arrival.header)) return refuse({ kind: 'refuse', status: 403 });
  const visitor = await findVisitor(arrival, parts);
  if (visitor === 'unavailable') return refuse({ kind: 'refuse', status: 503 });
  const verdict = judge(target, visitor, { method: arrival.method, ...pagePath(arrival.url) });
  if (verdict.kind !== 'pass') return refuse(verdict, visitor);
  const wait = overLimit(target, { visitor, arrival }, parts);
  return refuse(wait === undefined ? verdict : { kind: 'refuse', status: 429, retryAfterSeconds: wait }, visitor);
}

function verdictOfBody(read: BodyRead): Verdict | undefined {
  if (read === 'tooLarge') return { kind: 'refuse', status: 413 };
  return read === 'busy' ? { kind: 'refuse', status: 503 } : undefined;
}

/** The request under the address that the person sees, so that the router's own origin check agrees; a refused one without body. */
function forRouter(raw: Request, arrival: Arrival, body: Uint8Array<ArrayBuffer> | undefined): Request {
  if (isSafeMethod(arrival.method)) return raw;
  const headers = new Headers(raw.headers);
  headers.delete('content-length');
  headers.delete('transfer-encoding');
  // What was refused for its origin must reach the error page, not the router's bare 400.
  headers.set('origin', arrival.origin);
  const url = new URL(arrival.url.pathname + arrival.url.search, arrival.origin);
  return new Request(url, {
    method: arrival.method,
    headers,
    body: body === undefined || body.byteLength === 0 ? null : body,
    signal: raw.signal,
  });
}

/** Bodies are read to the end, within their limit, before a loader or action starts. */
async function withBody(raw: Request, visit: Visit): Promise<{ request: Request; verdict: Verdict; release: () => void }> {
  const { arrival, target, verdict } = visit;
  const nothing = () => undefined;
  if (isSafeMethod(arrival.method) || verdict.kind !== 'pass') {
    return { request: forRouter(raw, arrival, undefined), verdict, release: nothing };
  }
  const read = await readBody(raw, target.limits.bodyBytes);
  const refusal = verdictOfBody(read);
  if (refusal !== undefined || typeof read === 'string') {
    return { request: forRouter(raw, arrival, undefined), verdict: refusal ?? verdict, release: nothing };
  }
  return { request: forRouter(raw, arrival, read.bytes), verdict, release: read.release };
}

/** Pages and data requests: everything that is neither asset nor mounted app. */
export function makePages(parts: DoorParts): Handler<InnerEnv> {
  const findTarget = makeTargetFinder(parts.build);
  const route = createRequestHandler(parts.build, 'production');

  async function answer(request: Request, state: RequestState, nonce: string): Promise<Response> {
    const provider = new RouterContextProvider();
    provider.set(cspNonce, nonce);
    provider.set(requestState, state);
    const response = await route(request, provider);
    if (response.status !== 500 || !failedWithoutDatabase(provider)) return response;
    await response.body?.cancel();
    return await answer(request, { ...state, verdict: { kind: 'refuse', status: 503 } }, nonce);
  }

  async function record(state: RequestState, target: Target): Promise<RequestState> {
    try {
      await recordRefusal(state, target);
      return state;
    } catch (error) {
      if (!isDatabaseGone(error)) throw error;
      return { ...state, verdict: { kind: 'refuse', status: 503 } };
    }
  }

  return async (c) => {
    const arrival = c.get('arrival');
    const target = findTarget(pagePath(arrival.url).pathname);
    const visit = await decide(parts, arrival, { target, retryAfter: c.get('retryAfter') });
    c.set('page', target.name);
    c.set('who', visit.visitor.actor.kind);
    const { request, verdict, release } = await withBody(c.req.raw, visit);
    try {
      const state = await record(stateFor({ ...visit, verdict }, parts), target);
      const response = await answer(request, state, arrival.nonce);
      const seconds = verdict.kind === 'refuse' ? verdict.retryAfterSeconds : undefined;
      addRetryAfter(response.headers, response.status, seconds);
      return response;
    } finally {
      release();
    }
  };
}
