import type { Day } from '#kernel/day.ts';
import { idInput } from '#kernel/input.ts';
import type { FieldErrors } from '#kernel/refusal.ts';
import { parseDayInput } from '#kernel/wareki.ts';
import { associationsById } from '#features/association/queries/directory.ts';
import { findPerson } from '#features/person/queries/person.ts';
import { query } from '#platform/command/query.ts';
import { z } from 'zod';
import { detailText, judgeWithdrawal } from '../commands/judge-withdrawal.ts';
import { joinFields } from '../fields.ts';
import type { WithdrawalDraft } from '../forms.ts';
import { withdrawalDraft } from '../forms.ts';
import type { PlannedStep } from '../plan.ts';
import { planWithdrawal } from '../plan.ts';
import { may } from '../policy.ts';
import { papersOfCase } from './case-papers.ts';
import { filersOnly, loadFiled } from './filing.ts';
import type { WithdrawalAround } from './withdrawal-around.ts';
import { loadWithdrawalAround } from './withdrawal-around.ts';
import { loadWithdrawalShown } from './withdrawal-shown.ts';

/** Step 2 of 退会届 (and the last look before 再申請): everything as the offices will read it, and what follows. */

export type WayLine = { name: string; role: PlannedStep['role']; moves: boolean };

function wayOf(form: WithdrawalDraft, names: ReadonlyMap<number, { name: string; layer: number }>): WayLine[] {
  const planned = planWithdrawal({
    carried: form.before.map(({ associationId }) => ({ associationId, layer: names.get(associationId)?.layer ?? 0 })),
    leave: form.leave,
    moved: form.moves.filter((move) => move.affiliationId !== '').map((move) => move.associationId),
  });
  return planned.map((step) => ({ name: names.get(step.associationId)?.name ?? '', role: step.role, moves: step.leg === 'change' }));
}

/** Associations outside this affiliation in which one stays a member, lowest first. */
function stayingElsewhere(around: WithdrawalAround, form: WithdrawalDraft): string[] {
  return around.affiliations
    .filter((one) => one.id !== form.affiliationId)
    .flatMap((one) =>
      one.lines
        .filter((line) => line.leavesOn === undefined)
        .map((line) => `${line.name}${one.facility === '' ? '' : `(${one.facility})`}`),
    );
}

export const withdrawalReview = query({
  name: 'application.withdrawalReview',
  input: z.object({ id: idInput }),
  allow: filersOnly,
  read: async (tx, input, ctx) => {
    const target = await loadFiled(tx, ctx, input.id);
    const form = withdrawalDraft.safeParse(target?.form);
    if (target === undefined || target.kind !== 'withdrawal' || !form.success) return undefined;
    const around = await loadWithdrawalAround(tx, ctx, { personId: target.personId, target });
    const found = await loadWithdrawalShown(tx, {
      kind: 'withdrawal',
      form: target.form,
      applicationId: target.id,
      settings: [],
      on: ctx.today,
    });
    if (found === undefined) return undefined;
    const papers = await papersOfCase(tx, ctx, target);
    const person = await findPerson(tx, target.personId);
    const shown = { ...found, papers };
    const ids = form.data.before.map((one) => one.associationId);
    const names = new Map((await associationsById(tx, ids, ctx.today)).map((one) => [one.id, one]));
    const ended = form.data.leave.filter((id) => !form.data.moves.some((move) => move.associationId === id && move.affiliationId !== ''));
    const endsJma = ended.some((id) => names.get(id)?.layer === 1);
    const wishedOn: Day | undefined = parseDayInput(detailText(form.data.details, 'wishedOn'));
    return {
      id: target.id,
      version: target.version,
      personId: target.personId,
      editable: may(ctx.actor, 'edit', target),
      returned: may(ctx.actor, 'resubmit', target),
      chosen: form.data.leave.length > 0,
      lines: joinFields(shown).map((field) => ({ code: field.code, label: field.label, group: field.group, lines: field.lines(shown) })),
      papers,
      way:
        target.steps.length === 0
          ? wayOf(form.data, names)
          : target.steps
              .filter((step) => step.decidedOn === null)
              .map((step): WayLine => ({ name: step.associationName, role: step.role, moves: step.leg === 'change' })),
      elsewhere: stayingElsewhere(around, form.data),
      endsJma,
      /** Only who is a member of the JMA can stay one. */
      staysJma: !endsJma && around.affiliations.some(({ lines }) => lines.some((line) => line.layer === 1 && line.leavesOn === undefined)),
      wishedOn,
      ground: form.data.ground,
      name: person === undefined ? '' : `${person.surname} ${person.givenName}`,
    };
  },
  audit: (value) => ({ action: 'application.viewed', personIds: [value.personId], target: value.id }),
});

export type WithdrawalReview = NonNullable<Awaited<ReturnType<typeof withdrawalReview.read>>>;

/** Everything that is wrong with a kept draft, at its fields: shown where a form that was just begun is taken up again. */
export const withdrawalFaults = query({
  name: 'application.withdrawalFaults',
  input: z.object({ id: idInput }),
  allow: filersOnly,
  read: async (tx, { id }, ctx): Promise<{ personId: string; fields: FieldErrors } | undefined> => {
    const target = await loadFiled(tx, ctx, id);
    const form = withdrawalDraft.safeParse(target?.form);
    if (target === undefined || target.kind !== 'withdrawal' || !form.success) return undefined;
    const around = await loadWithdrawalAround(tx, ctx, { personId: target.personId, target });
    const judged = judgeWithdrawal(around, { form: form.data, papers: await papersOfCase(tx, ctx, target), today: ctx.today });
    return { personId: target.personId, fields: judged.ok ? {} : (judged.refusal.fields ?? {}) };
  },
  audit: (value, { id }) => ({ action: 'application.viewed', personIds: [value.personId], target: id }),
});
