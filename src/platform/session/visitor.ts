import type { Actor } from '#kernel/actor.ts';
import type { PageSize } from '#kernel/paging.ts';

/** The session behind a request, as far as the door needs it. */
export type OpenSession = {
  /** SHA-256 of the token: the key of its row and of its rate limits. */
  tokenHash: Buffer;
  /** Minutes without a request after which it ends: 30 for offices, 60 for doctors (`screens.md 1.5`). */
  idleMinutes: number;
};

/** Who stands at the door. `timedOut` tells a person whose session ended by itself from one who never had any. */
export type Visitor = {
  actor: Actor;
  session: OpenSession | undefined;
  timedOut: boolean;
  /** 表示件数 that he last chose. */
  pageSize?: PageSize | undefined;
};

export const guest: Visitor = { actor: { kind: 'guest' }, session: undefined, timedOut: false };

/** Finds the visitor of a session token. Rejects when the database cannot be asked. */
export type ReadVisitor = (token: string, now: Date) => Promise<Visitor>;
