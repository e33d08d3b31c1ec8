import type pg from 'pg';
import { z } from 'zod';
import { isId } from '#kernel/id.ts';
import { JobError } from '../jobs/job-error.ts';
import type { JobTask } from '../jobs/worker.ts';
import type { MailTransport, OutgoingMail } from './transport.ts';

const jobPayload = z.object({ mailId: z.string().refine(isId) });

type Row = { id: string; to_address: string; subject: string; body: string; once_only: boolean };
type Claimed = OutgoingMail & {
  /** To an address that is known not to work one try is enough. */
  onceOnly: boolean;
};

/** What went wrong, without the server's words: those often quote the address. */
type Failure = {
  permanent: boolean;
  /** The server has spoken; a line that broke down says nothing of the address. */
  answered: boolean;
  /** The server knows no such recipient: the address itself does not work. */
  unknownRecipient: boolean;
  reason: string;
};

/** A refusal of this mail or recipient is final; of our login or connection it is not, that is for the operator to mend. */
function judge(error: unknown): Failure {
  if (!(error instanceof Error)) return { permanent: false, unknownRecipient: false, answered: false, reason: 'unknown' };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  const status = 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : undefined;
  const aboutMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  const reason = status === undefined ? code : `SMTP ${status} (${code})`;
  const permanent = aboutMail && (status === undefined || status >= 500);
  const atRecipient = 'command' in error && error.command === 'RCPT TO';
  const answered = status !== undefined;
  return { permanent, unknownRecipient: permanent && answered && atRecipient, answered, reason };
}

export type SendMailOptions = {
  system: pg.Pool;
  transport: MailTransport;
  /** The mail cannot be delivered to its address, now or ever; marks it so. May be told twice after a crash. */
  undeliverable: (mailId: string, reason: string) => Promise<void>;
};

/**
 * The task `sendMail`: at least once. A mail is sent twice only when the process dies between the server's yes and our
 * note of it, and then with the same Message-ID.
 */
export function sendMailTask({ system, transport, undeliverable }: SendMailOptions): JobTask {
  return async (raw, job) => {
    const { mailId } = jobPayload.parse(raw);
    const mail = await claim(system, mailId);
    if (mail === undefined) return;
    try {
      await transport.send(mail);
    } catch (error) {
      const { permanent, unknownRecipient, answered, reason } = judge(error);
      if (unknownRecipient) return await undeliverable(mailId, reason);
      const givenUp = permanent || (mail.onceOnly && answered);
      await system.query("UPDATE mail_message SET state = $2, last_error = $3 WHERE id = $1 AND state = 'waiting'", [
        mailId,
        givenUp || job.lastAttempt ? 'failed' : 'waiting',
        reason,
      ]);
      if (givenUp) return;
      throw new JobError(`mail ${mailId} not taken over: ${reason}`);
    }
    await system.query("UPDATE mail_message SET state = 'sent', sent_at = now(), last_error = '' WHERE id = $1 AND state = 'waiting'", [
      mailId,
    ]);
  };
}

/** The mail if it still waits; one to a person who died meanwhile is stopped (screens.md 1.7). */
async function claim(system: pg.Pool, mailId: string): Promise<Claimed | undefined> {
  const stopped = await system.query(
    `UPDATE mail_message SET state = 'stopped' WHERE id = $1 AND state = 'waiting'
       AND person_id IN (SELECT id FROM person WHERE died_on IS NOT NULL)`,
    [mailId],
  );
  if (stopped.rowCount !== 0) return undefined;
  const found = await system.query<Row>(
    `UPDATE mail_message m SET attempts = attempts + 1 WHERE id = $1 AND state = 'waiting' RETURNING id, to_address, subject, body,
       EXISTS (SELECT FROM account a WHERE lower(a.mail) = lower(m.to_address) AND a.mail_bounced_at IS NOT NULL)
       OR EXISTS (SELECT FROM person p WHERE p.id = m.person_id AND lower(p.mail) = lower(m.to_address) AND p.mail_bounced_at IS NOT NULL)
         AS once_only`,
    [mailId],
  );
  const [row] = found.rows;
  return row === undefined ? undefined : { id: row.id, to: row.to_address, subject: row.subject, body: row.body, onceOnly: row.once_only };
}
