import {
  acknowledgeOverdue,
  announceEffects,
  announceTrainingEnds,
  announceWaiverEnds,
  eraseFiles,
  refreshUsualTimes,
  remindOffices,
  remindToJoinAnew,
  tendDrafts,
} from '#features/application/daily.ts';
import { fileReactions } from '#features/application/file-reactions.ts';
import { applicationReactions } from '#features/application/reactions.ts';
import { checkAudit } from '#features/audit-trail/daily.ts';
import { auditReactions } from '#features/audit-trail/reactions.ts';
import { bulkReactions } from '#features/bulk/reactions.ts';
import { certificateReactions } from '#features/certificate/reactions.ts';
import { applyMailChanges } from '#features/entrance/daily.ts';
import { removeExpiredFiles, remindOfDeletion } from '#features/export/daily.ts';
import { exportReactions } from '#features/export/reactions.ts';
import { carryOutChanges } from '#features/association/daily.ts';
import { resumeMoves } from '#features/reorganisation/daily.ts';
import { reorganisationReactions } from '#features/reorganisation/reactions.ts';
import { removeOldSelections } from '#features/membership/daily.ts';
import { mailNewNotifications, tellWhatTheDayBrings } from '#features/member-notification/daily.ts';
import { carryOutMerges } from '#features/facility-proposal/daily.ts';
import { facilityProposalReactions } from '#features/facility-proposal/reactions.ts';
import { membershipReactions } from '#features/membership/reactions.ts';
import { memberNotificationReactions } from '#features/member-notification/reactions.ts';
import { noticeReactions, recountNotices, sendNotices } from '#features/notice/daily.ts';
import { inviteFirstAdmins, remindOfValidity } from '#features/staff/daily.ts';
import { refusedBySmtp } from '#features/mail-delivery/commands/undeliverable.ts';
import { personReactions } from '#features/person/reactions.ts';
import { inquiryReactions } from '#features/inquiry/reactions.ts';
import { sendDigests } from '#features/staff/commands/send-digests.ts';
import { staffReactions } from '#features/staff/reactions.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { newId } from '#kernel/id.ts';
import { digestTask, writeDigest } from '#platform/audit/digest.ts';
import { lastDigest } from '#platform/audit/digest-file.ts';
import type { DigestKey } from '#platform/audit/digest-key.ts';
import { digestKey } from '#platform/audit/digest-key.ts';
import type { Context, Surroundings } from '#platform/context.ts';
import { makeContext } from '#platform/context.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { cleanTask } from '#platform/jobs/cleaning.ts';
import { describeFailure } from '#platform/jobs/job-error.ts';
import type { Reactions } from '#platform/jobs/reactions.ts';
import { reactTask } from '#platform/jobs/reactions.ts';
import type { JobTask, RunningWorker } from '#platform/jobs/worker.ts';
import { startWorker } from '#platform/jobs/worker.ts';
import type { Log } from '#platform/log/log.ts';
import { sendMailTask } from '#platform/mail/send-mail.ts';
import type { MailTransport } from '#platform/mail/transport.ts';
import { localTransport, smtpTransport } from '#platform/mail/transport.ts';
import type { AppConfig } from './config.ts';

/** Times are UTC, that is nine hours before those of Japan; made up for when the machine was off then. */
const crontab = [
  '10 15 * * * auditDigest ?fill=1d',
  '0 17 * * * checkAudit ?fill=1d',
  '30 18 * * * clean ?fill=1d',
  '0 19 * * * refreshUsualTimes ?fill=1d',
  '30 19 * * * eraseFiles ?fill=1d',
  '0 23 * * * remindOffices ?fill=1d',
  '10 23 * * * remindOfDeletion ?fill=1d',
  '40 18 * * * removeExpiredFiles ?fill=1d',
  '45 18 * * * removeOldSelections ?fill=1d',
  '20 * * * * applyMailChanges ?fill=1d',
  '5 23 * * * tendDrafts ?fill=1d',
  '10 23 * * * announceEffects ?fill=1d',
  '20 23 * * * announceTrainingEnds ?fill=1d',
  '25 23 * * * remindToJoinAnew ?fill=1d',
  '30 23 * * * announceWaiverEnds ?fill=1d',
  '20 19 * * * acknowledgeOverdue ?fill=1d',
  '15 23 * * * remindOfValidity ?fill=1d',
  '1 15 * * * carryOutChanges ?fill=1d',
  '3 15 * * * carryOutMerges ?fill=1d',
  '5 15 * * * inviteFirstAdmins ?fill=1d',
  '50 * * * * resumeMoves',
  '20 15 * * * tellWhatTheDayBrings ?fill=1d',
  '0 23 * * * mailNewNotifications ?fill=1d',
  '*/5 * * * * sendNotices',
  '15 19 * * * recountNotices ?fill=1d',
  '0 23 * * * sendDigests ?fill=1d',
].join('\n');

type Round = (ctx: Context) => Promise<void>;

