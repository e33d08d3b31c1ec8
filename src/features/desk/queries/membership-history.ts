import { dayInput } from '#kernel/input.ts';
import { compareDays } from '#kernel/day.ts';
import { messages } from '#kernel/messages.ts';
import { pageSizeOf } from '#kernel/paging.ts';
import { refuse } from '#kernel/refusal.ts';
import { submittedDays } from '#features/application/queries/submitted-days.ts';
import { historyOf, periodBarsOf } from '#features/membership/queries/history.ts';
import { query } from '#platform/command/query.ts';
import { z } from 'zod';

export const membershipHistoryInput = z
  .object({
    from: dayInput('期間指定(開始)', { required: false }),
    to: dayInput('期間指定(終了)', { required: false }),
    view: z.enum(['list', 'associations']).catch('list'),
    sort: z.enum(['on', '-on']).catch('-on'),
    page: z.coerce.number().int().min(1).max(10_000).catch(1),
    size: z.string().nullish().transform(pageSizeOf),
  })
  .superRefine((input, step) => {
    if (input.from !== undefined && input.to !== undefined && input.from > input.to)
      step.addIssue({ code: 'custom', path: ['from'], message: messages.order() });
  });

/** The doctor's own 医師会入退会履歴 (`screens.md D-12`), by the days on which things are true (`rules.md 2.4`). */
export const membershipHistory = query({
  name: 'membership.history',
  input: membershipHistoryInput,
  allow: (ctx) => (ctx.actor.kind === 'doctor' ? true : refuse('forbidden')),
  read: async (tx, input, ctx) => {
    if (ctx.actor.kind !== 'doctor') return undefined;
    const ask = { personId: ctx.actor.personId, from: input.from, to: input.to, today: ctx.today };
    const all = await historyOf(tx, ask);
    const ordered = input.sort === 'on' ? all.toSorted((a, b) => compareDays(a.on, b.on) || a.id - b.id) : all;
    const pageCount = Math.max(1, Math.ceil(all.length / input.size));
    const page = Math.min(input.page, pageCount);
    const lines = ordered.slice((page - 1) * input.size, page * input.size);
    const submitted = await submittedDays(
      tx,
      lines.flatMap((line) => line.stepId ?? []),
    );
    return {
      view: input.view,
      sort: input.sort,
      today: ctx.today,
      count: all.length,
      page,
      pageCount,
      size: input.size,
      lines: lines.map((line) => ({ ...line, submittedOn: line.stepId === null ? undefined : submitted.get(line.stepId) })),
      periods: input.view === 'associations' ? await periodBarsOf(tx, ask) : [],
    };
  },
  audit: (_value, _input, ctx) =>
    ctx.actor.kind === 'doctor' ? { action: 'membership.historyViewed', personIds: [ctx.actor.personId] } : undefined,
});
