import type { Actor, Layer, StaffRole } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { consentMessages } from './messages.ts';

/** Failed tries of one account that cost no waiting: a slip of the finger. */
export const freeTriesOfAccount = 2;
/** The same of one network address, behind which a whole office may sit. */
export const freeTriesOfAddress = 20;
const longestWaitSeconds = 900;
/** After an hour without a try the count begins anew. */
export const forgottenAfterSeconds = 3_600;

/** Seconds to wait after a number of failed tries in a row: 1, 2, 4 … up to 15 minutes, never for good. */
export function waitAfter(tries: number, free: number): number {
  return tries <= free ? 0 : Math.min(2 ** Math.min(tries - free - 1, 20), longestWaitSeconds);
}

/** Minutes without a request that end a session (`screens.md 1.5`). */
export function idleMinutesOf(actor: Actor): number {
  return actor.kind === 'doctor' ? 60 : 30;
}

/** ログイン履歴 of one's own login page shows so many lines: three a day, more than anybody logs in (D-05). */
export const mostLogins = 300;

/** Whatever one does, a session ends after half a day. */
export const longestSessionHours = 12;

/** Whether somebody must have a second factor: offices, where the installation asks for it; never in the demo (`rules.md 5.4`). */
export function factorRequired(actor: Actor, asked: { setting: number; demo: boolean }): boolean {
  return asked.setting === 1 && !asked.demo && (actor.kind === 'office' || actor.kind === 'operations');
}

/** A person has so many passkeys at most: each of his devices, and some to spare (D-05). */
export const mostPasskeys = 10;

/**
 * Whether whoever must have a second factor may give one up: something else must be left, an app or a passkey (`rules.md 5.4`).
 * Who need not have any may give up all.
 */
export function mayGiveUp(required: boolean, left: { app: boolean; passkeys: number }): boolean {
  return !required || left.app || left.passkeys > 0;
}

/** The top page of a person. */
export function homeOf(actor: Actor): string {
  switch (actor.kind) {
    case 'doctor':
      return '/my';
    case 'office':
      return '/office';
    case 'operations':
      return '/operations';
    default:
      return '/login';
  }
}

/** An account with the person or staff member behind it, as it stands today. */
export type AccountHolder = {
  accountId: string;
  kind: string;
  accountState: string;
  personId: string | null;
  personName: string | null;
  diedOn: Day | null;
  staffId: string | null;
  staffName: string | null;
  staffState: string | null;
  /** 有効期間 not over; the last 管理者's never lapses (`rules.md 5.3`). */
  staffValid: boolean | null;
  officeKind: string | null;
  role: StaffRole | null;
  associationId: number | null;
  associationName: string | null;
  layer: Layer | null;
  /** Set while the login is the initial one of a migrated doctor: it opens nothing but its own change. */
  initialUntil: Date | null;
  /** Decisions and exports wait until then. */
  heldUntil: Date | null;
};

export type Standing = { actor: Actor } | { barred: 'dead' | 'stopped' };

const stopped: Standing = { barred: 'stopped' };

function doctorOf(holder: AccountHolder): Standing {
  const { accountId, personId, personName: displayName } = holder;
  if (personId === null || displayName === null) return stopped;
  return holder.diedOn === null ? { actor: { kind: 'doctor', accountId, personId, displayName } } : { barred: 'dead' };
}

function staffOf(holder: AccountHolder): Standing {
  const { accountId, staffId, staffName: displayName, associationId, associationName, layer, role } = holder;
  if (staffId === null || displayName === null || holder.staffState !== 'active' || holder.staffValid !== true) return stopped;
  if (holder.officeKind === 'operations') return { actor: { kind: 'operations', accountId, staffId, displayName } };
  if (associationId === null || associationName === null || layer === null || role === null) return stopped;
  const held = holder.heldUntil === null ? {} : { heldUntil: holder.heldUntil };
  return { actor: { kind: 'office', accountId, staffId, displayName, associationId, associationName, layer, role, ...held } };
}

/** Who an account is today, or why it may not be used: the same answer at login and at every request. */
export function standingOf(holder: AccountHolder): Standing {
  if (holder.kind === 'doctor' && holder.diedOn !== null) return { barred: 'dead' };
  if (holder.accountState !== 'active') return stopped;
  return holder.kind === 'doctor' ? doctorOf(holder) : staffOf(holder);
}

/** Of several holders of one account the one that may be used; the store has ordered them so that the best comes first. */
export function bestStanding(holders: readonly AccountHolder[]): Standing {
  const standings = holders.map(standingOf);
  return standings.find((standing) => 'actor' in standing) ?? standings[0] ?? stopped;
}

/** What holds up whoever owes a consent (`screens.md A-17`): all until he has answered, changes while he puts it off, all after the day. */
export function consentHold({ agreeBy, putOff }: { agreeBy: Day | null; putOff: boolean }, today: Day) {
  if (agreeBy === null) return undefined;
  const reading = putOff && today <= agreeBy;
  return {
    to: '/terms/consent',
    reading,
    message: reading ? consentMessages.readingUntil(formatDayPlain(agreeBy)) : consentMessages.first,
  };
}
