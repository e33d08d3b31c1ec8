import type { Actor } from '#kernel/actor.ts';
import { actingAccount } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import { addDays, dayOfInstant } from '#kernel/day.ts';
import { textInput } from '#kernel/input.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { holdsWithout } from '#features/membership/queries/standing.ts';
import { withdrawDeath } from '#features/person/commands/record-death.ts';
import { findPerson } from '#features/person/queries/person.ts';
import { activeStaff } from '#features/staff/queries/active-staff.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { isDecided, isDraft } from '../flow.ts';
import { isDeathPaper } from '../forms.ts';
import { texts } from '../messages.ts';
import { isProxy } from '../policy.ts';
import { proxyNames, proxyTexts } from '../proxy-messages.ts';
import { findEntry } from '../proxy.store.server.ts';
import { versionedInput } from '../schema.ts';
import type { Case } from '../store.server.ts';
import { loadCase } from '../store.server.ts';
import { endDeathPaper } from './end-death-paper.ts';
import { caseLocks, gate } from './gate.ts';

/** What 死亡登録の取消 is judged by (`screens.md O-11`). */
export type DeathEntry = {
  died: boolean;
  /** Until this day it can be taken back. */
  until: Day;
  days: number;
  /** The one who looks registered it: another person takes it back, where the office has one. */
  own: boolean;
  alone: boolean;
};

/** The entry of a death by the acting office itself; undefined for a paper that only followed from one, and for any other. */
export async function loadDeathEntry(tx: ReadTransaction, ctx: Context, target: Case): Promise<DeathEntry | undefined> {
  if (!mayTakeBack(ctx.actor, target)) return undefined;
  const entry = await findEntry(tx, target.id);
  if (entry === undefined || entry.accountId === null || target.proxyAssociationId === null) return undefined;
  const { deathRevokeDays: days } = await systemSettingsOf(tx);
  const { deciders } = await activeStaff(tx, target.proxyAssociationId, ctx.today);
  return {
    died: (await findPerson(tx, target.personId))?.diedOn !== null,
    until: addDays(dayOfInstant(entry.at), days),
    days,
    own: entry.accountId === actingAccount(ctx.actor),
    alone: deciders <= 1,
  };
}

function mayTakeBack(actor: Actor, target: Case): boolean {
  return isProxy(actor, target) && isDeathPaper(target) && !isDraft(target.state);
}

/**
 * 死亡登録の取消 (`screens.md O-11`): within the days of the setting, by a second person, the doctor is alive again and the 退会届 of our
 * entry is taken back; the ledger keeps both. What followed elsewhere is put right by `restoreAfterDeath`.
 */
export const revokeDeath = command({
  name: 'application.revokeDeath',
  input: versionedInput.extend({ note: textInput(proxyNames.revokeGround, { required: true, max: 200, multiline: true }) }),
  locks: caseLocks,
  load: async (tx, input, ctx) => {
    const target = await loadCase(tx, ctx.actor, input.id);
    const entry = target === undefined ? undefined : await loadDeathEntry(tx, ctx, target);
    if (target === undefined) return undefined;
    const stepIds = target.steps.map((step) => step.id);
    const taken = target.steps.some((step) => isDecided(step.state));
    const holds = !taken || (await holdsWithout(tx, ctx.actor, { personId: target.personId, stepIds, on: ctx.today }));
    return { target, entry, holds };
  },
  allow: (ctx, { target, entry }, input) => {
    const seen = gate(ctx, 'view', { target, seen: input.version });
    if (seen !== true) return seen;
    if (entry === undefined) return refuse('forbidden');
    return entry.own && !entry.alone ? refuse('forbidden', { message: texts.anotherPerson }) : true;
  },
  decide: (ctx, { entry, holds }) => {
    if (entry?.died !== true) return refuse('conflict', { message: proxyTexts.deathRevokedAlready });
    if (ctx.today > entry.until) return refuse('conflict', { message: proxyTexts.deathRevokeTooLate(entry.days) });
    return holds ? accepted(undefined) : refuse('conflict', { message: texts.revokeBuiltUpon });
  },
  save: async (tx, { ctx, target: { target }, input }) => {
    if (!(await withdrawDeath(tx, { personId: target.personId, at: ctx.now }))) throw new Error('the death was withdrawn under the lock');
    const done = await endDeathPaper(tx, ctx, { target, note: input.note });
    return {
      value: { id: target.id },
      audit: { action: 'application.revokeDeath', personIds: [target.personId], target: target.id },
      alsoAudit: [done.note],
      events: [done.event, { kind: 'person.deathWithdrawn', payload: { personId: target.personId, applicationId: target.id } }],
    };
  },
});
