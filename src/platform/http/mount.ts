import type { Hono, MiddlewareHandler } from 'hono';
import { serviceMessages } from '#kernel/service-messages.ts';
import { guest, type Visitor } from '../session/visitor.ts';
import type { ApiMount } from './api-mount.ts';
import { readBody } from './body.ts';
import type { DoorParts } from './door-parts.ts';
import type { Target } from './guard.ts';
import type { InnerEnv } from './inner-env.ts';
import { isOwnPage, isSafeMethod } from './origin.ts';
import { holdAt } from './hold.ts';
import { mayOpen, type PageAccess } from './page-access.ts';
import { findVisitor, overLimit, recordRefusal, stateFor } from './visit.ts';

type Problem = { status: 401 | 403 | 404 | 413 | 429 | 503; code: string; message: string; wait?: number | undefined };

const problems = {
  guest: { status: 401, code: 'unauthenticated', message: serviceMessages.unauthenticated },
  forbidden: { status: 403, code: 'forbidden', message: serviceMessages.forbidden },
  unknown: { status: 404, code: 'notFound', message: serviceMessages.notFound },
  large: { status: 413, code: 'tooLarge', message: serviceMessages.tooLarge },
  busy: { status: 503, code: 'unavailable', message: serviceMessages.unavailable },
} as const satisfies Record<string, Problem>;

function answer(problem: Problem): Response {
  const headers: Record<string, string> = { 'Content-Type': 'application/json; charset=utf-8' };
  if (problem.wait !== undefined) headers['Retry-After'] = String(problem.wait);
  return new Response(JSON.stringify({ code: problem.code, message: problem.message }), { status: problem.status, headers });
}

function tooMany(wait: number): Problem {
  return { status: 429, code: 'tooMany', message: serviceMessages.tooMany(wait), wait };
}

/** A caller with a token of its own carries no cookie's power, so a foreign page cannot borrow it. */
function isForged(arrival: InnerEnv['Variables']['arrival']): boolean {
  if (isSafeMethod(arrival.method) || arrival.header('cookie') === undefined) return false;
  return !isOwnPage(arrival.origin, arrival.header);
}

function refusalFor(access: PageAccess, visitor: Visitor): Problem | undefined {
  if (mayOpen(visitor.actor, access)) return undefined;
  return visitor.actor.kind === 'guest' ? problems.guest : problems.forbidden;
}

/** Keeps the policy of one declared route: origin, session, kind of visitor, limits, size of the body. */
function admit(access: PageAccess, parts: DoorParts): MiddlewareHandler<InnerEnv> {
  const target: Target = { accesses: [access], name: access.id, takesChanges: true, limits: access.limits };
  return async (c, next) => {
    const arrival = c.get('arrival');
    c.set('page', access.id);
    const early = c.get('retryAfter');
    if (early !== undefined) return answer(tooMany(early));
    if (isForged(arrival)) return answer(problems.forbidden);
    const found = await findVisitor(arrival, parts);
    const visitor = found === 'unavailable' ? guest : found;
    if (found === 'unavailable') return answer(problems.busy);
    c.set('who', visitor.actor.kind);
    const refusal = refusalFor(access, visitor);
    const verdict = refusal === undefined ? ({ kind: 'pass' } as const) : ({ kind: 'refuse', status: 403 } as const);
    const state = stateFor({ visitor, arrival, verdict }, parts);
    await recordRefusal(state, target);
    if (refusal !== undefined) return answer(refusal);
    const hold = holdAt(visitor, access, arrival.method);
    if (hold !== undefined) return answer({ ...problems.forbidden, message: hold.message });
    const wait = overLimit(target, { visitor, arrival }, parts);
    if (wait !== undefined) return answer(tooMany(wait));
    c.set('door', state);
    c.set('admitted', true);
    if (isSafeMethod(arrival.method)) return await next();
    const body = await readBody(c.req.raw, access.limits.bodyBytes);
    if (typeof body === 'string') return answer(body === 'tooLarge' ? problems.large : problems.busy);
    c.req.raw = new Request(c.req.raw.url, {
      method: arrival.method,
      headers: c.req.raw.headers,
      body: body.bytes,
      signal: c.req.raw.signal,
    });
    return await next().finally(body.release);
  };
}

/** Puts an app behind the door: only its declared routes are reached. */
export function addMount(app: Hono<InnerEnv>, mount: ApiMount, parts: DoorParts): void {
  for (const [key, access] of Object.entries(mount.policies)) {
    const [method = '', path = ''] = key.split(' ');
    const methods = method === 'ALL' ? ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] : [method];
    app.on(methods, [`${mount.path}${path === '/' ? '' : path}`], admit(access, parts));
  }
  app.use(`${mount.path}/*`, async (c, next) => (c.get('admitted') ? await next() : answer(problems.unknown)));
  app.route(mount.path, mount.app);
  app.all(`${mount.path}/*`, () => answer(problems.unknown));
}
