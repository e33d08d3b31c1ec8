import type { Outcome, Refused } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import type { z } from 'zod';
import type { AuditNote } from '../audit/audit-event.ts';
import { auditRow } from '../audit/audit-event.ts';
import type { Context } from '../context.ts';
import { isDatabaseGone } from '../db/errors.ts';
import type { ReadTransaction } from '../db/transaction.ts';
import { readTransaction } from '../db/transaction.ts';
import { fieldErrors } from './parse.ts';

export type QuerySpec<S extends z.ZodType, Value> = {
  /** Glossary name: a noun. */
  name: string;
  input: S;
  allow: (ctx: Context, input: z.infer<S>) => true | Refused;
  /** Undefined when there is nothing in scope: answered as notFound. */
  read: (tx: ReadTransaction, input: z.infer<S>, ctx: Context) => Promise<Value | undefined>;
  /** What the audit keeps of this look; 'nothing' only where no personal data is shown. */
  audit: 'nothing' | ((value: Value, input: z.infer<S>, ctx: Context) => AuditNote | undefined);
};

export type Query<S extends z.ZodType, Value> = QuerySpec<S, Value>;

/** Makes a query: one question, read-only by type and by transaction. */
export function query<S extends z.ZodType, Value>(spec: QuerySpec<S, Value>): Query<S, Value> {
  return spec;
}

/** Asks a query as the actor of the context. The answer leaves only after its audit row is safe (`rules.md 8.1`). */
export async function ask<S extends z.ZodType, Value>(spec: Query<S, Value>, ctx: Context, raw: unknown): Promise<Outcome<Value>> {
  const parsed = spec.input.safeParse(raw);
  if (!parsed.success) return refuse('invalid', { fields: fieldErrors(parsed.error) });
  const allowed = spec.allow(ctx, parsed.data);
  if (allowed !== true) return allowed;
  try {
    const value = await readTransaction(ctx, (tx) => spec.read(tx, parsed.data, ctx));
    if (value === undefined) return refuse('notFound');
    const note = spec.audit === 'nothing' ? undefined : spec.audit(value, parsed.data, ctx);
    if (note !== undefined) await ctx.audit.write([auditRow(ctx, note)]);
    return accepted(value);
  } catch (error) {
    if (isDatabaseGone(error)) return refuse('unavailable', { retryAfterSeconds: 5 });
    throw error;
  }
}
