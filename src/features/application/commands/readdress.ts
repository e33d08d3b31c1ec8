import { actorName } from '#kernel/actor.ts';
import { settingsOn } from '#features/association/queries/directory.ts';
import type { AuditNote } from '#platform/audit/audit-event.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { isOpen, isUndecided } from '../flow.ts';
import { texts } from '../messages.ts';
import { listCasesAt, readdressSteps, writeNewAddress } from '../readdress.store.server.ts';
import { insertAction } from '../step.store.server.ts';
import type { Case } from '../store.server.ts';
import { loadCase } from '../store.server.ts';

/** Open cases go along with a member whose association becomes another one (`screens.md J-02`, `rules.md 1.2`). */

export type Readdressing = {
  from: { id: number; name: string };
  to: { id: number; name: string };
  categories: ReadonlyMap<number, number>;
  /** The affiliation that takes an earlier one's place, by the earlier one's id. */
  affiliations: ReadonlyMap<string, string>;
};

/** Numbers of the cases in which an association has something to do for a person; to lock them before they are read. */
export async function idsOfCasesAt(tx: ReadTransaction, personId: string, associationId: number): Promise<string[]> {
  return await listCasesAt(tx, personId, associationId);
}

/** The same cases with their steps. */
export async function casesAt(tx: ReadTransaction, ctx: Context, at: { personId: string; associationId: number }): Promise<Case[]> {
  const cases: Case[] = [];
  for (const id of await listCasesAt(tx, at.personId, at.associationId)) {
    const found = await loadCase(tx, ctx.actor, id);
    if (found !== undefined) cases.push(found);
  }
  return cases;
}

function newNumber(value: unknown, { from, to }: Readdressing): unknown {
  return value === from.id ? to.id : value;
}

function newField(name: string, value: unknown, { move, own }: { move: Readdressing; own: boolean }): unknown {
  if (name === 'associationId' || name === 'lowestAssociationId') return newNumber(value, move);
  if (name === 'categoryId' && own && typeof value === 'number') return move.categories.get(value) ?? value;
  if (name === 'affiliationId' && typeof value === 'string') return move.affiliations.get(value) ?? value;
  if (name === 'leave' && Array.isArray(value)) return value.map((one) => newNumber(one, move));
  return readdressedForm(value, move);
}

/** A form of any kind with the other association, its categories and the affiliations that took the earlier ones' places. */
export function readdressedForm(form: unknown, move: Readdressing): unknown {
  if (Array.isArray(form)) return form.map((one) => readdressedForm(one, move));
  if (typeof form !== 'object' || form === null) return form;
  const fields = Object.entries(form);
  const own = fields.some(([name, value]) => name === 'associationId' && value === move.from.id);
  return Object.fromEntries(fields.map(([name, value]) => [name, newField(name, value, { move, own })]));
}

/** Nobody decides on this any more; a number that no association has. */
const none = { id: -1, name: '' };

/** True where the office itself still has a step to take; otherwise only the group of the case becomes another one. */
export function hasStepAt(target: Case, associationId: number): boolean {
  return target.steps.some((step) => step.associationId === associationId && isUndecided(step.state));
}

async function writeForm(tx: WriteTransaction, ctx: Context, { target, move }: { target: Case; move: Readdressing }): Promise<void> {
  const affiliationId = target.affiliationId === null ? null : (move.affiliations.get(target.affiliationId) ?? target.affiliationId);
  const { id, version } = target;
  const form = readdressedForm(target.form, move);
  const written = await writeNewAddress(tx, { id, version, now: ctx.now, form, affiliationId, from: move.from.id, to: move.to.id });
  if (!written) throw new Error('a locked case has changed');
}

/**
 * Hands the open steps of one case to the other association, inside the transaction that moves the member. What was decided stays
 * with the office that decided it; the settings are those of the new one, because the old one's are not its statutes.
 */
export async function readdress(
  tx: WriteTransaction,
  ctx: Context,
  { target, move }: { target: Case; move: Readdressing },
): Promise<AuditNote[]> {
  const from = move.from.id;
  const to = move.to.id;
  const own = hasStepAt(target, from);
  if (isOpen(target.state)) await writeForm(tx, ctx, { target, move: own ? move : { ...move, from: none } });
  const [settings] = await settingsOn(tx, [to], ctx.today);
  if (settings === undefined) throw new Error('the other association has no settings');
  const stepIds = await readdressSteps(tx, { id: target.id, from, to, settingsVersion: settings.version, categories: move.categories });
  const state = (id: string) => target.steps.find((step) => step.id === id)?.state ?? '';
  const signed = { applicationId: target.id, actorName: actorName(ctx.actor), accountId: null, associationId: null, at: ctx.now };
  const message = texts.readdressed(move.from.name, move.to.name);
  for (const id of stepIds) await insertAction(tx, { ...signed, stepId: id, action: 'readdress', from: state(id), to: state(id), message });
  return stepIds.map(() => ({ action: 'application.readdress', target: target.id, personIds: [target.personId], detail: { from, to } }));
}
