import { mayPlanSettings, officeOfSettings } from '#features/association/policy.ts';
import { settingsLocks } from '#features/association/settings-gate.ts';
import type { OfficeActor } from '#kernel/actor.ts';
import type { Refused } from '#kernel/refusal.ts';
import { refuse } from '#kernel/refusal.ts';
import type { Lock } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { texts } from '../labels.ts';

/** Two people of one office change its lists one after the other. */
export async function listLocks(_tx: unknown, _input: unknown, ctx: Context): Promise<readonly Lock[]> {
  return await Promise.resolve(settingsLocks(ctx));
}

/** Only 管理者 change the lists (`screens.md O-20`). */
export function adminsOnly(ctx: Pick<Context, 'actor'>): true | Refused {
  return mayPlanSettings(ctx.actor) ? true : refuse('forbidden');
}

/** 管理者 and スタッフ see them. */
export function officeOnly(ctx: Pick<Context, 'actor'>): true | Refused {
  return officeOfSettings(ctx.actor) === undefined ? refuse('forbidden') : true;
}

/** What an entry is changed among: the rows of the own association, and the one that is meant (undefined: a new one). */
export type Among<Row> = { office: OfficeActor; rows: Row[]; present: Row | undefined };

/** The rows of the acting office with the one that is meant; undefined when it is none of them. */
export async function among<Row extends { id: number }>(
  ctx: Pick<Context, 'actor'>,
  id: number | 'new',
  list: (associationId: number) => Promise<Row[]>,
): Promise<Among<Row> | undefined> {
  const office = officeOfSettings(ctx.actor);
  if (office === undefined) return undefined;
  const rows = await list(office.associationId);
  const present = rows.find((row) => row.id === id);
  return id !== 'new' && present === undefined ? undefined : { office, rows, present };
}

/** What the record says of a value: the former and the new one where it was changed. */
export function recorded<Value>(before: Value | undefined, now: Value): Value | [Value, Value] {
  return before === undefined || before === now ? now : [before, now];
}

/** The refusal for a form that saw something else than what stands; undefined when it saw the same. */
export function outdated(present: { version: number } | undefined, seen: number): Refused | undefined {
  if (present === undefined || present.version === seen) return undefined;
  return refuse('conflict', { message: texts.changedMeanwhile, current: { version: present.version } });
}
