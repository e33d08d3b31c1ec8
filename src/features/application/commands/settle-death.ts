import type { Day } from '#kernel/day.ts';
import { idInput } from '#kernel/input.ts';
import { newId } from '#kernel/id.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import type { Person } from '#features/person/queries/person.ts';
import { findPerson } from '#features/person/queries/person.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import { listOpenKeys } from '../draft.store.server.ts';
import { isDeathPaper, withdrawalDraft } from '../forms.ts';
import type { ProxyFacts } from '../proxy-facts.ts';
import { leaveReasons, proxyFactsOf } from '../proxy-facts.ts';
import type { HeldAffiliation, WithdrawalAround } from '../queries/withdrawal-around.ts';
import { loadWithdrawalAround } from '../queries/withdrawal-around.ts';
import type { Case } from '../store.server.ts';
import { insertDraft, loadCase } from '../store.server.ts';
import { openLines } from '../upper-rules.ts';
import { deathNotes, endForDeath } from './end-for-death.ts';
import { caseLocks } from './gate.ts';
import { sendLeave } from './send-leave.ts';
import type { Sent } from './send-off.ts';

type Target = {
  entry: Case;
  person: Person;
  facts: ProxyFacts;
  wishedOn: Day;
  around: WithdrawalAround;
  open: Case[];
};

/** Affiliations that carry something and have no 退会届 by this death yet. */
function stillOpen({ around, open }: Target): HeldAffiliation[] {
  const done = new Set(open.filter((one) => isDeathPaper(one)).map((one) => one.affiliationId));
  return around.affiliations.filter((one) => !done.has(one.id) && openLines(one).length > 0);
}

/**
 * The death that one office entered reaches what that office cannot see: further affiliations get a 退会届 each, entered in the
 * name of their own lowest association, which decides it; open cases elsewhere end (`rules.md 3.10`). Repeating it adds nothing.
 */
export const settleDeath = command({
  name: 'application.settleDeath',
  input: z.object({ id: idInput }),
  locks: caseLocks,
  load: async (tx, input, ctx): Promise<Target | undefined> => {
    const entry = await loadCase(tx, ctx.actor, input.id);
    const facts = proxyFactsOf(entry?.proxy);
    const person = entry === undefined ? undefined : await findPerson(tx, entry.personId);
    if (entry === undefined || entry.wishedOn === null || facts === undefined || person === undefined) return undefined;
    const open: Case[] = [];
    for (const { id } of await listOpenKeys(tx, entry.personId)) {
      const one = await loadCase(tx, ctx.actor, id);
      if (one !== undefined) open.push(one);
    }
    const around = await loadWithdrawalAround(tx, ctx, { personId: entry.personId, target: undefined });
    return { entry, person, facts, wishedOn: entry.wishedOn, around, open };
  },
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (_ctx, target) => (target.person.diedOn === null ? refuse('conflict') : accepted({ affiliations: stillOpen(target) })),
  save: async (tx, { ctx, target, decision }) => {
    const ended = target.open.filter((one) => !isDeathPaper(one));
    for (const one of ended) await endForDeath(tx, ctx, { target: one, entryId: target.entry.id });
    const filed: ({ id: string } & Sent)[] = [];
    for (const affiliation of decision.affiliations) filed.push(await file(tx, ctx, { target, affiliation }));
    const gone = ended.map((one) => one.id);
    return {
      value: { filed: filed.map(({ id }) => id), ended: gone },
      audit: { action: 'application.settleDeath', personIds: [target.person.id], target: target.entry.id },
      alsoAudit: [...deathNotes(target.person.id, { ended: gone, filed, on: ctx.today }), ...filed.flatMap(({ alsoAudit }) => alsoAudit)],
      events: [
        ...ended.map((one) => ({ kind: 'application.cancelled', payload: { applicationId: one.id } })),
        ...filed.flatMap(({ events }) => events),
      ],
    };
  },
});

async function file(tx: WriteTransaction, ctx: Context, at: { target: Target; affiliation: HeldAffiliation }) {
  const { target, affiliation } = at;
  const { person, facts, around } = target;
  const leave = openLines(affiliation);
  const [lowest] = leave;
  if (lowest === undefined) throw new Error('an affiliation that carries nothing');
  // Nobody leaves before the day he came: the association puts such a day right.
  const wishedOn = leave.reduce((day, line) => (line.joinedOn > day ? line.joinedOn : day), target.wishedOn);
  const id = newId();
  const details = { wishedOn: formatDayPlain(wishedOn), reason: leaveReasons.death };
  const form = withdrawalDraft.parse({ affiliationId: affiliation.id, ground: 'death', details });
  const proxy = { associationId: lowest.associationId, facts };
  await insertDraft(tx, { id, kind: 'withdrawal', personId: person.id, form, at: ctx.now, proxy });
  const sent = await sendLeave(tx, ctx, {
    target: { id, version: 1, personId: person.id },
    person,
    form,
    leaving: { affiliation, leave, moves: [], wishedOn },
    settings: around.settings,
    heldUntil: undefined,
  });
  return { id, ...sent };
}
