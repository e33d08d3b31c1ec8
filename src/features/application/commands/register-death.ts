import type { Day } from '#kernel/day.ts';
import { tickInput } from '#kernel/input.ts';
import { messages } from '#kernel/messages.ts';
import { refuse } from '#kernel/refusal.ts';
import { recordDeath } from '#features/person/commands/record-death.ts';
import type { Person } from '#features/person/queries/person.ts';
import { findPerson } from '#features/person/queries/person.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { listOpenKeys } from '../draft.store.server.ts';
import type { ShownPaper } from '../shown-papers.ts';
import type { WithdrawalDraft } from '../forms.ts';
import { withdrawalDraft } from '../forms.ts';
import { proxyFactsOf } from '../proxy-facts.ts';
import { proxyNames, proxyTexts } from '../proxy-messages.ts';
import { papersOfCase } from '../queries/case-papers.ts';
import type { WithdrawalAround } from '../queries/withdrawal-around.ts';
import { loadWithdrawalAround } from '../queries/withdrawal-around.ts';
import { versionedInput } from '../schema.ts';
import type { Case } from '../store.server.ts';
import { loadCase } from '../store.server.ts';
import { deathNotes, endForDeath } from './end-for-death.ts';
import { caseLocks, gate } from './gate.ts';
import { judgeWithdrawal } from './judge-withdrawal.ts';
import { sendLeave } from './send-leave.ts';

type Target = {
  target: Case;
  person: Person;
  diedOn: Day;
  around: WithdrawalAround;
  form: WithdrawalDraft;
  papers: ShownPaper[];
  /** Open cases within our scope: the death ends them. */
  open: Case[];
};

async function openCases(tx: WriteTransaction, ctx: Context, target: Case): Promise<Case[]> {
  const found: Case[] = [];
  for (const { id } of await listOpenKeys(tx, target.personId)) {
    const one = await loadCase(tx, ctx.actor, id);
    if (one !== undefined) found.push(one);
  }
  return found;
}

/**
 * 死亡 (`rules.md 3.10`, `screens.md O-11`): the doctor is recorded as dead, what he had under way in our scope ends, and his
 * affiliation with us gets its 退会届. Affiliations that we do not see follow by `settleDeath`.
 */
export const registerDeath = command({
  name: 'application.registerDeath',
  input: versionedInput.extend({
    confirmed: tickInput.refine((ticked) => ticked, { message: messages.agree(proxyNames.confirmed) }),
  }),
  locks: caseLocks,
  load: async (tx, input, ctx): Promise<Target | undefined> => {
    const target = await loadCase(tx, ctx.actor, input.id);
    const form = withdrawalDraft.safeParse(target?.form);
    const facts = proxyFactsOf(target?.proxy);
    if (target === undefined || !form.success || form.data.ground !== 'death' || facts?.why !== 'death') return undefined;
    const person = await findPerson(tx, target.personId);
    if (person === undefined) return undefined;
    return {
      target,
      person,
      diedOn: facts.diedOn,
      around: await loadWithdrawalAround(tx, ctx, { personId: target.personId, target }),
      form: form.data,
      papers: await papersOfCase(tx, ctx, target),
      open: await openCases(tx, ctx, target),
    };
  },
  allow: (ctx, { target }, input) => gate(ctx, 'submit', { target, seen: input.version }),
  decide: (ctx, { person, around, form, papers }) => {
    if (person.diedOn !== null) return refuse('conflict', { message: proxyTexts.died });
    return judgeWithdrawal(around, { form, papers, today: ctx.today });
  },
  save: async (tx, { ctx, target: { target, person, diedOn, around, form, open }, decision }) => {
    if (!(await recordDeath(tx, { personId: person.id, diedOn, at: ctx.now }))) throw new Error('the person died under the lock');
    for (const one of open) await endForDeath(tx, ctx, { target: one, entryId: target.id });
    const sending = { target, person, form, leaving: decision, settings: around.settings, heldUntil: undefined };
    const { number, events, alsoAudit } = await sendLeave(tx, ctx, sending);
    return {
      value: { id: target.id, number },
      audit: {
        action: 'application.registerDeath',
        personIds: [person.id],
        target: target.id,
        detail: { endedCases: open.map((one) => one.id) },
      },
      alsoAudit: [
        ...deathNotes(person.id, { ended: open.map((one) => one.id), filed: [{ id: target.id, number }], on: ctx.today }),
        ...alsoAudit,
      ],
      events: [
        ...open.map((one) => ({ kind: 'application.cancelled', payload: { applicationId: one.id } })),
        ...events,
        { kind: 'person.died', payload: { personId: person.id, applicationId: target.id } },
      ],
    };
  },
  constraints: {
    application_one_open: () => refuse('conflict', { message: proxyTexts.goneElsewhere }),
  },
});
