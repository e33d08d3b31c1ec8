import type { Actor } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { holdsCase, isOpen, isReturned } from '../flow.ts';
import { findIdByNumber } from '../my.store.server.ts';
import { loadCase } from '../store.server.ts';
import { myOpenCases } from './my-applications.ts';

/** What お問合せ must know of a case (`rules.md 8.4`): that it is open, and which office has it. */

export type AskedCase = { id: string; number: string; personId: string; holder: number | undefined };

/** An open case in sight of the actor; while the applicant corrects it, the office that sent it back is the one to ask. */
export async function askedCase(tx: ReadTransaction, actor: Actor, id: string): Promise<AskedCase | undefined> {
  const found = await loadCase(tx, actor, id);
  if (found === undefined || found.number === null || !isOpen(found.state)) return undefined;
  const holders = found.steps.filter((step) => (isReturned(found.state) ? isReturned(step.state) : holdsCase(step)));
  const holder = holders.find((step) => step.role !== 'acknowledge') ?? holders[0];
  return { id, number: found.number, personId: found.personId, holder: holder?.associationId };
}

/** The same by 受付番号, as offices name it. */
export async function askedCaseByNumber(tx: ReadTransaction, actor: Actor, number: string): Promise<AskedCase | undefined> {
  const id = await findIdByNumber(tx, actor, number);
  return id === undefined ? undefined : await askedCase(tx, actor, id);
}

/** The doctor's own open cases, to choose from. */
export async function ownOpenCases(tx: ReadTransaction, actor: Actor, today: Day): Promise<{ id: string; number: string; text: string }[]> {
  const { open } = await myOpenCases(tx, actor, today);
  return open.map(({ row, line }) => ({ id: row.id, number: line.number, text: `${line.kind} ${line.number}` }));
}
