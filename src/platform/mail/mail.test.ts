import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { Pool } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase } from '#support/database.ts';
import type { FakeServer } from '#support/mail-server.ts';
import { startFakeServer } from '#support/mail-server.ts';
import { makeAuditLog } from '../audit/audit-log.ts';
import type { Surroundings } from '../context.ts';
import { makeContext } from '../context.ts';
import type { Database } from '../db/database.ts';
import { openDatabase } from '../db/database.ts';
import { writeTransaction } from '../db/transaction.ts';
import { localFileStore } from '../files/local-file-store.ts';
import type { RunningWorker } from '../jobs/worker.ts';
import { startWorker } from '../jobs/worker.ts';
import type { NewMail } from './queue-mail.ts';
import { queueMail } from './queue-mail.ts';
import { sendMailTask } from './send-mail.ts';
import type { MailTransport } from './transport.ts';
import { localTransport, smtpTransport } from './transport.ts';
import { noRenderer } from '#platform/render/renderer.ts';
import { noVault } from '#platform/second-factor/vault.ts';

let base: Awaited<ReturnType<typeof createTestDatabase>>;
let owner: Pool;
let database: Database;
let server: FakeServer | undefined;
let worker: RunningWorker | undefined;
let transport: MailTransport | undefined;
let lines: string[] = [];

beforeAll(async () => {
  base = await createTestDatabase();
  owner = new Pool({ connectionString: base.ownerUrl, max: 3 });
  database = openDatabase({ url: base.ownerUrl, onError: () => undefined });
});

afterEach(async () => {
  await worker?.stop();
  transport?.close();
  await server?.stop();
  worker = undefined;
  server = undefined;
  lines = [];
  await owner.query('DELETE FROM mail_message; DELETE FROM graphile_worker._private_jobs');
});

afterAll(async () => {
  await database.close();
  await owner.end();
  await base.drop();
});

async function write(...mails: NewMail[]): Promise<void> {
  const surroundings: Surroundings = {
    database,
    audit: makeAuditLog(database.system),
    files: localFileStore('/nowhere'),
    render: noRenderer,
    vault: noVault,
    site: { demo: false, version: 'test', origin: 'http://localhost:3000', localMailbox: true },
  };
  const ctx = makeContext(surroundings, { actor: { kind: 'system', name: 'test' }, now: new Date(), requestId: 'r' });
  await writeTransaction(ctx, async (tx) => {
    for (const mail of mails) await queueMail(tx, mail);
    return { value: undefined, commit: true };
  });
}

const mail = (more: Partial<NewMail> = {}): NewMail => ({
  template: 'M-10',
  dedupeKey: randomUUID(),
  to: 'ishi@example.jp',
  subject: 'MAMISで入会申請を受付けました',
  body: '𠮷田 﨑子 様\r\n受付番号 2026-0000001',
  ...more,
});

async function startMailing(chosen: MailTransport): Promise<void> {
  transport = chosen;
  worker = await startWorker({
    ownerUrl: base.ownerUrl,
    crontab: '',
    pollMs: 50,
    graceSeconds: 1,
    log: (level, message) => lines.push(`${level} ${message}`),
    tasks: { sendMail: sendMailTask({ system: database.system, transport: chosen, undeliverable }) },
  });
}

const undeliverable = async (mailId: string, reason: string): Promise<void> =>
  void (await owner.query("UPDATE mail_message SET state = 'bounced', last_error = $2 WHERE id = $1", [mailId, reason]));

const smtp = (port: number, bounceTo?: string): MailTransport =>
  smtpTransport({
    url: `smtp://127.0.0.1:${port}`,
    domain: 'mamis.example.jp',
    from: 'no-reply@mamis.example.jp',
    origin: 'http://localhost:3000',
    bounceTo,
  });

type State = { id: string; state: string; attempts: number; last_error: string; sent_at: Date | null };
async function states(): Promise<State[]> {
  return (await owner.query<State>('SELECT id, state, attempts, last_error, sent_at FROM mail_message ORDER BY created_at, id')).rows;
}

