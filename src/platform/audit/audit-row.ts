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

/** Columns with the type that PostgreSQL reads their list as; arrays within the list travel as text. */
const columns = {
  chain: 'int',
  at: 'timestamptz',
  action: 'text',
  result: 'text',
  actor_kind: 'text',
  account_id: 'uuid',
  actor_name: 'text',
  association_id: 'int',
  on_behalf_of: 'int',
  person_ids: 'text',
  target: 'text',
  purpose: 'text',
  detail: 'text',
  request_id: 'text',
  address: 'text',
} as const satisfies Record<keyof AuditRow, string>;

type Column = keyof typeof columns;

function isColumn(name: string): name is Column {
  return Object.hasOwn(columns, name);
}

const names = Object.keys(columns).filter(isColumn);
/** The function chains a group at once, chain by chain, so that two groups never wait for each other in a circle. */
const text = `SELECT audit_write(${names.map((name, index) => `$${index + 1}::${columns[name]}[]`).join(', ')})`;

/** One statement for a group of rows of any size; only for the pool of the system. */
export function auditInsert(rows: readonly AuditRow[]): { name: string; text: string; values: unknown[] } {
  return {
    name: 'audit-rows',
    text,
    values: names.map((name) => rows.map((row) => (name === 'person_ids' ? `{${row.person_ids.join(',')}}` : row[name]))),
  };
}
