import type { Hono } from 'hono';
import type { PageAccess } from './page-access.ts';
import type { RequestState } from './request-context.ts';

/** What the door needs to know of the connection; the Node adapter gives more. */
export type Connection = { incoming?: { socket: { remoteAddress?: string | undefined } } };

/** What handlers of a mounted app find: `c.var.door.context` is the `Context` of the request. */
export type DoorEnv = { Bindings: Connection; Variables: { door: RequestState } };

/** A Hono app under a path of its own (the API, local tools). */
export type ApiMount = {
  /** `/api/v1` */
  path: string;
  app: Hono<DoorEnv>;
  /** Policy per route, by method and path as the app names them: `'GET /applications/:id'`. */
  policies: Readonly<Record<string, PageAccess>>;
};
