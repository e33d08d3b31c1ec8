import { newId } from '#kernel/id.ts';
import { approve } from '#features/application/commands/approve.ts';
import { saveWithdrawal } from '#features/application/commands/save-withdrawal.ts';
import { submitWithdrawal } from '#features/application/commands/submit-withdrawal.ts';
import { run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { must, versionOf } from './acting.ts';

/** Leaving as doctors and offices do it, through the commands: used by the demo data and by the tests, never by requests. */

export type LeaveWish = {
  /** Ticked associations; the upward cascade follows. */
  leave: readonly number[];
  wishedOn: string;
  /** Per shared upper association: the affiliation to move to, or 'end'. */
  moves?: Readonly<Record<string, string>>;
  reason?: string;
  reasonText?: string;
};

function inputOf({ leave, wishedOn, moves = {}, reason = 'W01', reasonText = '' }: LeaveWish) {
  return { leave: leave.map(String), moves, details: { wishedOn, reason, reasonText } };
}

/** Step 1 of 退会届, kept but not sent. */
export async function draftWithdrawal(ctx: Context, wish: LeaveWish): Promise<{ id: string; version: number }> {
  return must(await run(saveWithdrawal, ctx, { ...inputOf(wish), complete: false }));
}

/** Step 1 with every check; nothing is kept where it is refused. */
export async function tryWithdrawal(ctx: Context, wish: LeaveWish) {
  return await run(saveWithdrawal, ctx, { ...inputOf(wish), complete: true });
}

/** A submitted 退会届. */
export async function fileWithdrawal(ctx: Context, wish: LeaveWish): Promise<{ id: string; number: string }> {
  return must(await run(submitWithdrawal, ctx, await draftWithdrawal(ctx, wish), newId()));
}

/** 承認 of a leave by one office with its 退会日, warnings confirmed. */
export async function approveLeaveAs(ctx: Context, id: string, decidedOn: string) {
  return await run(approve, ctx, { id, version: await versionOf(ctx, id), decidedOn, confirmed: 'on' }, newId());
}
