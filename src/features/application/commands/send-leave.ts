import type { Day } from '#kernel/day.ts';
import type { PinnedSettings } from '#features/association/queries/directory.ts';
import type { Person } from '#features/person/queries/person.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import type { WithdrawalDraft } from '../forms.ts';
import { planWithdrawal } from '../plan.ts';
import type { Case } from '../store.server.ts';
import { openLines } from '../upper-rules.ts';
import type { Leaving } from './judge-withdrawal.ts';
import type { Sent } from './send-off.ts';
import { sendOff } from './send-off.ts';

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

type Sending = {
  target: Pick<Case, 'id' | 'version' | 'personId'>;
  person: Person;
  form: WithdrawalDraft;
  leaving: Leaving;
  settings: readonly PinnedSettings[];
  heldUntil: Day | undefined;
};

/** Sends a 退会届 that was judged: below the lowest association left only 受付, that one decides, above it 確認 (`rules.md 3.5`). */
export async function sendLeave(tx: WriteTransaction, ctx: Context, sending: Sending): Promise<Sent> {
  const { target, person, form, leaving, settings, heldUntil } = sending;
  const { affiliation, leave, moves, wishedOn } = leaving;
  return await sendOff(tx, ctx, {
    target,
    person,
    form: sentForm(form, leaving),
    wishedOn,
    affiliationId: affiliation.id,
    openKey: affiliation.id,
    planned: planWithdrawal({
      carried: openLines(affiliation),
      leave: leave.map((line) => line.associationId),
      moved: moves.filter((move) => move.affiliationId !== '').map((move) => move.associationId),
    }),
    settings,
    order: 'parallel',
    heldUntil,
  });
}
