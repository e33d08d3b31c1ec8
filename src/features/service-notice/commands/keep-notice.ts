import { actorName } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import { startOfDay } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { messages } from '#kernel/messages.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { z } from 'zod';
import { serviceFlow } from '../flow.ts';
import { serviceTexts as texts } from '../messages.ts';
import { phaseAt } from '../rules.ts';
import { announceInput, settleInput } from '../schema.ts';
import { findEntered, insertEntered, settle } from '../store.server.ts';

/** 計画停止 and 障害 are entered by 運営事務局 (`screens.md P-07`). */

const operationsOnly = ({ actor }: Context) => (actor.kind === 'operations' ? true : refuse('forbidden'));
const mostAheadMs = 366 * 86_400_000;

function instantOf(on: Day, minutes: number): Date {
  return new Date(startOfDay(on).getTime() + minutes * 60_000);
}

type Announcing = z.infer<typeof announceInput>;
type Times = { startsAt: Date; endsAt: Date | null };

function ofMaintenance({ startsAt, endsAt }: Times, now: Date): Outcome<Times> {
  if (endsAt === null) return refuseFields({ endsOn: [texts.endMissing] });
  if (startsAt <= now) return refuseFields({ startsOn: [texts.startsLater] });
  return startsAt.getTime() - now.getTime() > mostAheadMs ? refuseFields({ startsOn: [texts.tooFar] }) : accepted({ startsAt, endsAt });
}

function timesOf(input: Announcing, now: Date): Outcome<Times> {
  if ((input.endsOn === undefined) !== (input.endsTime === undefined)) return refuseFields({ endsOn: [texts.endMissing] });
  const startsAt = instantOf(input.startsOn, input.startsTime ?? 0);
  const endsAt = input.endsOn === undefined ? null : instantOf(input.endsOn, input.endsTime ?? 0);
  if (endsAt !== null && endsAt <= startsAt) return refuseFields({ endsOn: [texts.endBeforeStart] });
  if (input.kind === 'maintenance') return ofMaintenance({ startsAt, endsAt }, now);
  if (input.impact === '') return refuseFields({ impact: [messages.req(texts.impact)] });
  return startsAt > now ? refuseFields({ startsOn: [texts.faultAhead] }) : accepted({ startsAt, endsAt });
}

/** 登録する: everybody is told from now on. */
export const announceService = command({
  name: 'serviceNotice.announce',
  input: announceInput,
  locks: async () => await Promise.resolve([]),
  load: async (_tx, _input, { actor }) => await Promise.resolve({ accountId: actor.kind === 'operations' ? actor.accountId : '' }),
  allow: operationsOnly,
  decide: (ctx, _target, input) => timesOf(input, ctx.now),
  save: async (tx, { ctx, target: { accountId }, decision, input }) => {
    const id = newId();
    const { kind, mode, impact, workaround } = input;
    const by = { enteredBy: accountId, enteredName: actorName(ctx.actor), enteredAt: ctx.now };
    await insertEntered(tx, { id, kind, mode, impact, workaround, ...decision, ...by });
    return { value: { id }, audit: { action: 'serviceNotice.announce', target: id, detail: { kind, mode } }, events: [] };
  },
});

function settling(name: 'serviceNotice.end' | 'serviceNotice.withdraw', action: 'end' | 'withdraw') {
  return command({
    name,
    input: settleInput,
    locks: async (_tx, { id }) => await Promise.resolve([{ kind: 'key' as const, id: `serviceNotice:${id}` }]),
    load: async (tx, { id }) => await findEntered(tx, id),
    allow: operationsOnly,
    decide: (ctx, row, { version }) => {
      const next = serviceFlow.next(row.state, action);
      const phase = phaseAt(row, ctx.now);
      const fits = action === 'end' ? phase === 'running' : phase === 'ahead' || phase === 'running';
      if (next === undefined || !fits) return refuse('conflict', { message: texts.settled });
      return version === row.version ? accepted(next) : refuse('conflict', { current: { version: row.version } });
    },
    save: async (tx, { ctx, target: row, decision: state }) => {
      const endsAt = action === 'end' ? ctx.now : row.endsAt;
      await settle(tx, row, { state, endsAt, by: actorName(ctx.actor), at: ctx.now });
      return { value: { id: row.id }, audit: { action: name, target: row.id }, events: [] };
    },
  });
}

/** 復旧 of a 障害, or a メンテナンス that is over sooner. */
export const endService = settling('serviceNotice.end', 'end');

/** 取り消す: it is not told any more. */
export const withdrawService = settling('serviceNotice.withdraw', 'withdraw');
