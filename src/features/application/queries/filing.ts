import type { Refused } from '#kernel/refusal.ts';
import { refuse } from '#kernel/refusal.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { isFiler } from '../policy.ts';
import type { Case } from '../store.server.ts';
import { loadCase } from '../store.server.ts';

/** The pages on which a paper is written: the doctor's own, and those of the office that enters it for him (`rules.md 3.10`). */

/** A doctor or an office; which paper is theirs says `loadFiled`. */
export function filersOnly(ctx: Pick<Context, 'actor'>): true | Refused {
  const { actor } = ctx;
  if (actor.kind === 'office') return actor.role === 'trainingContractor' ? refuse('forbidden') : true;
  return actor.kind === 'doctor' ? true : refuse('forbidden');
}

/** The paper if it is the actor's to write: his own, or one that his office entered. */
export async function loadFiled(tx: ReadTransaction, ctx: Context, id: string): Promise<Case | undefined> {
  const target = await loadCase(tx, ctx.actor, id);
  return target !== undefined && isFiler(ctx.actor, target) ? target : undefined;
}

/** Whose paper a page is about that has no paper yet: only a doctor begins one by himself. */
export function ownPersonId(ctx: Pick<Context, 'actor'>): string | undefined {
  return ctx.actor.kind === 'doctor' ? ctx.actor.personId : undefined;
}