async function untilState(state: string, count = 1): Promise<State[]> {
  for (let tries = 0; tries < 600; tries += 1) {
    const rows = await states();
    if (rows.filter((row) => row.state === state).length === count) return rows;
    await setTimeout(25);
  }
  throw new Error(`never ${state}: ${JSON.stringify(await states())}`);
}

describe('メールの作成', () => {
  it('件名に【MAMIS】、本文の末尾に決まりの文が付く', async () => {
    await write(mail());
    const [row] = (await owner.query('SELECT subject, body FROM mail_message')).rows;
    expect(row.subject).toBe('【MAMIS】MAMISで入会申請を受付けました');
    expect(row.body).toContain('𠮷田 﨑子 様\n受付番号 2026-0000001\n\n');
    expect(row.body).toContain('このメールは送信専用です。お問合せはMAMISの「お問合せ」からお願いいたします。');
    expect(row.body).not.toContain('\r');
  });

  it('同じ鍵では何度書いても一通だけになる', async () => {
    const one = mail();
    await Promise.all([write(one), write(one), write(one, one)]);
    expect(await states()).toHaveLength(1);
  });

  it.each([
    ['件名の改行', { subject: 'x\r\nBcc: thief@example.com' }],
    ['件名の復帰', { subject: 'x\rBcc: thief@example.com' }],
    ['件名の行区切り', { subject: 'x\u2028y' }],
    ['件名の双方向制御', { subject: 'x\u202Ey' }],
    ['空の件名', { subject: ' ' }],
  ])('%sは受け付けない', async (_title, more) => {
    await expect(write(mail(more))).rejects.toThrow(RangeError);
    expect(await states()).toHaveLength(0);
  });

  it.each([
    ['宛先の改行', { to: 'a@example.jp\r\nBcc: thief@example.com' }],
    ['宛先が二つ', { to: 'a@example.jp, b@example.jp' }],
    ['宛先の名前', { to: 'A <a@example.jp>' }],
    ['宛先の空白', { to: 'a b@example.jp' }],
    ['宛先のコメント', { to: 'a(b)@example.jp' }],
    ['宛先の改行文字だけ', { to: 'a@example.jp\n' }],
    ['宛先が長すぎる', { to: `${'a'.repeat(64)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.jp` }],
  ])('%sなら失敗と記すだけで、宛先も残さず、ほかのメールを妨げない', async (_title, more) => {
    await write(mail({ body: '一通目', ...more }), mail());
    const rows = (await owner.query('SELECT state, to_address, last_error FROM mail_message ORDER BY state')).rows;
    expect(rows).toEqual([
      { state: 'failed', to_address: '', last_error: 'not one plain mail address' },
      { state: 'waiting', to_address: 'ishi@example.jp', last_error: '' },
    ]);
  });

  it('亡くなった方には書かず、書いた後に亡くなった方には送らない', async () => {
    const [dead, dies] = [randomUUID(), randomUUID()];
    await owner.query(
      `INSERT INTO person (id, died_on, surname, given_name, surname_kana, given_name_kana, birth_on, sex, postal_code, prefecture_code,
         address_line, tel, main_department, graduated_on)
       SELECT id, died, '試', '験', 'シ', 'ケン', '1950-01-01', 'undisclosed', '5300001', '27', '大阪市', '06-0000-0000', '01', '1975-03'
       FROM (VALUES ($1::uuid, '2026-01-01'::date), ($2, NULL)) AS p (id, died)`,
      [dead, dies],
    );
    await write(mail({ personId: dead }), mail({ personId: dies }));
    expect(await states()).toHaveLength(1);
    await owner.query("UPDATE person SET died_on = '2026-02-01' WHERE id = $1", [dies]);
    await startMailing(localTransport());
    await untilState('stopped');
  });
});

