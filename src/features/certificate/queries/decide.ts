import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuseFields } from '#kernel/refusal.ts';
import { messages } from '#kernel/messages.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { certificateTexts as texts } from '../messages.ts';
import type { IssuingWay } from './known.ts';
import { issuersOf, knownPerson } from './known.ts';
import type { Known, PaperWish } from '../rules.ts';
import { judgePaper } from '../rules.ts';
import type { Paper } from '../schema.ts';

/** What is loaded before one is issued: the person in the association, and who issues there. */
export type Ground = { personId: string; known: Known; issuing: IssuingWay | undefined };

/** Undefined when the person is out of scope; without `issuing` he was never a member there, or the association is no more. */
export async function loadGround(
  tx: ReadTransaction,
  ctx: Context,
  ask: { personId: string; associationId: number },
): Promise<Ground | undefined> {
  const person = await knownPerson(tx, ask.personId, ctx.today);
  if (person === undefined) return undefined;
  const ever = person.associationIds.includes(ask.associationId);
  const [issuing] = ever ? await issuersOf(tx, [ask.associationId], ctx.today) : [];
  return { personId: ask.personId, known: person.in(ask.associationId), issuing };
}

export type Decided = { paper: Paper; way: IssuingWay['way']; associationId: number };

/** The paper as it would be printed today, and who has to agree to it (`screens.md D-13`). */
export function decidePaper(ctx: Context, ground: Ground, wish: PaperWish): Outcome<Decided> {
  if (ground.issuing === undefined) return refuseFields({ associationId: [messages.sel(texts.association)] });
  const { issuer, way } = ground.issuing;
  const paper = judgePaper(ground.known, wish, { issuer, today: ctx.today });
  return paper.ok ? accepted({ paper: paper.value, way, associationId: issuer.association.id }) : paper;
}
