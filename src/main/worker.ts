import { applicationReactions } from '#features/application/reactions.ts';
import { digestTask } from '#platform/audit/digest.ts';
import { digestKey } from '#platform/audit/digest-key.ts';
import type { Surroundings } from '#platform/context.ts';
import { cleanTask } from '#platform/jobs/cleaning.ts';
import { reactTask } from '#platform/jobs/reactions.ts';
import type { RunningWorker } from '#platform/jobs/worker.ts';
import { startWorker } from '#platform/jobs/worker.ts';
import type { Log } from '#platform/log/log.ts';
import { sendMailTask } from '#platform/mail/send-mail.ts';
import { localTransport, smtpTransport } from '#platform/mail/transport.ts';
import type { AppConfig } from './config.ts';

/** Times are UTC: the digest at 00:10, the cleaning at 03:30 in Japan. */
const crontab = ['10 15 * * * auditDigest', '30 18 * * * clean'].join('\n');

/** Starts the jobs of this process: reactions to events, mail, the daily digest, cleaning. */
export async function startWork(options: { config: AppConfig; surroundings: Surroundings; log: Log }): Promise<RunningWorker> {
  const { config, surroundings, log } = options;
  const { system } = surroundings.database;
  const clock = () => new Date();
  const transport = config.smtpUrl === undefined
    ? localTransport()
    : smtpTransport({ url: config.smtpUrl, domain: config.mailDomain, from: config.mailFrom });
  const worker = await startWorker({
    ownerUrl: config.ownerUrl,
    crontab,
    log: (level, message) => log[level](message),
    tasks: {
      react: reactTask({ surroundings, reactions: [applicationReactions({ origin: surroundings.site.origin })], clock }),
      sendMail: sendMailTask({ system, transport }),
      auditDigest: digestTask({ pool: system, digestDir: config.digestDir, key: await digestKey(config.dataDir), clock }),
      clean: cleanTask(),
    },
  });
  return {
    stop: async () => {
      await worker.stop();
      transport.close();
    },
  };
}