describe('メールの送信', () => {
  it('一通に一人、本文とHTML、固有のMessage-IDで届く', async () => {
    server = await startFakeServer();
    await startMailing(smtp(server.port));
    await write(mail());
    const [row] = await untilState('sent');
    expect(row?.sent_at).toBeInstanceOf(Date);
    const [received] = server.received;
    expect(received?.to).toEqual(['ishi@example.jp']);
    expect(received?.header('message-id')).toBe(`<${row?.id}@mamis.example.jp>`);
    expect(received?.header('to')).toBe('ishi@example.jp');
    expect(received?.header('from')).toMatch(/^=\?UTF-8\?.*\?= <no-reply@mamis\.example\.jp>$/i);
    expect(received?.header('content-type')).toMatch(/^multipart\/alternative; boundary=/);
    expect(received?.body).toContain('𠮷田 﨑子 様\n受付番号 2026-0000001');
    expect(received?.html).toContain('<html lang="ja">');
    expect(received?.html).toContain('𠮷田 﨑子 様<br>\n受付番号 2026-0000001</p>');
    expect(received?.sender).toBe('no-reply@mamis.example.jp');
  });

  it('不達の通知先が設定されていれば、封筒の差出人がそのメールを名指す', async () => {
    server = await startFakeServer();
    await startMailing(smtp(server.port, 'bounces@mamis.example.jp'));
    await write(mail());
    const [row] = await untilState('sent');
    expect(server.received[0]?.sender).toBe(`bounces+${row?.id}@mamis.example.jp`);
    expect(server.received[0]?.header('from')).toMatch(/<no-reply@mamis\.example\.jp>$/);
  });

  it('一時的に断られたら、同じMessage-IDでもう一度送る', async () => {
    server = await startFakeServer({ answers: [451, 'hang-up'] });
    await startMailing(smtp(server.port));
    await write(mail());
    for (let tries = 0; server.offered < 3 && tries < 400; tries += 1) {
      await owner.query('UPDATE graphile_worker._private_jobs SET run_at = now() WHERE locked_at IS NULL');
      await setTimeout(50);
    }
    const [row] = await untilState('sent');
    expect(server.offered).toBe(3);
    expect(row?.attempts).toBeGreaterThan(1);
    expect(server.received.map((one) => one.header('message-id'))).toEqual([`<${row?.id}@mamis.example.jp>`]);
  });

  it('宛先が永久に断られたら不達とし、理由に宛先を残さない', async () => {
    server = await startFakeServer({ answers: [550] });
    await startMailing(smtp(server.port));
    await write(mail({ to: 'nobody@example.jp' }));
    const [row] = await untilState('bounced');
    expect(row).toMatchObject({ attempts: 1, last_error: 'SMTP 550 (EENVELOPE)' });
    expect(lines.join()).not.toContain('nobody');
    expect((await owner.query('SELECT 1 FROM graphile_worker.jobs WHERE last_error IS NOT NULL')).rowCount).toBe(0);
  });

  it('サーバーが止まっていれば待ち、失敗にしない', async () => {
    server = await startFakeServer();
    const { port } = server;
    await server.stop();
    await startMailing(smtp(port));
    await write(mail());
    for (let tries = 0; (await states())[0]?.last_error === '' && tries < 400; tries += 1) await setTimeout(25);
    expect((await states())[0]).toMatchObject({ state: 'waiting' });
    server = await startFakeServer({ port });
    for (let tries = 0; server.received.length === 0 && tries < 400; tries += 1) {
      await owner.query('UPDATE graphile_worker._private_jobs SET run_at = now() WHERE locked_at IS NULL');
      await setTimeout(50);
    }
    await untilState('sent');
  });

  it('SMTPの設定が無ければ、この機械の中だけで送信済みになる', async () => {
    await startMailing(localTransport());
    await write(mail(), mail());
    await untilState('sent', 2);
  });

  it('乱れるサーバーでも100通が一通も失われず、二重にもならない', async () => {
    server = await startFakeServer({ answers: Array.from({ length: 60 }, (_, n) => (n % 3 === 0 ? 451 : n % 3 === 1 ? 'hang-up' : 250)) });
    await startMailing(smtp(server.port));
    await write(...Array.from({ length: 100 }, (_, n) => mail({ to: `ishi${n}@example.jp` })));
    for (let tries = 0; server.received.length < 100 && tries < 600; tries += 1) {
      await owner.query('UPDATE graphile_worker._private_jobs SET run_at = now() WHERE locked_at IS NULL');
      await setTimeout(50);
    }
    const rows = await untilState('sent', 100);
    const ids = server.received.map((one) => one.header('message-id')).sort();
    expect(ids).toEqual(rows.map((row) => `<${row.id}@mamis.example.jp>`).sort());
  });
});
