import { pinnedSettings } from '#features/association/queries/directory.ts';
import type { Day } from '#kernel/day.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { dateNames } from '../date-rules.ts';
import { holdsCase, isAtOffice } from '../flow.ts';
import { news, texts } from '../messages.ts';
import type { CaseStep } from '../store.server.ts';
import type { Task } from './addressing.server.ts';
import { stepOffice, toDoctor, toOffice, toOperations } from './addressing.server.ts';
import type { MailCase } from './case-facts.server.ts';
import { certificatesOf, completedNotesOf, decidedDates, whatStaysOf } from './case-facts.server.ts';
import { correctingOf, endingReasonsOf } from './case-reasons.server.ts';
import { deskEffects } from './desk-effects.ts';
import {
  approvedMail,
  completedMail,
  endedMail,
  enteredMail,
  messagedMail,
  receivedMail,
  rejectedMail,
  returnedMail,
  revokedMail,
  submittedMail,
} from './texts.ts';

/** Which mails follow which event (`screens.md 8`). */

/** The steps that wait for a decision or 受付 now: one of each side of a transfer. */
function atWork(task: Task): CaseStep[] {
  return task.found.steps.filter((step) => step.role !== 'acknowledge' && holdsCase(step));
}

/** The steps that the event itself has reached; all at work where it names none (the sending of the paper). */
function reachedBy(task: Task): CaseStep[] {
  const { arrived } = task.payload;
  const named = typeof arrived === 'string' ? new Set(arrived.split(' ')) : undefined;
  return atWork(task).filter((step) => named?.has(step.id) ?? true);
}

/** M-40 for every arrival at an office, once: also when the case comes a second time, after 承認取消 below. */
async function tellArrival(task: Task): Promise<void> {
  for (const step of reachedBy(task)) {
    const cause = `${task.found.target.id}:${step.id}:arrived:${step.arrivedAt?.getTime() ?? 0}`;
    await toOffice({ ...task, cause }, step.associationId, { template: 'M-40', ...news.arrived });
  }
}

/** M-43 to every office that is asked for 確認: what was decided, and when it counts as confirmed by itself (`rules.md 4.1`). */
async function tellConfirmation(task: Task): Promise<void> {
  const asked = task.found.steps.filter((step) => step.role === 'acknowledge' && isAtOffice(step.state));
  const pins = asked.map((step) => ({ associationId: step.associationId, version: step.settingsVersion }));
  const settings = await pinnedSettings(task.tx, pins);
  for (const step of asked) {
    const days = settings.find((row) => row.associationId === step.associationId)?.settings.acknowledgeDays;
    if (days === undefined) throw new Error('pinned settings are missing');
    const decided = task.found.steps.flatMap((one) =>
      one.decidedOn !== null && (one.leg === step.leg || step.leg === 'change')
        ? [`${dateNames[one.leg]}:${formatDayPlain(one.decidedOn)}(${task.found.office(one.associationId).name})`]
        : [],
    );
    const cause = `${task.found.target.id}:${step.id}:confirm:${task.cause}`;
    const mail = news.toConfirm({ leaves: step.leg === 'leave', decided, days });
    await toOffice({ ...task, cause }, step.associationId, { template: 'M-43', ...mail });
  }
}

/** M-53 to the JMA, where a finished transfer concerns insurance or pension (`rules.md 6`). */
async function tellDesks(task: Task): Promise<void> {
  const { target, steps } = task.found;
  const jma = steps.find((step) => step.layer === 1);
  const effects = target.kind === 'transfer' ? deskEffects(steps) : [];
  if (jma !== undefined && effects.length > 0) await toOffice(task, jma.associationId, { template: 'M-53', ...news.deskEffects(effects) });
}

function dateOf(task: Task): Day {
  return task.found.steps.find((one) => one.id === task.stepId)?.decidedOn ?? task.found.target.wishedOn ?? task.ctx.today;
}

/** The office that got the case by this approval; '' where another side of a transfer is still at it. */
function nextOffice(task: Task): string {
  const next = task.found.steps.find((step) => step.id === task.payload['nextStepId']);
  return next === undefined ? '' : task.found.office(next.associationId).name;
}

/** M-19; nobody is told after a death. */
async function tellEntered(task: Task, about: { associations: string[]; wishedOn: Day }): Promise<void> {
  const { target, ground, office } = task.found;
  const entered = office(target.proxyAssociationId ?? -1);
  await toDoctor(task, 'M-19', (facts) =>
    enteredMail(facts, {
      ...about,
      office: entered.name,
      contact: entered.contact,
      ground: ground ?? '',
      heldUntil: target.held?.until,
    }),
  );
}

/** M-14: 差戻し goes to whoever applied (`rules.md 3.8`). */
async function tellReturned(task: Task): Promise<void> {
  const { target } = task.found;
  const about = { office: stepOffice(task).name, ...(await correctingOf(task.tx, target, task.ctx.today)) };
  if (target.proxyAssociationId === null) await toDoctor(task, 'M-14', (facts) => returnedMail(facts, about));
  else await toOffice(task, target.proxyAssociationId, { template: 'M-14', ...news.returned(about) });
}

