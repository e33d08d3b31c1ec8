import { Hono, type MiddlewareHandler } from 'hono';
import { serviceMessages } from '#kernel/service-messages.ts';
import { isDatabaseGone } from '../db/errors.ts';
import { errorFields } from '../log/error-fields.ts';
import { makeSigner } from '../session/signed.ts';
import { type Arrival, arrivalOf, plain, turnedAway } from './arrival.ts';
import type { DoorOptions, DoorParts } from './door-parts.ts';
import { addRetryAfter, addSecurityHeaders } from './headers.ts';
import { addMount } from './mount.ts';
import { makePages } from './pages.ts';
import { makeRateLimiter } from './rate-limit.ts';
import { checkRegistry } from './registry.ts';
import type { InnerEnv } from './inner-env.ts';

/** Requests a minute from one address, all pages and sessions together: an office of fifty behind one router. */
const perAddress = 6_000;

function finish(response: Response, arrival: Arrival): Response {
  // Redirects made by the platform cannot be written to.
  const answer = new Response(response.body, response);
  addSecurityHeaders(answer.headers, { nonce: arrival.nonce, secure: arrival.secure, requestId: arrival.id });
  addRetryAfter(answer.headers, answer.status, undefined);
  for (const cookie of arrival.setCookies) answer.headers.append('Set-Cookie', cookie);
  return answer;
}

/** Outermost: request id, limits of the address, headers, one log line without address or query. */
function entrance(parts: DoorParts): MiddlewareHandler<InnerEnv> {
  const signer = makeSigner(parts.settings.sessionSecret);
  return async (c, next) => {
    const arrival = arrivalOf({ request: c.req.raw, bindings: c.env ?? {}, now: parts.now() }, parts.settings, signer);
    c.set('arrival', arrival);
    const early = turnedAway(arrival) ?? (await parts.assets?.(c.req.raw, arrival.url.pathname));
    if (early === undefined) {
      c.set('retryAfter', parts.limiter.hit(`address:${arrival.address}`, perAddress, arrival.now));
      await next();
    }
    c.res = finish(early ?? c.res, arrival);
    const isAsset = early !== undefined && early.status < 400;
    parts.log[isAsset ? 'debug' : 'info']('request', {
      id: arrival.id,
      method: arrival.method,
      page: isAsset ? 'asset' : (c.get('page') ?? 'none'),
      status: c.res.status,
      ms: Math.round(performance.now() - arrival.started),
      who: c.get('who') ?? 'guest',
    });
  };
}

function health(parts: DoorParts): MiddlewareHandler<InnerEnv> {
  return async (c) => {
    c.set('page', 'health');
    try {
      await parts.surroundings.database.system.query('SELECT 1');
      return c.json({ status: 'ok' });
    } catch (error) {
      parts.log.warn('database not reachable', errorFields(error));
      return c.json({ status: 'unavailable' }, 503);
    }
  };
}

/**
 * The one door: assets, health, mounted apps, pages; each request passes origin check, session, policy and limits before
 * anything of a feature runs.
 * @throws Error when a route has no policy
 */
export function makeDoor(options: DoorOptions): Hono<InnerEnv> {
  checkRegistry(options.build, options.mounts);
  const parts: DoorParts = { ...options, limiter: makeRateLimiter(options.settings.rateScale ?? 1) };
  const app = new Hono<InnerEnv>();
  app.use('*', entrance(parts));
  app.get('/healthz', health(parts));
  for (const mount of parts.mounts) addMount(app, mount, parts);
  app.all('*', makePages(parts));
  app.onError((error, c) => {
    const gone = isDatabaseGone(error);
    const id = c.get('arrival')?.id ?? '';
    if (!c.req.raw.signal.aborted) parts.log[gone ? 'warn' : 'error']('request failed', { id, ...errorFields(error) });
    return gone ? plain(503, serviceMessages.unavailable) : plain(500, serviceMessages.failed(id));
  });
  return app;
}
