import { formatDayPlain } from '#kernel/wareki.ts';
import { refuse } from '#kernel/refusal.ts';
import { codeOf } from '#features/association/labels.ts';
import { submittedDays } from '#features/application/queries/submitted-days.ts';
import type { HistoryLine } from '#features/membership/queries/history.ts';
import { historyOf } from '#features/membership/queries/history.ts';
import { findPerson } from '#features/person/queries/person.ts';
import { query } from '#platform/command/query.ts';
import { historyResults, historySheetHead } from '../labels.ts';
import { membershipHistoryInput } from './membership-history.ts';

function resultOf(line: HistoryLine): string {
  return line.ahead ? historyResults.ahead : historyResults.done;
}

/** The doctor's own 入退会履歴 as the lines of a file (`screens.md D-12, §9`), the period as on the screen, the newest day first. */
export const historySheet = query({
  name: 'membership.historySheet',
  input: membershipHistoryInput,
  allow: (ctx) => (ctx.actor.kind === 'doctor' ? true : refuse('forbidden')),
  read: async (tx, input, ctx) => {
    if (ctx.actor.kind !== 'doctor') return undefined;
    const { personId } = ctx.actor;
    const person = await findPerson(tx, personId);
    if (person === undefined) return undefined;
    const lines = await historyOf(tx, { personId, from: input.from, to: input.to, today: ctx.today });
    const submitted = await submittedDays(
      tx,
      lines.flatMap((line) => line.stepId ?? []),
    );
    const rows = lines.map((line) => {
      const sentOn = line.stepId === null ? undefined : submitted.get(line.stepId);
      return [
        person.licenceNumber,
        `${person.surname} ${person.givenName}`,
        line.facilityName,
        codeOf(line.associationId),
        line.associationName,
        line.kind,
        sentOn === undefined ? '' : formatDayPlain(sentOn),
        formatDayPlain(line.on),
        line.category,
        resultOf(line),
        line.correctedOn === undefined ? '' : historyResults.corrected(formatDayPlain(line.correctedOn)),
      ];
    });
    return { on: ctx.today, rows: [historySheetHead, ...rows] };
  },
  audit: (_value, _input, ctx) =>
    ctx.actor.kind === 'doctor' ? { action: 'membership.historySaved', personIds: [ctx.actor.personId] } : undefined,
});