/** The offices of the steps and the one that entered the case, each once. */
function officesOf({ target, steps }: MailCase): number[] {
  const entered = target.proxyAssociationId === null ? [] : [target.proxyAssociationId];
  return [...new Set([...steps.map((step) => step.associationId), ...entered])];
}

async function tellEnd(task: Task, how: 'cancelled' | 'retracted'): Promise<void> {
  const reasons = await endingReasonsOf(task.tx, task.found.target.id, task.ctx.today);
  await toDoctor(task, 'M-16', (facts) => endedMail(facts, { how, reasons }));
  for (const id of officesOf(task.found)) await toOffice(task, id, { template: 'M-16', ...news[how](reasons) });
}

/** To the doctor, and to the offices that others' approval had already concerned (M-20, M-45). */
async function tellRevoked(task: Task, leave: boolean): Promise<void> {
  const own = task.found.steps.find((one) => one.id === task.stepId);
  await toDoctor(task, 'M-20', (facts) => revokedMail(facts, { office: stepOffice(task).name, leave }));
  for (const step of task.found.steps.filter((one) => one.associationId !== own?.associationId)) {
    await toOffice(task, step.associationId, { template: 'M-45', ...(leave ? news.leaveRevoked : news.revoked) });
  }
}

async function tellMessage(task: Task): Promise<void> {
  const by = task.payload['fromAssociationId'];
  const from = typeof by === 'number' ? task.found.office(by).name : texts.applicant;
  if (typeof by === 'number') await toDoctor(task, 'M-17', (facts) => messagedMail(facts, { from }));
  for (const id of officesOf(task.found).filter((one) => one !== by)) {
    await toOffice(task, id, { template: 'M-17', ...news.message(from) });
  }
}

/** What is told of each event. */
export const tellings: Readonly<Record<string, (task: Task) => Promise<void>>> = {
  'application.submitted': async (task) => {
    const associations = task.found.steps.map((step) => task.found.office(step.associationId).name);
    const wishedOn = task.found.target.wishedOn ?? task.ctx.today;
    if (task.found.target.proxyAssociationId === null)
      await toDoctor(task, 'M-10', (facts) => submittedMail(facts, { associations, wishedOn }));
    else await tellEntered(task, { associations, wishedOn });
    await tellArrival(task);
  },
  'application.received': async (task) => {
    if (task.payload['withoutMail'] !== 1)
      await toDoctor(task, 'M-11', (facts) => receivedMail(facts, { office: stepOffice(task).name, contact: stepOffice(task).contact }));
    // Where 受付 is all that is asked, the case goes on to the office that decides (`rules.md 3.5`).
    if (typeof task.payload['arrived'] === 'string') await tellArrival(task);
  },
  'application.approved': async (task) => {
    const about = { office: stepOffice(task).name, decidedOn: dateOf(task), next: nextOffice(task) };
    await toDoctor(task, 'M-12', (facts) => approvedMail(facts, about));
    await tellArrival(task);
  },
  'application.completed': async (task) => {
    await toDoctor(task, 'M-13', (facts) =>
      completedMail(facts, {
        dates: decidedDates(task.found),
        notes: completedNotesOf(task.found.target),
        certificates: certificatesOf(task.found),
      }),
    );
    await tellConfirmation(task);
    await tellDesks(task);
  },
  'application.returned': tellReturned,
  'application.resubmitted': async (task) => {
    const step = task.found.steps.find((one) => one.id === task.stepId);
    if (step === undefined) return;
    await toOffice(task, step.associationId, { template: 'M-42', ...news.resubmitted });
    await tellConfirmation(task);
  },
  'application.rejected': async (task) => {
    const reasons = await endingReasonsOf(task.tx, task.found.target.id, task.ctx.today);
    const { name, contact } = stepOffice(task);
    await toDoctor(task, 'M-15', (facts) => rejectedMail(facts, { office: name, contact, reasons, stays: whatStaysOf(task.found) }));
  },
  'application.cancelled': async (task) => await tellEnd(task, 'cancelled'),
  'application.retracted': async (task) => await tellEnd(task, 'retracted'),
  'application.objected': async (task) => {
    const said = task.payload['replied'] === 1 ? news.repliedWhileHeld : news.objected;
    for (const id of officesOf(task.found)) await toOffice(task, id, { template: 'M-17', ...said });
    await toOperations(task, { template: 'M-17', ...said });
  },
  'application.reopened': async (task) => {
    for (const step of atWork(task)) await toOffice(task, step.associationId, { template: 'M-40', ...news.reopened });
  },
  'application.revoked': async (task) => await tellRevoked(task, false),
  'application.leaveRevoked': async (task) => await tellRevoked(task, true),
  'application.messaged': tellMessage,
};
