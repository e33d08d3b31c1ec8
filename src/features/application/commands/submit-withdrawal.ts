import { fiscalYear } from '#kernel/day.ts';
import { refuse } from '#kernel/refusal.ts';
import type { Person } from '#features/person/queries/person.ts';
import { findPerson } from '#features/person/queries/person.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import type { ShownPaper } from '../shown-papers.ts';
import type { WithdrawalDraft } from '../forms.ts';
import { withdrawalDraft } from '../forms.ts';
import { texts } from '../messages.ts';
import { planWithdrawal } from '../plan.ts';
import { papersOfCase } from '../queries/case-papers.ts';
import type { WithdrawalAround } from '../queries/withdrawal-around.ts';
import { loadWithdrawalAround } from '../queries/withdrawal-around.ts';
import { versionedInput } from '../schema.ts';
import type { Case } from '../store.server.ts';
import { loadCase } from '../store.server.ts';
import { openLines } from '../upper-rules.ts';
import { caseLocks, gate } from './gate.ts';
import type { Leaving } from './judge-withdrawal.ts';
import { judgeWithdrawal } from './judge-withdrawal.ts';
import { sendOff } from './send-off.ts';

type Target = { target: Case; person: Person; around: WithdrawalAround; form: WithdrawalDraft; papers: ShownPaper[] };

async function load(tx: WriteTransaction, input: { id: string }, ctx: Context): Promise<Target | undefined> {
  const target = await loadCase(tx, ctx.actor, input.id);
  const form = withdrawalDraft.safeParse(target?.form);
  if (target === undefined || target.kind !== 'withdrawal' || !form.success) return undefined;
  const person = await findPerson(tx, target.personId);
  if (person === undefined) return undefined;
  const around = await loadWithdrawalAround(tx, ctx, { personId: target.personId, target });
  return { target, person, around, form: form.data, papers: await papersOfCase(tx, ctx, target) };
}

function decide(ctx: Context, { around, form, papers }: Target) {
  const rival = around.affiliations.find((one) => one.id === form.affiliationId)?.rivalId;
  if (rival !== undefined) {
    return refuse('conflict', { message: texts.openForAffiliation, link: { to: `/my/applications/${rival}`, label: texts.seeDetail } });
  }
  return judgeWithdrawal(around, { form, papers, today: ctx.today });
}

/** The form as it is sent: what the steps were planned from. */
function sentForm(form: WithdrawalDraft, { affiliation, leave, moves }: Leaving): WithdrawalDraft {
  return {
    ...form,
    leave: leave.map((line) => line.associationId),
    moves: form.moves.filter((move) => moves.some((one) => one.associationId === move.associationId)),
    before: openLines(affiliation).map(({ associationId, categoryId }) => ({ associationId, categoryId })),
    workplaceBefore: affiliation.facility,
  };
}

/** Sends off a 退会届: below the lowest association left only 受付, that one decides, above it 確認 (`rules.md 3.5`). */
export const submitWithdrawal = command({
  name: 'application.submitWithdrawal',
  input: versionedInput,
  locks: caseLocks,
  load,
  allow: (ctx, { target }, input) => gate(ctx, 'submit', { target, seen: input.version }),
  decide,
  save: async (tx, { ctx, target: { target, person, around, form }, decision }) => {
    const { affiliation, leave, moves, wishedOn } = decision;
    const number = await sendOff(tx, ctx, {
      target,
      person,
      form: sentForm(form, decision),
      wishedOn,
      affiliationId: affiliation.id,
      openKey: affiliation.id,
      planned: planWithdrawal({
        carried: openLines(affiliation),
        leave: leave.map((line) => line.associationId),
        moved: moves.filter((move) => move.affiliationId !== '').map((move) => move.associationId),
      }),
      settings: around.settings,
      order: 'parallel',
    });
    return {
      value: { id: target.id, number },
      audit: {
        action: 'application.submit',
        personIds: [target.personId],
        target: target.id,
        detail: { number, fiscalYear: fiscalYear(ctx.today) },
      },
      events: [{ kind: 'application.submitted', payload: { applicationId: target.id } }],
    };
  },
  constraints: {
    application_one_open: () => refuse('conflict', { message: texts.openForAffiliation }),
  },
});
