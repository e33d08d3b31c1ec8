import type { z } from 'zod';
import type { Outcome } from '#kernel/refusal.ts';
import type { Context } from '../context.ts';
import type { PageAccess } from './page-access.ts';

/** What a route of the API is handed: all still unchecked, for the schema of its query or command. */
export type ApiRequest = {
  ctx: Context;
  params: Readonly<Record<string, string>>;
  /** By name; several values as an array. */
  query: Readonly<Record<string, string | readonly string[]>>;
  body: Readonly<Record<string, unknown>>;
  /** From `If-Match`; undefined on routes that change nothing. */
  version: number | undefined;
  /** From `Idempotency-Key`; undefined on routes that change nothing. */
  key: string | undefined;
};

export type ApiAnswer = { body: unknown /** Version of what is answered, sent as ETag. */; version?: number };

/** One route as features declare it in `api.ts`: a thin door onto a query or a command. */
export type ApiRoute = {
  method: 'get' | 'post';
  /** `/applications/{id}` */
  path: string;
  summary: string;
  /** Who may call it, what it leaves in the audit, what it may cost. */
  access: PageAccess;
  /** For the description only: the query or command checks by its own schema. */
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodObject;
  answer: z.ZodType;
  handle: (request: ApiRequest) => Promise<Outcome<ApiAnswer>>;
};
