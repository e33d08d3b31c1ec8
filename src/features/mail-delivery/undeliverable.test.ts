import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'pg';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { addAccount } from '#features/identity/commands/create-account.ts';
import { writeMail } from '#features/identity/commands/change-login.ts';
import { writePersonMail } from '#features/person/commands/change-mail.ts';
import { myTop } from '#features/desk/queries/my-top.ts';
import { must, system } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { writeTransaction } from '#platform/db/transaction.ts';
import type { RunningWorker } from '#platform/jobs/worker.ts';
import { startWorker } from '#platform/jobs/worker.ts';
import { queueMail } from '#platform/mail/queue-mail.ts';
import { sendMailTask } from '#platform/mail/send-mail.ts';
import { smtpTransport } from '#platform/mail/transport.ts';
import type { FakeServer } from '#support/mail-server.ts';
import { startFakeServer } from '#support/mail-server.ts';
import type { World } from '#support/world.ts';
import { createWorld, testNow } from '#support/world.ts';
import { refusedBySmtp, refusedLater } from './commands/undeliverable.ts';

let world: World;
let owner: Pool;
let server: FakeServer | undefined;
let worker: RunningWorker | undefined;
let next = 0;

beforeAll(async () => {
  world = await createWorld();
  owner = new Pool({ connectionString: world.ownerUrl, max: 2 });
});
afterEach(async () => {
  await worker?.stop();
  await server?.stop();
});
afterAll(async () => {
  await owner.end();
  await world.close();
});

/** A doctor with a login, whose address is `mail`. */
async function doctorAt(mail: string) {
  next += 1;
  const login = { loginId: `bounce-${next}`, passwordHash: '$argon2id$never', kind: 'doctor', displayName: '日医 太郎', mail };
  const { accountId } = must(await run(addAccount, world.as(system), login));
  return { accountId, doctor: await world.doctor({ accountId, mail }) };
}

async function queued(to: string, personId?: string): Promise<string> {
  next += 1;
  const key = `bounce:${next}`;
  await writeTransaction(world.as(system), async (tx) => {
    await queueMail(tx, {
      template: 'M-12',
      dedupeKey: key,
      to,
      subject: '承認',
      body: '本文',
      ...(personId === undefined ? {} : { personId }),
    });
    return { value: undefined, commit: true };
  });
  const { rows } = await owner.query<{ id: string }>('SELECT id FROM mail_message WHERE dedupe_key = $1', [key]);
  return rows[0]?.id ?? '';
}

async function sending(answers: readonly (number | 'hang-up')[]): Promise<void> {
  server = await startFakeServer({ answers });
  const ctx = world.as(system);
  worker = await startWorker({
    ownerUrl: world.ownerUrl,
    crontab: '',
    pollMs: 50,
    graceSeconds: 1,
    log: () => undefined,
    tasks: {
      sendMail: sendMailTask({
        system: world.database.system,
        transport: smtpTransport({
          url: `smtp://127.0.0.1:${server.port}`,
          domain: 'mamis.example.jp',
          from: 'no-reply@mamis.example.jp',
          origin: 'http://localhost:3000',
        }),
        undeliverable: async (mailId, reason) => await refusedBySmtp(ctx, mailId, reason),
      }),
    },
  });
}

async function state(mailId: string): Promise<string> {
  const { rows } = await owner.query<{ state: string }>('SELECT state FROM mail_message WHERE id = $1', [mailId]);
  return rows[0]?.state ?? '';
}

async function untilNot(mailId: string, before: string): Promise<string> {
  for (let tries = 0; (await state(mailId)) === before && tries < 400; tries += 1) await pause(25);
  return await state(mailId);
}

async function warned(doctor: Awaited<ReturnType<World['doctor']>>): Promise<boolean> {
  return must(await ask(myTop, world.as(doctor), {})).mailUndelivered;
}

async function news(mailId: string): Promise<unknown[]> {
  const { rows } = await owner.query(
    `SELECT payload - 'requestId' AS said FROM outbox WHERE kind = 'mail.undeliverable' AND payload ->> 'mailId' = $1`,
    [mailId],
  );
  return rows.map((row: { said: unknown }) => row.said);
}

it('宛先を断られたら不達になり、本人の入口に示され、次のメールは一度しか試さない', async () => {
  const { accountId, doctor } = await doctorAt('gone@example.jp');
  const mailId = await queued('GONE@example.jp', doctor.personId);
  await sending([550, 451]);
  expect(await untilNot(mailId, 'waiting')).toBe('bounced');
  expect(await warned(doctor)).toBe(true);
  expect(await news(mailId)).toEqual([{ personId: doctor.personId, mailId }]);

  const later = await queued('gone@example.jp', doctor.personId);
  expect(await untilNot(later, 'waiting')).toBe('failed');
  expect(server?.offered).toBe(2);

  await writeTransaction(world.as(system), async (tx) => {
    await writeMail(tx, accountId, 'gone@example.jp');
    await writePersonMail(tx, accountId, { mail: 'gone@example.jp', at: testNow });
    return { value: undefined, commit: true };
  });
  expect(await warned(doctor)).toBe(false);
});

it('後から届いた不達の通知でも同じで、二度目や知らないメールの通知は何も変えない', async () => {
  const { doctor } = await doctorAt('later@example.jp');
  const other = await doctorAt('other@example.jp');
  await sending([]);
  const mailId = await queued('later@example.jp', doctor.personId);
  expect(await untilNot(mailId, 'waiting')).toBe('sent');
  const report = { mailId, status: '5.1.1' };
  expect(await refusedLater(world.as(system), report)).toBe(true);
  expect(await refusedLater(world.as(system), report)).toBe(false);
  expect(await refusedLater(world.as(system), { ...report, mailId: other.accountId })).toBe(false);
  expect(await state(mailId)).toBe('bounced');
  expect([await warned(doctor), await warned(other.doctor)]).toEqual([true, false]);
  expect(await news(mailId)).toHaveLength(1);
});

it('アドレスを変えた後に届いた、前のアドレスの不達は本人に示さない', async () => {
  const { accountId, doctor } = await doctorAt('old@example.jp');
  await sending([]);
  const mailId = await queued('old@example.jp', doctor.personId);
  await untilNot(mailId, 'waiting');
  await writeTransaction(world.as(system), async (tx) => {
    await writeMail(tx, accountId, 'new@example.jp');
    await writePersonMail(tx, accountId, { mail: 'new@example.jp', at: testNow });
    return { value: undefined, commit: true };
  });
  expect(await refusedLater(world.as(system), { mailId, status: '5.1.1' })).toBe(true);
  expect(await warned(doctor)).toBe(false);
});
