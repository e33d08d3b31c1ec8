import type { StaffRole } from '#kernel/actor.ts';
import { addDays, type Day } from '#kernel/day.ts';
import { isInUse, type StaffState } from './flow.ts';

/** 有効期間 of a new staff member unless another day is chosen (O-17): so many days ahead, at most. */
export function defaultValidUntil(today: Day, days: number): Day {
  return addDays(today, days);
}

/** True for a day that 有効期間 may be given (O-17: at most one year ahead, not in the past). */
export function isPossibleValidUntil(day: Day, today: Day, days: number): boolean {
  return day >= today && day <= addDays(today, days);
}

/** What the rule of the last 管理者 needs to know of one staff member. */
export type AdminFacts = { id: string; role: StaffRole; state: StaffState; validUntil: Day; usable: boolean };

/** Later 有効期間 first; the order in which the last 管理者 is found, the same as at sign-in. */
function laterFirst(a: Pick<AdminFacts, 'id' | 'validUntil'>, b: Pick<AdminFacts, 'id' | 'validUntil'>): number {
  return b.validUntil.localeCompare(a.validUntil) || b.id.localeCompare(a.id);
}

/**
 * The 管理者 of an office who can act today: in use and within 有効期間. When it has ended for all of them, the one whose
 * ended last goes on: the last one's does not lapse (`rules.md 5.3`).
 */
export function activeAdmins<One extends AdminFacts>(staff: readonly One[], today: Day): One[] {
  const admins = staff.filter((one) => one.role === 'admin' && isInUse(one.state) && one.usable).toSorted(laterFirst);
  const valid = admins.filter((one) => one.validUntil >= today);
  return valid.length > 0 ? valid : admins.slice(0, 1);
}

/** A 管理者 who can act today and besides whom nobody else can, not even one whose 有効期間 has ended. */
export function isLastAdmin(staff: readonly AdminFacts[], id: string, today: Day): boolean {
  const active = activeAdmins(staff, today);
  return active.length === 1 && active[0]?.id === id;
}

/** What becomes of a staff member by a change, as far as the rule of the last 管理者 is concerned. */
export type StaffChange = { role: StaffRole; state: StaffState; validUntil: Day };

/**
 * True when a change would leave the office without 管理者: the last one may not be deleted, stopped, given another 権限 or
 * an earlier end (`rules.md 5.3`, `screens.md O-17`).
 */
export function endsLastAdmin(staff: readonly AdminFacts[], change: StaffChange & { id: string }, today: Day): boolean {
  if (!isLastAdmin(staff, change.id, today)) return false;
  const now = staff.find((one) => one.id === change.id);
  return change.role !== 'admin' || !isInUse(change.state) || (now !== undefined && change.validUntil < now.validUntil);
}

/** Who may take over somebody's cases (O-17, 引継ぎ): a colleague who decides, in use and within 有効期間. */
export function mayTakeOver(one: AdminFacts, about: { ownId: string; today: Day }): boolean {
  return one.id !== about.ownId && one.role !== 'trainingContractor' && isInUse(one.state) && one.usable && one.validUntil >= about.today;
}

const longestViewName = 30;

/** A name that is not taken: 「名前」, 「名前(引継ぎ)」, 「名前(引継ぎ2)」. */
export function freeName(name: string, taken: readonly string[]): string {
  for (let time = 0; ; time += 1) {
    const mark = time === 0 ? '' : `(引継ぎ${time === 1 ? '' : time})`;
    const tried = `${[...name].slice(0, longestViewName - mark.length).join('')}${mark}`;
    if (!taken.includes(tried)) return tried;
  }
}
