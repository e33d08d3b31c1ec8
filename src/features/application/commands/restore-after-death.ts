import { idInput } from '#kernel/input.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { pinnedSettings } from '#features/association/queries/directory.ts';
import { findPerson } from '#features/person/queries/person.ts';
import type { AuditNote } from '#platform/audit/audit-event.ts';
import type { DomainEvent } from '#platform/command/command.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import { listOpenKeys } from '../draft.store.server.ts';
import { withoutCorrections } from '../effects.ts';
import type { ApplicationState } from '../flow.ts';
import { isReturned, isSkipped } from '../flow.ts';
import { stepsToArrive } from '../plan.ts';
import { proxyTexts } from '../proxy-messages.ts';
import { listDeathPapers, listEndedBy } from '../proxy.store.server.ts';
import { insertAction, setStepBack, updateStep } from '../step.store.server.ts';
import type { Case, CaseStep } from '../store.server.ts';
import { loadCase, updateApplication } from '../store.server.ts';
import { orderOf } from './decision-around.ts';
import { endDeathPaper } from './end-death-paper.ts';
import { caseLocks, signature } from './gate.ts';
import type { Reached } from './reach.ts';
import { reach } from './reach.ts';

type Ended = { target: Case; was: ApplicationState; returnedStepId: string | null; openKey: string | null };

type Target = { entry: Case; alive: boolean; papers: Case[]; ended: Ended[] };

async function loadCases(tx: ReadTransaction, ctx: Context, ids: readonly string[]): Promise<Case[]> {
  const found: Case[] = [];
  for (const id of ids) {
    const one = await loadCase(tx, ctx.actor, id);
    if (one !== undefined) found.push(one);
  }
  return found;
}

async function loadEnded(tx: ReadTransaction, ctx: Context, entry: Case): Promise<Ended[]> {
  const rows = await listEndedBy(tx, entry.id);
  const cases = await loadCases(
    tx,
    ctx,
    rows.map((row) => row.id),
  );
  return cases.flatMap((target) => {
    const row = rows.find((one) => one.id === target.id);
    return row === undefined ? [] : [{ target, was: row.was, returnedStepId: row.returnedStepId, openKey: row.openKey }];
  });
}

/** Brings a case back to where the death had found it: decided steps stand, the next office has it again. */
async function reopen(tx: WriteTransaction, ctx: Context, { target, was, returnedStepId }: Ended): Promise<Reached> {
  const { id, version } = target;
  await updateApplication(tx, { id, version, now: ctx.now }, { state: was, closedAt: null, endedBy: null });
  const skipped = target.steps.filter((step) => isSkipped(step.state));
  for (const step of skipped) await setStepBack(tx, { id: step.id, from: step.state }, { to: 'waiting' });
  const steps = target.steps.map((step): CaseStep => (isSkipped(step.state) ? { ...step, state: 'waiting' } : step));
  const line = { applicationId: id, stepId: null, action: 'reopen', from: target.state, to: was, message: proxyTexts.reopened } as const;
  await insertAction(tx, { ...line, ...signature(ctx) });
  if (!isReturned(was) || returnedStepId === null) return await arrive(tx, ctx, { target, steps });
  await updateStep(tx, { id: returnedStepId, from: 'waiting' }, { state: 'returned' });
  return { events: [], alsoAudit: [] };
}

async function arrive(
  tx: WriteTransaction,
  ctx: Context,
  { target, steps }: { target: Case; steps: readonly CaseStep[] },
): Promise<Reached> {
  const settings = await pinnedSettings(
    tx,
    steps.map((step) => ({ associationId: step.associationId, version: step.settingsVersion })),
  );
  const course = withoutCorrections(steps);
  const corrections = steps.filter((step) => !course.includes(step));
  return await reach(tx, ctx, { target, arrivals: [...stepsToArrive(course, orderOf(target, settings)), ...corrections] });
}

/**
 * What follows 死亡登録の取消 beyond the entering office: the 退会届 of the other affiliations are taken back, and the cases that the
 * death had ended go on (`screens.md O-11`: restores everything). Repeating it adds nothing.
 */
export const restoreAfterDeath = command({
  name: 'application.restoreAfterDeath',
  input: z.object({ id: idInput }),
  locks: caseLocks,
  load: async (tx, input, ctx): Promise<Target | undefined> => {
    const entry = await loadCase(tx, ctx.actor, input.id);
    const person = entry === undefined ? undefined : await findPerson(tx, entry.personId);
    if (entry === undefined || person === undefined) return undefined;
    // What the doctor has filed since for the same affiliation, or for the same join, goes before the older case.
    const open = (await listOpenKeys(tx, entry.personId)).map((one) => one.openKey);
    const ended = await loadEnded(tx, ctx, entry);
    return {
      entry,
      alive: person.diedOn === null,
      papers: await loadCases(tx, ctx, await listDeathPapers(tx, entry.personId)),
      ended: ended.filter(({ openKey }) => openKey === null || !open.includes(openKey)),
    };
  },
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (_ctx, { alive }) => (alive ? accepted(undefined) : refuse('conflict')),
  save: async (tx, { ctx, target: { entry, papers, ended } }) => {
    const notes: AuditNote[] = [];
    const events: DomainEvent[] = [];
    for (const paper of papers) {
      const done = await endDeathPaper(tx, ctx, { target: paper, note: '' });
      notes.push(done.note);
      events.push(done.event);
    }
    for (const one of ended) {
      const reached = await reopen(tx, ctx, one);
      notes.push({ action: 'application.reopen', personIds: [entry.personId], target: one.target.id }, ...reached.alsoAudit);
      events.push({ kind: 'application.reopened', payload: { applicationId: one.target.id } }, ...reached.events);
    }
    return {
      value: { taken: papers.map((one) => one.id), reopened: ended.map(({ target }) => target.id) },
      audit: { action: 'application.restoreAfterDeath', personIds: [entry.personId], target: entry.id },
      alsoAudit: notes,
      events,
    };
  },
});
