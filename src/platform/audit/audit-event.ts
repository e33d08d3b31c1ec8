import type { Actor } from '#kernel/actor.ts';
import { actingAccount, actingAssociation, actorName } from '#kernel/actor.ts';
import type { Context } from '../context.ts';

/** What a feature says about an act; who, when and from where is added here. */
export type AuditNote = {
  /** Glossary name, e.g. `application.approve`, `member.viewed`. */
  action: string;
  /** The doctors whose data were touched or seen. */
  personIds?: readonly string[];
  /** The thing acted on, e.g. an application id; no personal data. */
  target?: string;
  purpose?: string;
  detail?: Readonly<Record<string, unknown>>;
};

export type AuditRow = {
  chain: number;
  at: Date;
  action: string;
  result: 'done' | 'refused';
  actor_kind: Actor['kind'];
  account_id: string | null;
  actor_name: string;
  association_id: number | null;
  on_behalf_of: number | null;
  person_ids: readonly string[];
  target: string;
  purpose: string;
  detail: string;
  request_id: string;
  address: string;
};

/** Chain of everybody who acts for no association. */
const commonChain = -1;

/** The full row of one act. Each association has its own chain (`rules.md 8.1`). */
export function auditRow(ctx: Context, note: AuditNote, result: AuditRow['result'] = 'done'): AuditRow {
  const association = actingAssociation(ctx.actor);
  return {
    chain: association ?? commonChain,
    at: ctx.now,
    action: note.action,
    result,
    actor_kind: ctx.actor.kind,
    account_id: actingAccount(ctx.actor) ?? null,
    actor_name: actorName(ctx.actor),
    association_id: association ?? null,
    on_behalf_of: null,
    person_ids: note.personIds ?? [],
    target: note.target ?? '',
    purpose: note.purpose ?? '',
    detail: JSON.stringify(note.detail ?? {}),
    request_id: ctx.requestId,
    address: ctx.address,
  };
}

const columns = [
  'chain', 'at', 'action', 'result', 'actor_kind', 'account_id', 'actor_name', 'association_id', 'on_behalf_of',
  'person_ids', 'target', 'purpose', 'detail', 'request_id', 'address',
] as const;

/** One INSERT for a group of rows, ordered by chain so that two groups never wait for each other in a circle. */
export function auditInsert(rows: readonly AuditRow[]): { text: string; values: unknown[] } {
  const sorted = [...rows].sort((a, b) => a.chain - b.chain);
  const tuples = sorted.map((_, row) => `(${columns.map((_, column) => `$${row * columns.length + column + 1}`).join(',')})`);
  return {
    text: `INSERT INTO audit_event (${columns.join(',')}) VALUES ${tuples.join(',')}`,
    values: sorted.flatMap((row) => columns.map((column) => row[column])),
  };
}
