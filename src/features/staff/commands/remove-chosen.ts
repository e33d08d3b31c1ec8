import type { Outcome } from '#kernel/refusal.ts';
import { run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { removeMember } from './change-member.ts';
import { withdrawInvitation } from './manage-invitation.ts';

export type Chosen = { id: string; version: number; invited: boolean };

/** What became of several deletions: how many were done, and why the others were not. */
export type Removal = { done: number; refusals: { id: string; message: string }[] };

async function removeOne(ctx: Context, one: Chosen, key: string | undefined): Promise<Outcome<unknown>> {
  return await run(one.invited ? withdrawInvitation : removeMember, ctx, { id: one.id, version: one.version }, key);
}

/** 選択したユーザーを削除: one command each, one after the other; a refusal does not stop the rest. */
export async function removeChosen(ctx: Context, chosen: readonly Chosen[], key: string | undefined): Promise<Removal> {
  const removal: Removal = { done: 0, refusals: [] };
  for (const one of chosen) {
    const outcome = await removeOne(ctx, one, key === undefined ? undefined : `${key}:${one.id}`);
    if (outcome.ok) removal.done += 1;
    else removal.refusals.push({ id: one.id, message: outcome.refusal.message });
  }
  return removal;
}