/** What a day brings: commands of the system, each round safe to repeat. */
const rounds: Readonly<Record<string, Round>> = {
  applyMailChanges,
  refreshUsualTimes,
  eraseFiles,
  remindOffices,
  tendDrafts,
  announceEffects,
  announceTrainingEnds,
  remindToJoinAnew,
  announceWaiverEnds,
  acknowledgeOverdue,
  remindOfDeletion,
  removeExpiredFiles,
  removeOldSelections,
  remindOfValidity,
  inviteFirstAdmins,
  carryOutChanges,
  carryOutMerges,
  resumeMoves,
  tellWhatTheDayBrings,
  mailNewNotifications,
  sendNotices,
  recountNotices,
  sendDigests,
};

type Around = { surroundings: Surroundings; clock: () => Date };

function systemContext(name: string, { surroundings, clock }: Around): Context {
  return makeContext(surroundings, { actor: { kind: 'system', name }, now: clock(), requestId: newId() });
}

function roundTask(name: string, work: Round, around: Around): JobTask {
  return async () => await work(systemContext(name, around));
}

const DAY_MS = 86_400_000;

/** A new installation, or one that was off for long, is not left without a digest until the next night. */
async function digestIfOld(options: Parameters<typeof digestTask>[0]): Promise<void> {
  const last = await lastDigest(options.digestDir);
  const now = options.clock();
  if (last?.body !== undefined && now.getTime() - Date.parse(last.body.at) < DAY_MS) return;
  await writeDigest({ ...options, now });
}

/** The verification of every night; a mismatch is told to 運営事務局 by mail and on its TOP, and stands in the log. */
function checkTask({ digestDir, key }: { digestDir: string; key: DigestKey }, around: Around & { log: Log }): JobTask {
  return async () => {
    const checked = await checkAudit(systemContext('checkAudit', around), { digestDir, publicKey: key.publicKey });
    if (checked.told) around.log.error('the audit does not verify', {});
  };
}

function transportOf(config: AppConfig, origin: string): MailTransport {
  if (config.smtpUrl === undefined) return localTransport();
  return smtpTransport({
    url: config.smtpUrl,
    domain: config.mailDomain,
    from: config.mailFrom,
    origin,
    bounceTo: config.mailBounces,
  });
}

function mailTask(transport: MailTransport, around: Around): JobTask {
  return sendMailTask({
    system: around.surroundings.database.system,
    transport,
    undeliverable: async (mailId, reason) => await refusedBySmtp(systemContext('sendMail', around), mailId, reason),
  });
}

/** The clock of requests and jobs, and whether the rounds of the day come by themselves; only proofs that play with days have another. */
export type Time = { now: () => Date; rounds: boolean };

export const ownTime: Time = { now: () => new Date(), rounds: true };

type WorkOptions = { config: AppConfig; surroundings: Surroundings; log: Log; time?: Time };

type Heard = { origin: string; clock: () => Date; log: Log };

/** What follows events, of every feature. */
function reactionsOf({ origin, clock, log }: Heard): Reactions[] {
  const told = (message: string) => log.error(message, {});
  return [
    applicationReactions({ origin }),
    reorganisationReactions,
    auditReactions,
    bulkReactions({ clock, log: told }),
    certificateReactions,
    exportReactions({ origin, log: told }),
    fileReactions,
    memberNotificationReactions,
    facilityProposalReactions,
    membershipReactions,
    noticeReactions,
    personReactions,
    inquiryReactions,
    staffReactions,
  ];
}

/** Starts the jobs of this process: reactions to events, mail, the daily digest, cleaning. */
export async function startWork(options: WorkOptions): Promise<RunningWorker> {
  const { config, surroundings, log, time = ownTime } = options;
  const { system } = surroundings.database;
  const clock = time.now;
  const transport = transportOf(config, surroundings.site.origin);
  const digests = { pool: system, digestDir: config.digestDir, key: await digestKey(config.dataDir), clock };
  const firstDigest = digestIfOld(digests).catch((error: unknown) =>
    log.error('no digest of the audit', { reason: describeFailure(error) }),
  );
  const worker = await startWorker({
    ownerUrl: config.ownerUrl,
    crontab: time.rounds ? crontab : '',
    log: (level, message) => log[level](message),
    tasks: {
      react: reactTask({
        surroundings,
        reactions: reactionsOf({ origin: surroundings.site.origin, clock, log }),
        clock,
      }),
      sendMail: mailTask(transport, { surroundings, clock }),
      auditDigest: digestTask(digests),
      checkAudit: checkTask(digests, { surroundings, clock, log }),
      clean: cleanTask({
        idempotencyDays: async () => {
          const ctx = systemContext('clean', { surroundings, clock });
          return (await readTransaction(ctx, (tx) => systemSettingsOf(tx))).idempotencyDays;
        },
      }),
      ...Object.fromEntries(Object.entries(rounds).map(([name, work]) => [name, roundTask(name, work, { surroundings, clock })])),
    },
  });
  return {
    stop: async () => {
      await worker.stop();
      await firstDigest;
      transport.close();
    },
  };
}
