import { openDatabase } from '#platform/db/database.ts';
import { startWorker } from '#platform/jobs/worker.ts';
import { sendMailTask } from '#platform/mail/send-mail.ts';
import { smtpTransport } from '#platform/mail/transport.ts';

/** A process that sends mails and nothing else, to be killed: `mail-worker.ts OWNER_URL SMTP_PORT`. Says `ready` when it works. */

const [ownerUrl = '', port = ''] = process.argv.slice(2);
const database = openDatabase({ url: ownerUrl, onError: () => undefined });
const transport = smtpTransport({
  url: `smtp://127.0.0.1:${port}`,
  domain: 'mamis.example.jp',
  from: 'no-reply@mamis.example.jp',
  origin: 'http://localhost:3000',
});
await startWorker({
  ownerUrl,
  crontab: '',
  pollMs: 100,
  graceSeconds: 1,
  concurrency: 4,
  log: () => undefined,
  tasks: {
    sendMail: sendMailTask({
      system: database.system,
      transport,
      undeliverable: async (mailId) =>
        void (await database.system.query("UPDATE mail_message SET state = 'bounced' WHERE id = $1", [mailId])),
    }),
  },
});
process.stdout.write('ready\n');
