import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'pg';
import { system } from '#main/demo/acting.ts';
import { writeTransaction } from '#platform/db/transaction.ts';
import { queueMail } from '#platform/mail/queue-mail.ts';
import type { FakeServer } from '#support/mail-server.ts';
import { startFakeServer } from '#support/mail-server.ts';
import { SeededRandom } from '#support/seeded-random.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';

export type MailSpec = {
  mails: number;
  kills: number;
  seed: number /** Where the worker's sources lie. */;
  root?: string;
  patienceMs?: number;
};

const here = join(import.meta.dirname, '../..');

/** P10: mails through a server that misbehaves, sent by a worker that is killed with -9 again and again. */
export class MailRun {
  readonly #spec: MailSpec;
  readonly #world: World;
  readonly #owner: Pool;
  readonly #server: FakeServer;
  readonly #random: SeededRandom;
  #worker: ChildProcess | undefined;
  killed = 0;

  private constructor(spec: MailSpec, begun: { world: World; server: FakeServer }) {
    this.#spec = spec;
    this.#world = begun.world;
    this.#owner = new Pool({ connectionString: begun.world.ownerUrl, max: 2 });
    this.#server = begun.server;
    this.#random = new SeededRandom(spec.seed);
  }

  static async open(spec: MailSpec): Promise<MailRun> {
    const random = new SeededRandom(spec.seed);
    const answers = Array.from({ length: Math.ceil(spec.mails / 4) }, () => random.pick([250, 250, 451, 421, 'hang-up'] as const));
    return new MailRun(spec, { world: await createWorld(), server: await startFakeServer({ answers }) });
  }

  /** Resolves when nothing waits any more, or patience is at its end. */
  async run(): Promise<void> {
    await this.#write();
    await this.#start();
    const end = performance.now() + (this.#spec.patienceMs ?? 600_000);
    while (performance.now() < end && (await this.#waiting()) > 0) {
      await this.#owner.query('UPDATE graphile_worker._private_jobs SET run_at = now() WHERE locked_at IS NULL AND run_at > now()');
      const due = (this.#spec.mails * (this.killed + 1)) / (this.#spec.kills + 1);
      if (this.killed < this.#spec.kills && this.#server.received.length >= due) await this.#kill();
      await sleep(20);
    }
  }

  /** What is wrong: lost mails, doubles beyond those in flight at a kill, doubles under another Message-ID. */
  async findings(): Promise<{ notSent: number; lost: number; doubles: boolean; otherIds: number }> {
    const { rows } = await this.#owner.query<{ id: string; to: string; state: string }>(
      'SELECT id, to_address AS "to", state FROM mail_message',
    );
    const idsOf = new Map<string, string[]>();
    for (const mail of this.#server.received) {
      const to = mail.to[0] ?? '';
      idsOf.set(to, [...(idsOf.get(to) ?? []), mail.header('message-id')]);
    }
    const atMost = this.killed * inFlight;
    return {
      notSent: rows.filter((row) => row.state !== 'sent').length,
      lost: rows.filter((row) => !idsOf.has(row.to)).length,
      doubles: this.#server.received.length - idsOf.size > atMost,
      otherIds: rows.filter((row) => (idsOf.get(row.to) ?? []).some((id) => id !== `<${row.id}@mamis.example.jp>`)).length,
    };
  }

  async close(): Promise<void> {
    this.#worker?.kill('SIGKILL');
    await this.#owner.end();
    await this.#server.stop();
    await this.#world.close('unchecked');
  }

  async #write(): Promise<void> {
    for (let from = 0; from < this.#spec.mails; from += 500)
      await writeTransaction(this.#world.as(system), async (tx) => {
        for (let n = from; n < Math.min(from + 500, this.#spec.mails); n += 1)
          await queueMail(tx, {
            template: 'M-10',
            dedupeKey: `P10:${n}`,
            to: `ishi${n}@example.jp`,
            subject: '入会申請',
            body: `受付番号 ${n}`,
          });
        return { value: undefined, commit: true };
      });
  }

  async #start(): Promise<void> {
    const script = join(this.#spec.root ?? here, 'tests/mail/mail-worker.ts');
    this.#worker = spawn(process.execPath, [script, this.#world.ownerUrl, String(this.#server.port)], {
      cwd: this.#spec.root ?? here,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (this.#worker.stdout !== null) await once(this.#worker.stdout, 'data');
  }

  /** In the middle of its work, a few milliseconds after the last mail came in. */
  async #kill(): Promise<void> {
    await sleep(this.#random.from(0, 15));
    const gone = this.#worker === undefined ? undefined : once(this.#worker, 'exit');
    this.#worker?.kill('SIGKILL');
    await gone;
    this.killed += 1;
    await this.#start();
  }

  async #waiting(): Promise<number> {
    const { rows } = await this.#owner.query<{ n: number }>(
      `SELECT (SELECT count(*) FROM mail_message WHERE state = 'waiting')::int + (SELECT count(*) FROM graphile_worker.jobs)::int AS n`,
    );
    return rows[0]?.n ?? 0;
  }
}

/** Mails that the worker of `mail-worker.ts` has in hand at once. */
const inFlight = 4;
