import type pg from 'pg';
import { z } from 'zod';
import { isId } from '#kernel/id.ts';
import { JobError } from '../jobs/job-error.ts';
import type { JobTask } from '../jobs/worker.ts';
import type { MailTransport, OutgoingMail } from './transport.ts';

const jobPayload = z.object({ mailId: z.string().refine(isId) });

type Row = { id: string; to_address: string; subject: string; body: string };

/** What went wrong, without the server's words: those often quote the address. */
type Failure = { permanent: boolean; reason: string };

/** A refusal of this mail or recipient is final; of our login or connection it is not, that is for the operator to mend. */
function judge(error: unknown): Failure {
  if (!(error instanceof Error)) return { permanent: false, reason: 'unknown' };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  const status = 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : undefined;
  const aboutMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  const reason = status === undefined ? code : `SMTP ${status} (${code})`;
  return { permanent: aboutMail && (status === undefined || status >= 500), reason };
}

export type SendMailOptions = { system: pg.Pool; transport: MailTransport };

/**
 * The task `sendMail`: at least once. A mail is sent twice only when the process dies between the server's yes and our
 * note of it, and then with the same Message-ID.
 */
export function sendMailTask({ system, transport }: SendMailOptions): JobTask {
  return async (raw, job) => {
    const { mailId } = jobPayload.parse(raw);
    const mail = await claim(system, mailId);
    if (mail === undefined) return;
    try {
      await transport.send(mail);
    } catch (error) {
      const { permanent, reason } = judge(error);
      const final = permanent || job.lastAttempt;
      await system.query("UPDATE mail_message SET state = $2, last_error = $3 WHERE id = $1 AND state = 'waiting'", [
        mailId,
        final ? 'failed' : 'waiting',
        reason,
      ]);
      if (permanent) return;
      throw new JobError(`mail ${mailId} not taken over: ${reason}`);
    }
    await system.query("UPDATE mail_message SET state = 'sent', sent_at = now(), last_error = '' WHERE id = $1 AND state = 'waiting'", [
      mailId,
    ]);
  };
}

/** The mail if it still waits; one to a person who died meanwhile is stopped (screens.md 1.7). */
async function claim(system: pg.Pool, mailId: string): Promise<OutgoingMail | undefined> {
  const stopped = await system.query(
    `UPDATE mail_message SET state = 'stopped' WHERE id = $1 AND state = 'waiting'
       AND person_id IN (SELECT id FROM person WHERE died_on IS NOT NULL)`,
    [mailId],
  );
  if (stopped.rowCount !== 0) return undefined;
  const found = await system.query<Row>(
    "UPDATE mail_message SET attempts = attempts + 1 WHERE id = $1 AND state = 'waiting' RETURNING id, to_address, subject, body",
    [mailId],
  );
  const [row] = found.rows;
  return row === undefined ? undefined : { id: row.id, to: row.to_address, subject: row.subject, body: row.body };
}
