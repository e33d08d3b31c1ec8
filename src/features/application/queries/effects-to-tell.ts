import type { Day } from '#kernel/day.ts';
import { addDays, dayOfInstant } from '#kernel/day.ts';
import { refuse } from '#kernel/refusal.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { query } from '#platform/command/query.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import type { Effective } from '../effect.store.server.ts';
import { listEffective, listQueued } from '../effect.store.server.ts';

/** A day that was missed is made up for so long; later the news is none any more. */
const madeUpDays = 7;

/** M-18 comes on the day itself, and once before a leave. */
export type EffectMark = 'day' | 'ahead';

export type News = { applicationId: string; on: Day; mark: EffectMark; events: Effective[] };

/** One mail per case, day and occasion. */
export function effectKey(news: Pick<News, 'applicationId' | 'on' | 'mark'>): string {
  return `M-18:${news.applicationId}:${news.on}:${news.mark}`;
}

/** The mail that an event is due for today. What was decided on the day or after it has been told by the decision itself. */
export function markOf(
  event: Pick<Effective, 'on' | 'deed' | 'decidedAt'>,
  ask: { today: Day; leaveNoticeDays: number },
): EffectMark | undefined {
  if (event.decidedAt === null) return undefined;
  const decidedOn = dayOfInstant(event.decidedAt);
  const noticeOn = addDays(event.on, -ask.leaveNoticeDays);
  if (event.on <= ask.today) return decidedOn < event.on ? 'day' : undefined;
  return event.deed === 'left' && noticeOn <= ask.today && decidedOn < noticeOn ? 'ahead' : undefined;
}

/** What has to be told today, of all cases or of one. */
export async function newsOfToday(tx: ReadTransaction, ask: { today: Day; applicationId?: string }): Promise<News[]> {
  const { leaveNoticeDays } = await systemSettingsOf(tx);
  const span = { from: addDays(ask.today, -madeUpDays), to: addDays(ask.today, leaveNoticeDays) };
  const news = new Map<string, News>();
  const { applicationId } = ask;
  for (const event of await listEffective(tx, { ...span, ...(applicationId === undefined ? {} : { applicationId }) })) {
    const mark = markOf(event, { today: ask.today, leaveNoticeDays });
    if (mark === undefined) continue;
    const one: News = { applicationId: event.applicationId, on: event.on, mark, events: [] };
    const known = news.get(effectKey(one)) ?? one;
    known.events.push(event);
    news.set(effectKey(one), known);
  }
  const queued = new Set(await listQueued(tx, [...news.keys()]));
  return [...news.values()].filter((one) => !queued.has(effectKey(one)));
}

/** Cases whose doctors have news of the day; asked by the daily round. */
export const casesWithNews = query({
  name: 'application.casesWithNews',
  input: z.object({}),
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  read: async (tx, _input, ctx) => [...new Set((await newsOfToday(tx, { today: ctx.today })).map((one) => one.applicationId))],
  audit: 'nothing',
});
