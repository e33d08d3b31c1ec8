import { formatInstant } from '#kernel/wareki.ts';
import type { Refused } from '#kernel/refusal.ts';
import { refuse } from '#kernel/refusal.ts';
import type { Lock } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { mayPlanSettings, officeOfSettings } from './policy.ts';
import type { SettingsAround } from './queries/settings-around.ts';
import { settingsTexts as texts } from './settings-messages.ts';

/** Two people of one office plan one after the other. */
export function settingsLocks(ctx: Context): readonly Lock[] {
  const office = officeOfSettings(ctx.actor);
  return office === undefined ? [] : [{ kind: 'association', id: String(office.associationId) }];
}

/** Which person did what last, for the one who comes too late (`screens.md 1.5`); the shipped version is nobody's act. */
function lastAct({ versions }: SettingsAround): { name: string; at: Date; action: string } | undefined {
  const planned = versions
    .filter((one) => one.createdBy !== '')
    .map((one) => ({ name: one.createdBy, at: one.recordedAt, action: texts.planAction }));
  const withdrawn = versions.flatMap(({ withdrawal }) =>
    withdrawal === undefined ? [] : [{ name: withdrawal.by, at: withdrawal.at, action: texts.withdrawAction }],
  );
  return [...planned, ...withdrawn].toSorted((a, b) => a.at.getTime() - b.at.getTime()).at(-1);
}

function changedMeanwhile(around: SettingsAround): Refused {
  const act = lastAct(around);
  const { office, revision, versions } = around;
  const current = { version: revision, latest: versions.at(-1)?.version ?? null };
  if (act === undefined) return refuse('conflict', { current });
  return refuse('conflict', {
    current,
    message: texts.changedBy({ name: act.name, office: office.associationName, at: formatInstant(act.at), action: act.action }),
  });
}

/** 管理者 only, and only on what they saw. */
export function settingsGate(ctx: Context, around: SettingsAround, seen: number): true | Refused {
  if (!mayPlanSettings(ctx.actor)) return refuse('forbidden');
  return around.revision === seen ? true : changedMeanwhile(around);
}
