import { formatDay, formatWareki, parseDayInput } from '#kernel/wareki.ts';
import { codeList } from '#features/association/queries/directory.ts';
import { affiliationNames } from '#features/membership/queries/standing.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { paperUseOf } from '../documents.ts';
import type { JoinShown, ShownChoice, ShownFact } from '../fields.ts';
import type { WithdrawalDraft } from '../forms.ts';
import { withdrawalDraft } from '../forms.ts';
import { layerLabel } from '../labels.ts';
import { texts } from '../messages.ts';
import { withdrawalNames, withdrawalTexts } from '../withdrawal-messages.ts';
import type { CaseQuestion } from './case-question.ts';
import { loadLabels, shownChoices } from './join-shown.ts';
import { readPapers } from './case-papers.ts';

/** What a 退会届 says: what ends, what goes on elsewhere, what remains below. */

function lineOf(choice: ShownChoice): string {
  return `${layerLabel(choice.layer)} ${choice.associationName} ${choice.categoryName}`;
}

function dayLine(typed: unknown): string[] {
  if (typeof typed !== 'string' || typed === '') return [];
  const day = parseDayInput(typed);
  return [day === undefined ? typed : `${formatDay(day)} ${formatWareki(day)}`];
}

type Around = {
  form: WithdrawalDraft;
  before: readonly ShownChoice[];
  /** Names of the workplaces to which uppers move; where the reader may not know them there is none. */
  workplaces: ReadonlyMap<string, string>;
  reason: string;
};

function goesOn({ form }: Around, choice: ShownChoice): boolean {
  return form.moves.some((move) => move.associationId === choice.associationId && move.affiliationId !== '');
}

function moveLine({ form, workplaces }: Around, choice: ShownChoice): string[] {
  const move = form.moves.find((one) => one.associationId === choice.associationId);
  if (move === undefined || move.affiliationId === '') return [];
  const workplace = workplaces.get(move.affiliationId);
  const where =
    workplace === undefined ? withdrawalTexts.moveElsewhere : withdrawalTexts.moveTo(workplace === '' ? texts.noFacility : workplace);
  return [`${lineOf(choice)}:${where}`];
}

function factsOf(around: Around): ShownFact[] {
  const { form, before, reason } = around;
  const left = before.filter((choice) => form.leave.includes(choice.associationId));
  const moved = left.flatMap((choice) => moveLine(around, choice));
  const typed = form.details['reasonText'];
  const text = typeof typed === 'string' ? typed.trim() : '';
  const fact = { page: 'associations', returnable: true } as const;
  return [
    {
      ...fact,
      code: 'workplaceBefore',
      label: withdrawalNames.workplace,
      returnable: false,
      lines: [form.workplaceBefore === '' ? texts.noFacility : form.workplaceBefore],
    },
    {
      ...fact,
      code: 'leave',
      label: withdrawalNames.leave,
      returnable: false,
      lines: left.filter((choice) => !goesOn(around, choice)).map(lineOf),
    },
    ...(moved.length === 0 ? [] : [{ ...fact, code: 'moves', label: withdrawalNames.moves, returnable: false, lines: moved }]),
    {
      ...fact,
      code: 'remaining',
      label: withdrawalNames.remaining,
      returnable: false,
      lines: before.filter((choice) => !form.leave.includes(choice.associationId)).map(lineOf),
    },
    { ...fact, code: 'wishedOn', label: withdrawalNames.wishedOn, lines: dayLine(form.details['wishedOn']) },
    { ...fact, code: 'reason', label: withdrawalNames.reason, lines: reason === '' ? [] : [text === '' ? reason : `${reason}(${text})`] },
  ];
}

/** Undefined while the form is not one of its kind. An office that leaves learns nothing of the other affiliation. */
export async function loadWithdrawalShown(tx: ReadTransaction, question: CaseQuestion): Promise<JoinShown | undefined> {
  const parsed = withdrawalDraft.safeParse(question.form);
  if (!parsed.success) return undefined;
  const form = parsed.data;
  const { on, side } = question;
  const code = form.details['reason'];
  const reason = (await codeList(tx, 'reason.withdrawal', on)).find((row) => row.code === code)?.label ?? '';
  const targets = form.moves.map((move) => move.affiliationId).filter((id) => id !== '');
  const workplaces = side === 'leave' ? new Map<string, string>() : await affiliationNames(tx, targets);
  return {
    kind: 'withdrawal',
    workplace: false,
    facts: factsOf({ form, before: await shownChoices(tx, form.before, on), workplaces, reason }),
    choices: [],
    details: {},
    facility: undefined,
    labels: await loadLabels(tx, on),
    papers: await readPapers(tx, {
      applicationId: question.applicationId,
      settings: question.settings,
      use: paperUseOf('withdrawal', form.ground),
    }),
  };
}
