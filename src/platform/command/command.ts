import { createHash } from 'node:crypto';
import type { Outcome, Refused } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { AuditNote } from '../audit/audit-event.ts';
import { auditRow } from '../audit/audit-event.ts';
import type { Context } from '../context.ts';
import { actorKeyOf } from '../context.ts';
import { constraintOf, isConstraintConflict, isDatabaseGone, isRetryable } from '../db/errors.ts';
import type { WriteTransaction } from '../db/transaction.ts';
import { writeTransaction } from '../db/transaction.ts';
import { keyUsedOtherwise } from './messages.ts';
import { fieldErrors } from './parse.ts';

/** What must stand still while the command works; taken in this order whatever the caller writes. */
export type Lock = { kind: 'key' | 'account' | 'person' | 'application' | 'association'; id: string };

/** News for the floors above and for the mail, by ids only. Handled after the commit by `reactions.ts`. */
export type DomainEvent = { kind: string; payload: Readonly<Record<string, string | number | null>> };

/** What every change leaves behind besides its own rows. */
export type Saved<Value> = {
  value: Value;
  audit: AuditNote;
  /** Where one act reaches further things, each has a line of its own. */
  alsoAudit?: readonly AuditNote[];
  events: readonly DomainEvent[];
};

type Schema = z.ZodType;

export type CommandSpec<S extends Schema, Target, Decision, Value> = {
  /** Glossary name: feature.verb. */
  name: string;
  input: S;
  /** May read, so that an application's person can be locked before the application. */
  locks: (tx: WriteTransaction, input: z.infer<S>, ctx: Context) => Promise<readonly Lock[]>;
  /** Undefined when the target does not exist or is out of scope: answered as notFound. */
  load: (tx: WriteTransaction, input: z.infer<S>, ctx: Context) => Promise<Target | undefined>;
  /** Pure permission: true, or the refusal to give. */
  allow: (ctx: Context, target: Target, input: z.infer<S>) => true | Refused;
  /** Pure decision from what was loaded. */
  decide: (ctx: Context, target: Target, input: z.infer<S>) => Outcome<Decision>;
  save: (tx: WriteTransaction, step: { ctx: Context; target: Target; decision: Decision; input: z.infer<S> }) => Promise<Saved<Value>>;
  /** Says in the user's words what a constraint of the database means here; by its name. */
  constraints?: Readonly<Record<string, (input: z.infer<S>) => Refused>>;
  /** Input that must not be kept, even hashed, e.g. passwords: no idempotency record is written. */
  secret?: boolean;
};

export type Command<S extends Schema, Value> = {
  name: string;
  input: S;
  execute: (ctx: Context, input: z.infer<S>, key: string | undefined) => Promise<Outcome<Value>>;
};

const lockOrder: readonly Lock['kind'][] = ['key', 'account', 'person', 'application', 'association'];

