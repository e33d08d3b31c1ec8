import { addDays, fiscalYear } from '#kernel/day.ts';
import { tickInput } from '#kernel/input.ts';
import { messages } from '#kernel/messages.ts';
import { refuse, refuseFields } from '#kernel/refusal.ts';
import type { Person } from '#features/person/queries/person.ts';
import { findPerson } from '#features/person/queries/person.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import type { ShownPaper } from '../shown-papers.ts';
import type { WithdrawalDraft } from '../forms.ts';
import { withdrawalDraft } from '../forms.ts';
import { texts } from '../messages.ts';
import { proxyNames, proxyTexts } from '../proxy-messages.ts';
import { papersOfCase } from '../queries/case-papers.ts';
import type { WithdrawalAround } from '../queries/withdrawal-around.ts';
import { loadWithdrawalAround } from '../queries/withdrawal-around.ts';
import { versionedInput } from '../schema.ts';
import type { Case } from '../store.server.ts';
import { loadCase } from '../store.server.ts';
import type { z } from 'zod';
import { caseLocks, gate } from './gate.ts';
import { judgeWithdrawal } from './judge-withdrawal.ts';
import { rivalRefusal } from './origin.ts';
import { sendLeave } from './send-leave.ts';

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

const submitInput = versionedInput.extend({
  /** 「登録内容に誤りがないことを確認しました」, asked of an office on 所在不明 (`screens.md O-11`). */
  confirmed: tickInput,
});

function decide(ctx: Context, { person, around, form, papers }: Target, { confirmed }: z.infer<typeof submitInput>) {
  const rival = around.affiliations.find((one) => one.id === form.affiliationId)?.rivalId;
  if (rival !== undefined) return rivalRefusal(ctx, rival);
  if (person.diedOn !== null) return refuse('conflict', { message: proxyTexts.died });
  // A death is more than a paper: it is registered, not submitted.
  if (form.ground === 'death') return refuse('forbidden');
  if (form.ground === 'missing' && !confirmed) return refuseFields({ confirmed: [messages.agree(proxyNames.confirmed)] });
  return judgeWithdrawal(around, { form, papers, today: ctx.today });
}

/** Sends off a 退会届: below the lowest association left only 受付, that one decides, above it 確認 (`rules.md 3.5`). */
export const submitWithdrawal = command({
  name: 'application.submitWithdrawal',
  input: submitInput,
  locks: caseLocks,
  load,
  allow: (ctx, { target }, input) => gate(ctx, 'submit', { target, seen: input.version }),
  decide,
  save: async (tx, { ctx, target: { target, person, around, form }, decision }) => {
    const heldUntil = form.ground === 'missing' ? addDays(ctx.today, (await systemSettingsOf(tx)).missingHoldDays) : undefined;
    const sending = { target, person, form, leaving: decision, settings: around.settings, heldUntil };
    const { number, events, alsoAudit } = await sendLeave(tx, ctx, sending);
    return {
      value: { id: target.id, number },
      audit: {
        action: 'application.submit',
        personIds: [target.personId],
        target: target.id,
        detail: { number, fiscalYear: fiscalYear(ctx.today) },
      },
      alsoAudit,
      events,
    };
  },
  constraints: {
    application_one_open: () => refuse('conflict', { message: texts.openForAffiliation }),
  },
});
