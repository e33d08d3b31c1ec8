import type { Actor } from '#kernel/actor.ts';

/** One row of `audit_event` as it is written. */
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

const columns = [
  'chain', 'at', 'action', 'result', 'actor_kind', 'account_id', 'actor_name', 'association_id', 'on_behalf_of',
  'person_ids', 'target', 'purpose', 'detail', 'request_id', 'address',
] as const;

/** One INSERT for a group of rows, ordered by chain so that two groups never wait for each other in a circle. */
export function auditInsert(rows: readonly AuditRow[]): { text: string; values: unknown[] } {
  const sorted = [...rows].sort((a, b) => a.chain - b.chain);
  const tuples = sorted.map((_, row) => `(${columns.map((_name, column) => `$${row * columns.length + column + 1}`).join(',')})`);
  return {
    text: `INSERT INTO audit_event (${columns.join(',')}) VALUES ${tuples.join(',')}`,
    values: sorted.flatMap((row) => columns.map((column) => row[column])),
  };
}
