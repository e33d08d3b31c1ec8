import { pinnedSettings } from '#features/association/queries/directory.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { writeToOffice } from '#features/staff/commands/office-mail.ts';
import { operationsMailAddresses } from '#features/staff/queries/recipients.ts';
import type { Day } from '#kernel/day.ts';
import { run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { writeTransaction } from '#platform/db/transaction.ts';
import { JobError } from '#platform/jobs/job-error.ts';
import type { Reaction, Reactions } from '#platform/jobs/reactions.ts';
import { queueMail } from '#platform/mail/queue-mail.ts';
import { createHash } from 'node:crypto';
import { restoreAfterDeath } from './commands/restore-after-death.ts';
import { settleDeath } from './commands/settle-death.ts';
import { takeOver } from './commands/take-over.ts';
import { dateNames } from './date-rules.ts';
import { isAtOffice } from './flow.ts';
import type { MailCase } from './mails/case-facts.server.ts';
import { completedNotesOf, decidedDates, mailCase } from './mails/case-facts.server.ts';
import { deskEffects } from './mails/desk-effects.ts';
import type { MailText } from './mails/texts.ts';
import {
  approvedMail,
  completedMail,
  enteredMail,
  endedMail,
  messagedMail,
  officeMail,
  operationsMail,
  receivedMail,
  rejectedMail,
  returnedMail,
  revokedMail,
  submittedMail,
} from './mails/texts.ts';
import { applicationWord } from './labels.ts';
import { news, texts } from './messages.ts';

/** Mails that follow what happened to an application (`screens.md 8`). Repeating one writes no second mail: the key names the cause. */

type Template = `M-${string}`;

type Task = { tx: WriteTransaction; ctx: Context; found: MailCase; stepId: string; cause: string };

async function toDoctor(
  task: Task,
  template: Template,
  text: (facts: NonNullable<MailCase['doctor']>['facts']) => MailText,
): Promise<void> {
  const { doctor, target } = task.found;
  if (doctor === undefined) return;
  await queueMail(task.tx, {
    template,
    dedupeKey: `${template}:${task.cause}`,
    to: doctor.mail,
    personId: target.personId,
    ...text(doctor.facts),
  });
}

/** Keys hold no address. */
function hashOf(address: string): string {
  return createHash('sha256').update(address).digest('hex').slice(0, 16);
}

async function toOffice(task: Task, associationId: number, mail: { template: Template; subject: string; sentence: string }): Promise<void> {
  const { found } = task;
  const text = officeMail({
    office: found.office(associationId).name,
    subject: mail.subject,
    sentence: mail.sentence,
    number: found.target.number ?? '',
    kindWord: applicationWord(found.target.kind),
    link: found.link,
  });
  await writeToOffice(task.tx, task.ctx, {
    associationId,
    template: mail.template,
    key: `${task.cause}:${associationId}`,
    line: news.line({ subject: mail.subject, kindWord: applicationWord(found.target.kind), number: found.target.number ?? '' }),
    ...text,
  });
}

async function toOperations(task: Task, mail: { template: Template; subject: string; sentence: string }): Promise<void> {
  const { target, office } = task.found;
  const text = operationsMail({
    subject: mail.subject,
    sentence: mail.sentence,
    number: target.number ?? '',
    kindWord: applicationWord(target.kind),
    office: office(target.proxyAssociationId ?? -1).name,
  });
  for (const to of await operationsMailAddresses(task.tx, task.ctx.today)) {
    const key = `${mail.template}:${task.cause}:operations:${hashOf(to)}`;
    await queueMail(task.tx, { template: mail.template, dedupeKey: key, to, ...text });
  }
}

/** The steps that wait for a decision now: one of each side of a transfer. */
function atWork(task: Task) {
  return task.found.steps.filter((step) => step.role !== 'acknowledge' && isAtOffice(step.state));
}

/** Every office the case has reached is told once, whatever else happens on the other side meanwhile. */
async function tellArrival(task: Task): Promise<void> {
  for (const step of atWork(task)) {
    const cause = `${task.found.target.id}:${step.id}:arrived`;
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

function stepOffice(task: Task): { name: string; contact: string } {
  const step = task.found.steps.find((one) => one.id === task.stepId);
  return task.found.office(step?.associationId ?? -1);
}

function dateOf(task: Task) {
  return task.found.steps.find((one) => one.id === task.stepId)?.decidedOn ?? task.found.target.wishedOn ?? task.ctx.today;
}

const tellings: Readonly<Record<string, (task: Task) => Promise<void>>> = {
  'application.submitted': async (task) => {
    const associations = task.found.steps.map((step) => task.found.office(step.associationId).name);
    const wishedOn = task.found.target.wishedOn ?? task.ctx.today;
    if (task.found.target.proxyAssociationId === null)
      await toDoctor(task, 'M-10', (facts) => submittedMail(facts, { associations, wishedOn }));
    else await tellEntered(task, { associations, wishedOn });
    await tellArrival(task);
  },
  'application.approved': async (task) => {
    const [next] = atWork(task);
    await toDoctor(task, 'M-12', (facts) =>
      approvedMail(facts, {
        office: stepOffice(task).name,
        decidedOn: dateOf(task),
        next: next === undefined ? '' : task.found.office(next.associationId).name,
      }),
    );
    await tellArrival(task);
  },
  'application.completed': async (task) => {
    await toDoctor(task, 'M-13', (facts) =>
      completedMail(facts, { dates: decidedDates(task.found), notes: completedNotesOf(task.found.target) }),
    );
    await tellConfirmation(task);
    await tellDesks(task);
  },
  'application.returned': async (task) => {
    const { proxyAssociationId } = task.found.target;
    // 差戻し goes to whoever applied (`rules.md 3.8`).
    if (proxyAssociationId === null) await toDoctor(task, 'M-14', (facts) => returnedMail(facts, { office: stepOffice(task).name }));
    else await toOffice(task, proxyAssociationId, { template: 'M-14', ...news.returned(stepOffice(task).name) });
  },
  'application.resubmitted': async (task) => {
    const step = task.found.steps.find((one) => one.id === task.stepId);
    if (step === undefined) return;
    await toOffice(task, step.associationId, { template: 'M-42', ...news.resubmitted });
    await tellConfirmation(task);
  },
  'application.rejected': async (task) =>
    await toDoctor(task, 'M-15', (facts) => rejectedMail(facts, { office: stepOffice(task).name, contact: stepOffice(task).contact })),
  'application.cancelled': async (task) => await tellEnd(task, 'cancelled'),
  'application.retracted': async (task) => await tellEnd(task, 'retracted'),
  'application.objected': async (task) => {
    for (const id of officesOf(task.found)) await toOffice(task, id, { template: 'M-17', ...news.objected });
    await toOperations(task, { template: 'M-17', ...news.objected });
  },
  'application.reopened': async (task) => {
    for (const step of atWork(task)) await toOffice(task, step.associationId, { template: 'M-40', ...news.reopened });
  },
  'application.revoked': async (task) => await tellRevoked(task, false),
  'application.leaveRevoked': async (task) => await tellRevoked(task, true),
};

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

/** The offices of the steps and the one that entered the case, each once. */
function officesOf({ target, steps }: MailCase): number[] {
  const entered = target.proxyAssociationId === null ? [] : [target.proxyAssociationId];
  return [...new Set([...steps.map((step) => step.associationId), ...entered])];
}

async function tellEnd(task: Task, how: 'cancelled' | 'retracted'): Promise<void> {
  await toDoctor(task, 'M-16', (facts) => endedMail(facts, how));
  for (const id of officesOf(task.found)) await toOffice(task, id, { template: 'M-16', ...news[how] });
}

/** To the doctor, and to the offices that others' approval had already concerned (M-20, M-45). */
async function tellRevoked(task: Task, leave: boolean): Promise<void> {
  const own = task.found.steps.find((one) => one.id === task.stepId);
  await toDoctor(task, 'M-20', (facts) => revokedMail(facts, { office: stepOffice(task).name, leave }));
  for (const step of task.found.steps.filter((one) => one.associationId !== own?.associationId)) {
    await toOffice(task, step.associationId, { template: 'M-45', ...(leave ? news.leaveRevoked : news.revoked) });
  }
}

async function tellMessage(task: Task, fromAssociationId: number | undefined): Promise<void> {
  const from = fromAssociationId === undefined ? texts.applicant : task.found.office(fromAssociationId).name;
  if (fromAssociationId !== undefined) await toDoctor(task, 'M-17', (facts) => messagedMail(facts, { from }));
  for (const id of officesOf(task.found).filter((one) => one !== fromAssociationId)) {
    await toOffice(task, id, { template: 'M-17', ...news.message(from) });
  }
}

/** A death reaches the affiliations that the entering office does not see. */
const settle: Reaction = async (ctx, payload) => {
  const id = String(payload['applicationId'] ?? '');
  const settled = await run(settleDeath, ctx, { id }, `death:${id}`);
  if (!settled.ok) throw new JobError(`refused: ${settled.refusal.code}`);
};

/** 死亡登録の取消 reaches what the entering office does not see. A death that was registered again meanwhile stands. */
const restore: Reaction = async (ctx, payload) => {
  const id = String(payload['applicationId'] ?? '');
  const restored = await run(restoreAfterDeath, ctx, { id }, `alive:${id}`);
  if (!restored.ok && restored.refusal.code !== 'conflict') throw new JobError(`refused: ${restored.refusal.code}`);
};

/** 引継ぎ (O-17): the open cases of one of the staff go to another. */
const moveCases: Reaction = async (ctx, { associationId, fromStaffId, toStaffId }) => {
  const moved = await run(takeOver, ctx, { associationId, fromStaffId, toStaffId });
  if (!moved.ok) throw new JobError(`cases were not handed over: ${moved.refusal.code}`);
};

/** Reactions by kind of event; `origin` is the public address that links in mails begin with. */
export function applicationReactions(options: { origin: string }): Reactions {
  const within =
    (tell: (task: Task, payload: Parameters<Reaction>[1]) => Promise<void>): Reaction =>
    async (ctx, payload) => {
      await writeTransaction(ctx, async (tx) => {
        const applicationId = String(payload['applicationId'] ?? '');
        const found = await mailCase(tx, ctx, { applicationId, origin: options.origin });
        const stepId = String(payload['stepId'] ?? '');
        const cause = `${applicationId}:${stepId}:${String(payload['outboxId'] ?? '')}`;
        if (found !== undefined) await tell({ tx, ctx, found, stepId, cause }, payload);
        return { value: undefined, commit: true };
      });
    };
  const simple = Object.entries(tellings).map(([kind, tell]) => [kind, within(tell)] as const);
  const received = within(async (task, payload) => {
    if (payload['withoutMail'] === 1) return;
    await toDoctor(task, 'M-11', (facts) => receivedMail(facts, { office: stepOffice(task).name, contact: stepOffice(task).contact }));
  });
  const messaged = within(async (task, payload) => {
    const from = payload['fromAssociationId'];
    await tellMessage(task, typeof from === 'number' ? from : undefined);
  });
  return {
    ...Object.fromEntries(simple),
    'application.received': received,
    'application.messaged': messaged,
    'person.died': settle,
    'person.deathWithdrawn': restore,
    'staff.handedOver': moveCases,
  };
}
