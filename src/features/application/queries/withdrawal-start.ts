import type { Day } from '#kernel/day.ts';
import { day, lastOfMonth } from '#kernel/day.ts';
import { feeWaiver } from '#kernel/fee-period.ts';
import { idInput } from '#kernel/input.ts';
import { refuse } from '#kernel/refusal.ts';
import { isYearMonth } from '#kernel/year-month.ts';
import { findPerson } from '#features/person/queries/person.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import { leaveQuestion } from '../commands/judge-withdrawal.ts';
import type { JoinShown } from '../fields.ts';
import type { ShownPaper } from '../shown-papers.ts';
import { isReturned } from '../flow.ts';
import type { WithdrawalDraft } from '../forms.ts';
import { withdrawalDraft } from '../forms.ts';
import { texts } from '../messages.ts';
import { may } from '../policy.ts';
import { windowDays } from '../rules.ts';
import type { RawDetails } from '../schema.ts';
import type { Case } from '../store.server.ts';
import { loadCase } from '../store.server.ts';
import { withdrawalTexts } from '../withdrawal-messages.ts';
import { moveTargets } from '../upper-rules.ts';
import { leavingLines } from '../withdrawal-rules.ts';
import { papersOfCase } from './case-papers.ts';
import type { Requests } from './join-requests.ts';
import { requestsOf } from './join-requests.ts';
import type { HeldAffiliation, HeldLine, WithdrawalAround } from './withdrawal-around.ts';
import { loadWithdrawalAround } from './withdrawal-around.ts';
import { filersOnly, loadFiled, ownPersonId } from './filing.ts';
import { loadWithdrawalShown } from './withdrawal-shown.ts';

/** What the doctor is asked before he begins: message 1 of 退会届 (`screens.md D-11`). */
export const withdrawalDoor = query({
  name: 'application.withdrawalDoor',
  input: z.object({}),
  allow: (ctx) => (ctx.actor.kind === 'doctor' ? true : refuse('forbidden')),
  read: async (tx, _input, ctx) => {
    if (ctx.actor.kind !== 'doctor') return undefined;
    const around = await loadWithdrawalAround(tx, ctx, { personId: ctx.actor.personId, target: undefined });
    return { member: around.affiliations.length > 0, waiver: await waiverOn(tx, ctx, ctx.actor.personId) };
  },
  audit: (_value, _input, ctx) =>
    ctx.actor.kind === 'doctor' ? { action: 'application.viewed', personIds: [ctx.actor.personId] } : undefined,
});

/** The fee waiver of today; undefined for those who pay (`rules.md 6`). */
async function waiverOn(tx: ReadTransaction, ctx: Context, personId: string): Promise<{ until: Day | undefined } | undefined> {
  const person = await findPerson(tx, personId);
  if (person === undefined) return undefined;
  const training = person.trainingEndsOn;
  const waiver = feeWaiver({
    graduatedOn: isYearMonth(person.graduatedOn) ? person.graduatedOn : undefined,
    trainingEndsOn: isYearMonth(training) ? lastOfMonth(day(`${training}-01`)) : undefined,
    isTrainee: training !== null && training >= ctx.today.slice(0, 7),
    on: ctx.today,
  });
  return waiver.waived ? { until: waiver.until } : undefined;
}

export type LeaveLine = HeldLine & { ticked: boolean };

export type LeaveColumn = { id: string; facility: string; isPrimary: boolean; rivalId: string | undefined; lines: LeaveLine[] };

export type MoveQuestion = {
  associationId: number;
  layer: number;
  name: string;
  /** Of the affiliation that carries it; asked only when this line is among those that end, not the lowest of them. */
  affiliationId: string;
  options: { value: string; label: string }[];
  chosen: string;
};

const endValue = 'end';

function movesOf(around: WithdrawalAround, form: WithdrawalDraft): MoveQuestion[] {
  return around.affiliations.flatMap((affiliation) => {
    const question = { ...leaveQuestion(around, form), affiliationId: affiliation.id };
    return affiliation.lines.slice(1).flatMap((line): MoveQuestion[] => {
      const targets = line.leavesOn === undefined ? moveTargets(question, line.associationId) : [];
      if (targets.length === 0) return [];
      const chosen = form.moves.find((move) => move.associationId === line.associationId)?.affiliationId;
      const { associationId, layer, name } = line;
      return [
        {
          associationId,
          layer,
          name,
          affiliationId: affiliation.id,
          options: [
            ...targets.map((target) => ({ value: target.id, label: withdrawalTexts.moveTo(facilityName(target)) })),
            { value: endValue, label: withdrawalTexts.moveNowhere },
          ],
          chosen: chosen === undefined ? '' : chosen === '' ? endValue : chosen,
        },
      ];
    });
  });
}

