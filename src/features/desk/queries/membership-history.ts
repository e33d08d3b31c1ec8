import { dayInput } from '#kernel/input.ts';
import { messages } from '#kernel/messages.ts';
import { refuse } from '#kernel/refusal.ts';
import { submittedDays } from '#features/application/queries/submitted-days.ts';
import { historyOf, periodBarsOf } from '#features/membership/queries/history.ts';
import { query } from '#platform/command/query.ts';
import { z } from 'zod';

export const membershipHistoryInput = z
  .object({ from: dayInput('期間(開始)', { required: false }), to: dayInput('期間(終了)', { required: false }), view: z.enum(['list', 'associations']).catch('list') })
  .superRefine((input, step) => {
    if (input.from !== undefined && input.to !== undefined && input.from > input.to) step.addIssue({ code: 'custom', path: ['from'], message: messages.order() });
  });

/** The doctor's own 医師会入退会履歴 (`screens.md D-12`). */
export const membershipHistory = query({
  name: 'membership.history',
  input: membershipHistoryInput,
  allow: (ctx) => (ctx.actor.kind === 'doctor' ? true : refuse('forbidden')),
  read: async (tx, input, ctx) => {
    if (ctx.actor.kind !== 'doctor') return undefined;
    const personId = ctx.actor.personId;
    const lines = await historyOf(tx, { personId, from: input.from, to: input.to, today: ctx.today });
    const submitted = await submittedDays(tx, lines.flatMap((line) => line.stepId ?? []));
    return {
      view: input.view,
      today: ctx.today,
      lines: lines.map((line) => ({ ...line, submittedOn: line.stepId === null ? undefined : submitted.get(line.stepId) })),
      periods: input.view === 'associations' ? await periodBarsOf(tx, personId, ctx.today) : [],
    };
  },
  audit: (_value, _input, ctx) => (ctx.actor.kind === 'doctor' ? { action: 'membership.historyViewed', personIds: [ctx.actor.personId] } : undefined),
});
