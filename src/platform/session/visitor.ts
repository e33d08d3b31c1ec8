import type { Actor } from '#kernel/actor.ts';
import type { PageSize } from '#kernel/paging.ts';

/** The session behind a request, as far as the door needs it. */
export type OpenSession = {
  /** SHA-256 of the token: the key of its row and of its rate limits. */
  tokenHash: Buffer;
  /** Minutes without a request after which it ends: 30 for offices, 60 for doctors (`screens.md 1.5`). */
  idleMinutes: number;
};

/** What somebody must settle before he goes on as usual, e.g. agree to a new version of the terms (`screens.md A-17`). */
export type Hold = {
  /** The page where it is settled. */
  to: string;
  /** True while he may at least read. */
  reading: boolean;
  /** One sentence for him. */
  message: string;
};

/** Who stands at the door. `timedOut` tells a person whose session ended by itself from one who never had any. */
export type Visitor = {
  actor: Actor;
  session: OpenSession | undefined;
  timedOut: boolean;
  /** 表示件数 that he last chose. */
  pageSize?: PageSize | undefined;
  hold?: Hold | undefined;
};

export const guest: Visitor = { actor: { kind: 'guest' }, session: undefined, timedOut: false };

/** Finds the visitor of a session token. Rejects when the database cannot be asked. */
export type ReadVisitor = (token: string, now: Date) => Promise<Visitor>;