function facilityName({ facility }: { facility: string }): string {
  return facility === '' ? texts.noFacility : facility;
}

function columnOf(affiliation: HeldAffiliation, form: WithdrawalDraft): LeaveColumn {
  const leaving = leavingLines(affiliation, form.leave).map((line) => line.associationId);
  return {
    id: affiliation.id,
    facility: facilityName(affiliation),
    isPrimary: affiliation.isPrimary,
    rivalId: affiliation.rivalId,
    lines: affiliation.lines.map((line) => ({ ...line, ticked: leaving.includes(line.associationId) })),
  };
}

function windowOf(around: WithdrawalAround, form: WithdrawalDraft, today: Day) {
  const affiliation = around.affiliations.find((one) => one.id === form.affiliationId) ?? around.affiliations[0];
  const settings = around.settings.find((row) => row.associationId === affiliation?.lines[0]?.associationId)?.settings;
  return settings === undefined ? undefined : windowDays(settings.wishWindow, today);
}

const emptyForm = withdrawalDraft.parse({});

async function shownOf(tx: ReadTransaction, ctx: Context, target: Case): Promise<JoinShown | undefined> {
  return await loadWithdrawalShown(tx, {
    kind: 'withdrawal',
    form: target.form,
    applicationId: target.id,
    settings: [],
    on: ctx.today,
  });
}

type Begun = { target: Case; papers: ShownPaper[]; requests: Requests | undefined };

async function begun(tx: ReadTransaction, ctx: Context, target: Case): Promise<Begun> {
  const shown = await shownOf(tx, ctx, target);
  return {
    target,
    papers: await papersOfCase(tx, ctx, target),
    requests:
      shown === undefined
        ? undefined
        : await requestsOf(tx, target, { shown: { ...shown, papers: await papersOfCase(tx, ctx, target) }, on: ctx.today }),
  };
}

/** A new paper begins with what an earlier one said, as far as that still holds. */
async function earlierForm(tx: ReadTransaction, ctx: Context, from: string): Promise<WithdrawalDraft> {
  const earlier = from === '' ? undefined : await loadCase(tx, ctx.actor, from);
  const parsed = withdrawalDraft.safeParse(earlier?.form);
  return earlier?.kind === 'withdrawal' && parsed.success ? parsed.data : emptyForm;
}

function formOf(target: Case): WithdrawalDraft {
  const parsed = withdrawalDraft.safeParse(target.form);
  return parsed.success ? parsed.data : emptyForm;
}

function viewOf(around: WithdrawalAround, form: WithdrawalDraft, about: { begun: Begun | undefined; ctx: Context }) {
  const { begun: draft, ctx } = about;
  const details: RawDetails = form.details;
  return {
    id: draft?.target.id,
    version: draft?.target.version,
    personId: draft?.target.personId ?? (ctx.actor.kind === 'doctor' ? ctx.actor.personId : ''),
    editable: draft === undefined || may(ctx.actor, 'edit', draft.target),
    /** 差戻し: the associations stay, date, reason and papers may be corrected. */
    fixed: draft !== undefined && isReturned(draft.target.state),
    columns: around.affiliations.map((affiliation) => columnOf(affiliation, form)),
    moves: movesOf(around, form),
    ground: form.ground,
    reasons: around.reasons.map((reason) => ({ value: reason.code, label: reason.label, needsText: reason.needsText })),
    window: windowOf(around, form, ctx.today),
    today: ctx.today,
    details,
    papers: draft?.papers ?? [],
    requests: draft?.requests,
  };
}

/** Step 1 of 退会届: where one stands, what is ticked, what is still to be said. */
export const withdrawalStart = query({
  name: 'application.withdrawalStart',
  input: z.object({
    id: z.union([z.literal(''), idInput]).default(''),
    from: z
      .union([z.literal(''), idInput])
      .catch('')
      .default(''),
  }),
  allow: filersOnly,
  read: async (tx, { id, from }, ctx) => {
    const target = id === '' ? undefined : await loadFiled(tx, ctx, id);
    const personId = target?.personId ?? ownPersonId(ctx);
    if (personId === undefined || (id !== '' && target?.kind !== 'withdrawal')) return undefined;
    const around = await loadWithdrawalAround(tx, ctx, { personId, target });
    const form = target === undefined ? await earlierForm(tx, ctx, from) : formOf(target);
    return viewOf(around, form, { ctx, begun: target === undefined ? undefined : await begun(tx, ctx, target) });
  },
  audit: (value) => ({
    action: 'application.viewed',
    personIds: [value.personId],
    ...(value.id === undefined ? {} : { target: value.id }),
  }),
});

export type WithdrawalStart = NonNullable<Awaited<ReturnType<typeof withdrawalStart.read>>>;
