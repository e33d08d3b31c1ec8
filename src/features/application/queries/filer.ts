import { codeList } from '#features/association/queries/directory.ts';
import { findPerson, mailTargetOf } from '#features/person/queries/person.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { proxyFactsOf } from '../proxy-facts.ts';
import type { GroundLine } from '../proxy-rules.ts';
import { groundLines } from '../proxy-rules.ts';
import type { Case } from '../store.server.ts';

/** What the pages of a paper say of the doctor for whom an office writes it (`screens.md O-10`). */
export type Filer = {
  personId: string;
  name: string;
  why: 'request' | 'death' | 'missing';
  ground: GroundLine[];
  /** Nothing can be mailed to him. */
  withoutMail: boolean;
};

/** The ground of a proxy application in words; undefined for a paper of the doctor himself. */
export async function readGround(tx: ReadTransaction, ctx: Context, target: Pick<Case, 'proxy'>): Promise<GroundLine[] | undefined> {
  const facts = proxyFactsOf(target.proxy);
  if (facts === undefined) return undefined;
  const codes = await codeList(tx, 'reason.proxy', ctx.today);
  return groundLines(facts, (code) => codes.find((row) => row.code === code)?.label ?? code);
}

/** Undefined on the doctor's own pages. */
export async function readFiler(tx: ReadTransaction, ctx: Context, target: Case): Promise<Filer | undefined> {
  const facts = proxyFactsOf(target.proxy);
  const ground = await readGround(tx, ctx, target);
  const person = ctx.actor.kind === 'office' ? await findPerson(tx, target.personId) : undefined;
  if (facts === undefined || ground === undefined || person === undefined) return undefined;
  return {
    personId: person.id,
    name: `${person.surname} ${person.givenName}`,
    why: facts.why,
    ground,
    withoutMail: (await mailTargetOf(tx, person.id)) === undefined,
  };
}
