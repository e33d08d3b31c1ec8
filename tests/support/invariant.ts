/** A statement that must return no row; `found` names the offenders by ids, never by personal data. */
export type Invariant = { id: string; title: string; sql: string };
