import { makeContext } from '../context.ts';
import { isDatabaseGone } from '../db/errors.ts';
import { auditRow } from '../audit/audit-event.ts';
import { guest, type Visitor } from '../session/visitor.ts';
import { isToken } from '../session/token.ts';
import type { Arrival } from './arrival.ts';
import { makeCookies, sessionTokenOf } from './cookies.ts';
import type { DoorParts } from './door-parts.ts';
import type { Target } from './guard.ts';
import type { RequestState } from './request-context.ts';
import type { Verdict } from './verdict.ts';

/** Requests a minute of one session, all pages together. */
const perSession = 1_200;

/** Who knocks; `unavailable` when the database cannot say. Without a session cookie nothing is asked. */
export async function findVisitor(arrival: Arrival, parts: DoorParts): Promise<Visitor | 'unavailable'> {
  const token = sessionTokenOf(arrival);
  if (token === undefined || !isToken(token)) return guest;
  try {
    return await parts.readVisitor(token, arrival.now);
  } catch (error) {
    if (isDatabaseGone(error)) return 'unavailable';
    throw error;
  }
}

/** Seconds to wait when this session (or a guest's address) has asked for this page, or for anything, too often. */
export function overLimit(target: Target, visit: { visitor: Visitor; arrival: Arrival }, parts: DoorParts): number | undefined {
  const { visitor, arrival } = visit;
  const session = visitor.session?.tokenHash.toString('base64');
  const key = session ?? arrival.address;
  const ofPage = parts.limiter.hit(`page:${target.name}:${key}`, target.limits.perMinute, arrival.now);
  const ofSession = session === undefined ? undefined : parts.limiter.hit(`session:${session}`, perSession, arrival.now);
  return ofPage ?? ofSession;
}

/** The state that loaders, actions and API handlers get. */
export function stateFor(visit: { visitor: Visitor; arrival: Arrival; verdict: Verdict }, parts: DoorParts): RequestState {
  const { visitor, arrival, verdict } = visit;
  const { id: requestId, now, address } = arrival;
  return {
    context: makeContext(parts.surroundings, { actor: visitor.actor, now, requestId, address, pageSize: visitor.pageSize }),
    session: visitor.session,
    hold: visitor.hold,
    verdict,
    cookies: makeCookies(arrival),
    token: sessionTokenOf(arrival),
    userAgent: (arrival.header('user-agent') ?? '').slice(0, 200),
    log: parts.log,
  };
}

/** A signed-in person who tries a door that is not his is on record (`rules.md 8.1`). */
export async function recordRefusal(state: RequestState, target: Target): Promise<void> {
  if (state.verdict.kind !== 'refuse' || state.verdict.status !== 403 || state.context.actor.kind === 'guest') return;
  const note = { action: 'page.refused', target: target.name };
  await state.context.audit.write([auditRow(state.context, note, 'refused')]);
}
