import { initialUntil } from '#features/identity/commands/initial-login.ts';
import { findPerson, personOfLicence } from '#features/person/queries/person.ts';
import { postalLines } from '#features/person/queries/postal-address.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import type { OperationsActor } from '#kernel/actor.ts';
import { startOfDay } from '#kernel/day.ts';
import { foldName } from '#kernel/fold-name.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { fieldErrors } from '#platform/command/parse.ts';
import { ask, query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { countLetters } from '../letter.store.server.ts';
import { purposeLabels } from '../labels.ts';
import { consentFault, letterFault, type LetterTarget } from '../letter-rules.ts';
import { letterInput, type LetterWish } from '../schema.ts';

/** Who a letter goes to (P-04): found by number, name and day of birth together, or not at all (`rules.md 5.5`). */

/** The operations office asks, the system reads; the records name who asked. */
export function asOperations(ctx: Context): { ctx: Context; actor: OperationsActor } | undefined {
  const { actor } = ctx;
  return actor.kind === 'operations'
    ? { actor, ctx: { ...ctx, actor: { kind: 'system', name: 'operations' }, recordedAs: actor } }
    : undefined;
}

/** 閲覧の目的 as the records and the doctor's 閲覧履歴 show it. */
export function purposeOf({ purpose, purposeNote }: Pick<LetterWish, 'purpose' | 'purposeNote'>): string {
  return purposeNote === '' ? purposeLabels[purpose] : `${purposeLabels[purpose]}:${purposeNote}`;
}

/** Name and birth fit the number; glyph variants of one name are the same name (`rules.md 10`), nothing else is. */
function isSame(person: { surname: string; givenName: string; birthOn: string; diedOn: string | null }, wish: LetterWish): boolean {
  const same = (one: string, two: string) => foldName(one) === foldName(two);
  return (
    person.diedOn === null &&
    person.birthOn === wish.birthOn &&
    same(person.surname, wish.surname) &&
    same(person.givenName, wish.givenName)
  );
}

/** Everything that decides about a letter; `undefined` when the facts do not fit together. */
export async function readTarget(
  tx: ReadTransaction,
  ctx: Context,
  { wish, by }: { wish: LetterWish; by: string },
): Promise<LetterTarget | undefined> {
  const personId = await personOfLicence(tx, wish.licenceNumber);
  const person = personId === undefined ? undefined : await findPerson(tx, personId);
  if (person === undefined || !isSame(person, wish)) return undefined;
  const since = startOfDay(ctx.today);
  const initial = person.accountId === null || (await initialUntil(tx, person.accountId)) !== undefined;
  return {
    personId: person.id,
    accountId: person.accountId,
    name: `${person.surname} ${person.givenName}`,
    address: await postalLines(tx, person, ctx.today),
    hasAddress: person.addressLine !== '',
    initial,
    toDoctor: await countLetters(tx, { since, personId: person.id }),
    byAgent: await countLetters(tx, { since, by }),
    settings: await systemSettingsOf(tx),
  };
}

const looked = query({
  name: 'entrance.letterTarget',
  input: letterInput,
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  read: async (tx, wish, ctx) => ({
    target: await readTarget(tx, ctx, {
      wish,
      by: ctx.recordedAs !== undefined && 'accountId' in ctx.recordedAs ? ctx.recordedAs.accountId : '',
    }),
  }),
  audit: ({ target }, wish) => ({
    action: 'entrance.letterTargetViewed',
    purpose: purposeOf(wish),
    personIds: target === undefined ? [] : [target.personId],
    target: target?.personId ?? '',
    detail: { matched: target !== undefined },
  }),
});

export type LetterAddressee = { name: string; address: readonly string[]; replaces: boolean };

/** 照合する: name and address of the one to whom all facts fit, or why no letter can be printed. */
export async function letterAddressee(ctx: Context, raw: unknown): Promise<Outcome<LetterAddressee>> {
  const operations = asOperations(ctx);
  if (operations === undefined) return refuse('forbidden');
  const parsed = letterInput.safeParse(raw);
  if (!parsed.success) return refuse('invalid', { fields: fieldErrors(parsed.error) });
  const early = consentFault(parsed.data.consentOn, ctx.today);
  if (early !== undefined) return refuseFields(early);
  const found = await ask(looked, operations.ctx, raw);
  if (!found.ok) return found;
  const { target } = found.value;
  const fault = letterFault(target, parsed.data.kind);
  if (fault !== undefined || target === undefined) return refuse('conflict', fault === undefined ? {} : { message: fault });
  return accepted({ name: target.name, address: target.address, replaces: parsed.data.kind === 'initial' && target.accountId !== null });
}
