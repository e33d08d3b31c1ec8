import type { Day } from '#kernel/day.ts';
import { dayOfInstant } from '#kernel/day.ts';
import { associationsById } from '#features/association/queries/directory.ts';
import type { Person } from '#features/person/queries/person.ts';
import { findPerson } from '#features/person/queries/person.ts';
import { postalLines } from '#features/person/queries/postal-address.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { Letter } from '#platform/render/letter.ts';
import { findLastGuidance, lastGuidanceAt } from '../guidance.store.server.ts';
import type { LastGuidance } from '../guidance-messages.ts';
import { guidanceLetter } from '../guidance-messages.ts';
import type { GuidanceWay } from '../fields.ts';
import { guidanceWay, waitsUntil } from '../guidance-rules.ts';
import { isInScope } from '../member-detail.store.server.ts';
import { memberIdInput } from '../schema.ts';
import { isContactFaded } from './faded.ts';
import type { MemberHead } from './member-head.ts';
import { headOfMember } from './member-head.ts';
import { actingOffice, memberOffice } from './members.ts';

/** マイページの案内 (`screens.md O-08`): whether it can be sent, how, and when the last one went. */

export type GuidanceState = { way: GuidanceWay | undefined; last: LastGuidance | undefined; waits: Day | undefined; days: number };

async function lastOf(tx: ReadTransaction, key: { personId: string; associationId: number }): Promise<LastGuidance | undefined> {
  const at = await lastGuidanceAt(tx, key.personId);
  if (at === null) return undefined;
  const own = await findLastGuidance(tx, key);
  return { at, own: own?.sentAt.getTime() === at.getTime() ? own : undefined };
}

/** The state of one member, for pages and for the command. */
export async function guidanceOf(tx: ReadTransaction, ctx: Context, person: Person): Promise<GuidanceState> {
  const { guidanceDays: days } = await systemSettingsOf(tx);
  const last = await lastOf(tx, { personId: person.id, associationId: actingOffice(ctx).associationId });
  return {
    way: guidanceWay({
      registered: person.accountId !== null,
      died: person.diedOn !== null,
      faded: await isContactFaded(tx, ctx, person.id),
      mail: person.mail !== null && person.mailBouncedAt === null,
      address: person.addressLine !== '',
    }),
    last,
    waits: waitsUntil(last?.at ?? null, { today: ctx.today, days }),
    days,
  };
}

/** The member and his state; undefined for whom the acting office may not see. */
export async function guidanceTarget(
  tx: ReadTransaction,
  ctx: Context,
  personId: string,
): Promise<{ person: Person; state: GuidanceState } | undefined> {
  const person = await findPerson(tx, personId);
  if (person === undefined || !(await isInScope(tx, personId, actingOffice(ctx).associationId))) return undefined;
  return { person, state: await guidanceOf(tx, ctx, person) };
}

export type GuidanceView = GuidanceState & {
  head: MemberHead;
  /** Where it goes: the mail address, or the address of record. */
  to: string[];
  /** The own office's last one is a letter that can be printed (again). */
  printable: boolean;
};

/** For the page on which it is sent. */
export const memberGuidance = query({
  name: 'member.guidance',
  input: memberIdInput,
  allow: memberOffice,
  read: async (tx, { id }, ctx): Promise<GuidanceView | undefined> => {
    const head = await headOfMember(tx, ctx, id);
    const target = await guidanceTarget(tx, ctx, id);
    if (head === undefined || target === undefined) return undefined;
    const { person, state } = target;
    const to = state.way === 'mail' ? [person.mail ?? ''] : state.way === 'letter' ? await postalLines(tx, person, ctx.today) : [];
    return { ...state, head, to, printable: isPrintable(state) };
  },
  audit: ({ head }) => ({ action: 'member.viewed', target: head.personId, personIds: [head.personId], detail: { guidance: true } }),
});

/** While it stands, and as long as he has not registered meanwhile. */
function isPrintable({ way, last, waits }: GuidanceState): boolean {
  return way !== undefined && waits !== undefined && last?.own?.way === 'letter';
}

export type PrintableGuidance = { personId: string; letter: Letter };

/** L-05 as it was made; it can be printed again until the next one may go. */
export const memberGuidanceLetter = query({
  name: 'member.guidanceLetter',
  input: memberIdInput,
  allow: memberOffice,
  read: async (tx, { id }, ctx): Promise<PrintableGuidance | undefined> => {
    const target = await guidanceTarget(tx, ctx, id);
    if (target === undefined || target.state.last === undefined || !isPrintable(target.state)) return undefined;
    const { person, state } = target;
    const [office] = await associationsById(tx, [actingOffice(ctx).associationId], ctx.today);
    const letter = guidanceLetter({
      name: `${person.surname} ${person.givenName}`,
      office: office?.name ?? '',
      origin: ctx.site.origin,
      address: await postalLines(tx, person, ctx.today),
      contact: [office?.tel ?? '', office?.mail ?? ''].filter((text) => text !== ''),
      on: dayOfInstant(state.last?.at ?? ctx.now),
      printedAt: ctx.now,
    });
    return { personId: id, letter };
  },
  audit: ({ personId }) => ({ action: 'member.guidancePrinted', target: personId, personIds: [personId] }),
});
