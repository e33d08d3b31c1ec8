import { dayOfInstant } from '#kernel/day.ts';
import { PAGE_SIZES } from '#kernel/paging.ts';
import type { Database } from '#platform/db/database.ts';
import { hashToken } from '#platform/session/token.ts';
import { guest, type ReadVisitor, type Visitor } from '#platform/session/visitor.ts';
import { consentHold, idleMinutesOf, standingOf } from '../rules.ts';
import { findSession, touchSession } from '../store.server.ts';

/** A use is written down at most twice a minute, so that reading does not become writing. */
const touchAfterMs = 30_000;

const timedOut: Visitor = { ...guest, timedOut: true };

/**
 * Who a session token belongs to, asked at every request: a stopped account, an ended 有効期間 or a death takes effect at
 * once. Rejects when the database cannot be asked.
 */
export function makeReadVisitor(database: Database): ReadVisitor {
  return async (token, now) => {
    const tokenHash = hashToken(token);
    const session = await findSession(database.system, tokenHash, dayOfInstant(now));
    if (session === undefined || session.expiresAt <= now) return guest;
    const standing = standingOf(session);
    if ('barred' in standing) return guest;
    const { actor } = standing;
    const idleMinutes = idleMinutesOf(actor);
    const unusedMs = now.getTime() - session.seenAt.getTime();
    if (unusedMs > idleMinutes * 60_000) return timedOut;
    if (unusedMs > touchAfterMs) await touchSession(database.system, tokenHash, now);
    const pageSize = PAGE_SIZES.find((size) => size === session.pageSize);
    const hold = consentHold({ agreeBy: session.agreeBy, putOff: session.consentPutOff }, dayOfInstant(now));
    return { actor, session: { tokenHash, idleMinutes }, timedOut: false, pageSize, hold };
  };
}