async function takeLocks(tx: WriteTransaction, locks: readonly Lock[]): Promise<void> {
  const sorted = [...locks].sort((a, b) => lockOrder.indexOf(a.kind) - lockOrder.indexOf(b.kind) || a.id.localeCompare(b.id, 'en'));
  const names = sorted.map((lock) => `${lock.kind}:${lock.id}`);
  if (names.length === 0) return;
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest(${names}::text[]) WITH ORDINALITY AS t(name, n) ORDER BY n`.execute(
    tx,
  );
}

function inputHash(name: string, input: unknown): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([name, input]))
    .digest();
}

type Earlier<Value> = { outcome: Outcome<Value> } | undefined;

async function earlierOutcome<Value>(
  tx: WriteTransaction,
  ctx: Context,
  { key, hash }: { key: string; hash: Buffer },
): Promise<Earlier<Value>> {
  const row = await tx
    .selectFrom('idempotency')
    .select(['outcome', 'input_hash'])
    .where('actor_key', '=', actorKeyOf(ctx.actor))
    .where('key', '=', key)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  if (!row.input_hash.equals(hash)) {
    return { outcome: refuse('conflict', { message: keyUsedOtherwise }) };
  }
  return { outcome: accepted((row.outcome as { value: Value }).value) };
}

/** Makes a command: the only way to change anything. Skipping permission, lock, audit or news is not possible. */
export function command<S extends Schema, Target, Decision, Value>(spec: CommandSpec<S, Target, Decision, Value>): Command<S, Value> {
  type Step = { value: Outcome<Value>; commit: boolean; note?: AuditNote };

  async function work(tx: WriteTransaction, ctx: Context, { input, key }: { input: z.infer<S>; key: string | undefined }): Promise<Step> {
    const keyLocks: Lock[] = key === undefined ? [] : [{ kind: 'key', id: `${actorKeyOf(ctx.actor)}:${key}` }];
    await takeLocks(tx, [...keyLocks, ...(await spec.locks(tx, input, ctx))]);
    const hash = inputHash(spec.name, input);
    const earlier = key === undefined ? undefined : await earlierOutcome<Value>(tx, ctx, { key, hash });
    if (earlier !== undefined) return { value: earlier.outcome, commit: false };
    const target = await spec.load(tx, input, ctx);
    if (target === undefined) return { value: refuse('notFound'), commit: false };
    const allowed = spec.allow(ctx, target, input);
    if (allowed !== true) return { value: allowed, commit: false };
    const decision = spec.decide(ctx, target, input);
    if (!decision.ok) return { value: decision, commit: false };
    const saved = await spec.save(tx, { ctx, target, decision: decision.value, input });
    await record(tx, ctx, saved);
    if (key !== undefined && spec.secret !== true) {
      await tx
        .insertInto('idempotency')
        .values({
          actor_key: actorKeyOf(ctx.actor),
          key,
          command: spec.name,
          input_hash: hash,
          outcome: JSON.stringify({ value: saved.value ?? null }),
        })
        .execute();
    }
    return { value: accepted(saved.value), commit: true };
  }

  async function once(ctx: Context, input: z.infer<S>, key: string | undefined): Promise<Outcome<Value>> {
    try {
      return await writeTransaction(ctx, (tx) => work(tx, ctx, { input, key }));
    } catch (error) {
      if (!isConstraintConflict(error)) throw error;
      return spec.constraints?.[constraintOf(error)]?.(input) ?? refuse('conflict');
    }
  }

  return { name: spec.name, input: spec.input, execute: async (ctx, input, key) => await withRetry(() => once(ctx, input, key)) };
}

async function record(tx: WriteTransaction, ctx: Context, saved: Saved<unknown>): Promise<void> {
  if (saved.events.length > 0) {
    await tx
      .insertInto('outbox')
      .values(saved.events.map((event) => ({ kind: event.kind, payload: JSON.stringify({ ...event.payload, requestId: ctx.requestId }) })))
      .execute();
  }
  for (const note of [saved.audit, ...(saved.alsoAudit ?? [])]) {
    const { person_ids, ...row } = auditRow(ctx, note);
    await tx
      .insertInto('audit_event')
      .values({ ...row, person_ids: [...person_ids] })
      .execute();
  }
}

async function withRetry<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!isRetryable(error) || tries >= 5) throw error;
    }
  }
}

/**
 * Runs a command for the actor of the context: parse → one transaction → outcome. Refusals are written to the audit too.
 * `key` is the idempotency key of the form or request: the same key gives the first result again (`rules.md 3.11`).
 */
// oxlint-disable-next-line eslint/max-params -- called in every action; the key is left out where nothing repeats
export async function run<S extends Schema, Value>(
  spec: Command<S, Value>,
  ctx: Context,
  raw: unknown,
  key?: string,
): Promise<Outcome<Value>> {
  const parsed = spec.input.safeParse(raw);
  if (!parsed.success) return refuse('invalid', { fields: fieldErrors(parsed.error) });
  try {
    const outcome = await spec.execute(ctx, parsed.data, key);
    if (!outcome.ok && outcome.refusal.code !== 'invalid') {
      await ctx.audit.write([auditRow(ctx, { action: spec.name, detail: { refused: outcome.refusal.code } }, 'refused')]);
    }
    return outcome;
  } catch (error) {
    if (isDatabaseGone(error)) return refuse('unavailable', { retryAfterSeconds: 5 });
    throw error;
  }
}
