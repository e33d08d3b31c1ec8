import type { Day } from '#kernel/day.ts';
import { messages } from '#kernel/messages.ts';
import type { FieldErrors, Outcome } from '#kernel/refusal.ts';
import { accepted, refuseFields } from '#kernel/refusal.ts';
import { formatDayPlain, parseDayInput } from '#kernel/wareki.ts';
import { readSettings } from '#features/association/schema.ts';
import type { ShownPaper } from '../shown-papers.ts';
import type { WithdrawalDraft } from '../forms.ts';
import { proxyTexts } from '../proxy-messages.ts';
import type { HeldAffiliation, WithdrawalAround } from '../queries/withdrawal-around.ts';
import { windowDays } from '../rules.ts';
import type { RawDetails } from '../schema.ts';
import { withdrawalNames, withdrawalTexts } from '../withdrawal-messages.ts';
import type { CarriedLine, LeaveAnswer, LeaveQuestion } from '../withdrawal-rules.ts';
import { moveField, openLines } from '../upper-rules.ts';
import { judgeLeave } from '../withdrawal-rules.ts';
import { paperErrors } from './save-details.ts';

export type Leaving = {
  affiliation: HeldAffiliation;
  leave: CarriedLine[];
  moves: LeaveQuestion['moves'];
  wishedOn: Day;
};

/** A text of the details as typed, without spaces around it. */
export function detailText(details: RawDetails, name: string): string {
  const value = details[name];
  return typeof value === 'string' ? value.trim() : '';
}

/** The question that the rules of leaving answer, for what the form says now. */
export function leaveQuestion(around: WithdrawalAround, form: Pick<WithdrawalDraft, 'affiliationId' | 'leave' | 'moves'>): LeaveQuestion {
  return {
    affiliations: around.affiliations,
    affiliationId: form.affiliationId,
    ticked: form.leave,
    moves: form.moves,
    settingsOf: (id) => around.settings.find((row) => row.associationId === id)?.settings ?? readSettings({}),
  };
}

function dateErrors(around: WithdrawalAround, about: { form: WithdrawalDraft; today: Day; leave: readonly CarriedLine[] }): FieldErrors {
  const typed = detailText(about.form.details, 'wishedOn');
  if (typed === '') return { wishedOn: [messages.req(withdrawalNames.wishedOn)] };
  const wishedOn = parseDayInput(typed);
  if (wishedOn === undefined) return { wishedOn: [messages.date(withdrawalNames.wishedOn)] };
  if (about.form.ground !== undefined && wishedOn > about.today) return { wishedOn: [messages.past(withdrawalNames.wishedOn)] };
  const early = about.leave.find((line) => wishedOn < line.joinedOn);
  if (early !== undefined) return { wishedOn: [withdrawalTexts.beforeJoin(early.name, formatDayPlain(early.joinedOn))] };
  // Deaths become known late: no window (`rules.md 3.10`).
  if (about.form.ground === 'death') return {};
  const lowest = around.affiliations.find((one) => one.id === about.form.affiliationId)?.lines[0];
  const settings = around.settings.find((row) => row.associationId === lowest?.associationId)?.settings;
  if (settings === undefined) return {};
  const { from, to } = windowDays(settings.wishWindow, about.today);
  return wishedOn < from || wishedOn > to
    ? { wishedOn: [messages.window(withdrawalNames.wishedOn, formatDayPlain(from), formatDayPlain(to))] }
    : {};
}

function reasonErrors(around: WithdrawalAround, { ground, details }: Pick<WithdrawalDraft, 'ground' | 'details'>): FieldErrors {
  // The ground is the reason; what more there is to say stands with it.
  if (ground !== undefined) return {};
  const reason = around.reasons.find((row) => row.code === detailText(details, 'reason'));
  if (reason === undefined) return { reason: [withdrawalTexts.chooseReason] };
  const text = detailText(details, 'reasonText');
  if (reason.needsText && text === '') return { reasonText: [messages.req(withdrawalNames.reasonText)] };
  return [...text].length > 200 ? { reasonText: [messages.max(withdrawalNames.reasonText, 200)] } : {};
}

/** A membership cannot move to an affiliation that is itself about to change. */
function busyErrors(around: WithdrawalAround, moves: LeaveQuestion['moves']): FieldErrors {
  const busy = moves.flatMap((move) => {
    const target = around.affiliations.find((one) => one.id === move.affiliationId && one.rivalId !== undefined);
    return target === undefined ? [] : [[moveField(move.associationId), [withdrawalTexts.targetBusy(target.facility)]] as const];
  });
  return Object.fromEntries(busy);
}

/** Date, reason and papers of a 退会届, whatever it leaves. */
export function judgeWithdrawalDetails(
  around: WithdrawalAround,
  about: { form: WithdrawalDraft; papers: readonly ShownPaper[]; today: Day; leave: readonly CarriedLine[] },
): FieldErrors {
  return { ...dateErrors(around, about), ...reasonErrors(around, about.form), ...paperErrors(about.papers) };
}

/** After a death everything ends: nothing moves elsewhere, and no setting keeps anybody (`rules.md 3.10`). */
function leaveEverything(around: WithdrawalAround, affiliationId: string): LeaveAnswer {
  const affiliation = around.affiliations.find((one) => one.id === affiliationId);
  const leave = affiliation === undefined ? [] : openLines(affiliation);
  if (affiliation === undefined || leave.length === 0) return { ok: false, fields: { leave: [proxyTexts.noAffiliation] } };
  return { ok: true, affiliation, leave, moves: [] };
}

/** The whole 退会届 converted, or everything that is wrong with it at once (`screens.md D-11`). */
export function judgeWithdrawal(
  around: WithdrawalAround,
  about: { form: WithdrawalDraft; papers: readonly ShownPaper[]; today: Day },
): Outcome<Leaving> {
  const { form } = about;
  const answer = form.ground === 'death' ? leaveEverything(around, form.affiliationId) : judgeLeave(leaveQuestion(around, form));
  const leave = answer.ok ? answer.leave : [];
  const fields = {
    ...(answer.ok ? busyErrors(around, answer.moves) : answer.fields),
    ...judgeWithdrawalDetails(around, { ...about, leave }),
  };
  const affiliation = around.affiliations.find((one) => one.id === about.form.affiliationId);
  const wishedOn = parseDayInput(detailText(about.form.details, 'wishedOn'));
  if (!answer.ok || affiliation === undefined || wishedOn === undefined || Object.keys(fields).length > 0) return refuseFields(fields);
  return accepted({ affiliation, leave, moves: answer.moves, wishedOn });
}
