import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor, DoctorActor, OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { must, officeActor } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import { filed, kita, minato, returnFrom } from '#support/case-mix.ts';
import { doctorLogin, staffLogin } from '#support/logins.ts';
import { png } from '#support/sample-files.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { askQuestion } from './commands/ask.ts';
import { sendContact } from './commands/contact.ts';
import { addToInquiry, answerInquiry, closeInquiry, solveInquiry } from './commands/follow.ts';
import { takeFiles } from './commands/keep-files.ts';
import { passInquiry } from './commands/pass.ts';
import { takeContact } from './pages/take-contact.ts';
import { askReview } from './queries/asking.ts';
import { inquiry, inquiryFile } from './queries/inquiry.ts';
import { deskInbox, deskInquiries, myInquiries, officeInbox } from './queries/lists.ts';
import { inquiryStart } from './queries/start.ts';
import { inquiryReactions } from './reactions.ts';
import { readTransaction } from '#platform/db/transaction.ts';

/** お問合せ (`screens.md A-15, D-15, O-26, P-05`) on PostgreSQL. */

let world: World;
let owner: Client;
let doctor: DoctorActor;
let caseId: string;
let district: OfficeActor;
let stranger: OfficeActor;
let jma: OfficeActor;
let contractor: OfficeActor;
let operations: Actor;

async function staff(office: { id: number; name: string; layer: 1 | 2 | 3 }, role: OfficeActor['role'] = 'clerk'): Promise<OfficeActor> {
  const login = await staffLogin(owner, { associationId: office.id, role });
  await owner.query('UPDATE account SET mail = $2 WHERE id = $1', [login.accountId, `staff${office.id}@example.jp`]);
  return { ...officeActor(office, { accountId: login.accountId, role }), staffId: login.staffId };
}

beforeAll(async () => {
  world = await createWorld();
  owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
  const made = await filed(world, kita);
  caseId = made.id;
  const { accountId } = await doctorLogin(owner, made.doctor.personId);
  doctor = { ...made.doctor, accountId };
  district = await staff({ id: kita, name: '大阪市北区医師会', layer: 3 });
  stranger = await staff({ id: minato, name: '東京都港区医師会', layer: 3 });
  jma = await staff({ id: 0, name: '日本医師会', layer: 1 });
  contractor = await staff({ id: kita, name: '大阪市北区医師会', layer: 3 }, 'trainingContractor');
  const { accountId: opsAccount, staffId } = await staffLogin(owner, { associationId: null });
  operations = { kind: 'operations', accountId: opsAccount, staffId, displayName: '運営 一郎' };
});
afterAll(async () => {
  await owner.end();
  await world.close();
});

const question = (more: Record<string, unknown> = {}) => ({ kind: 'other', body: '教えてください。', batch: newId(), ...more });

async function asked(who: Actor, more: Record<string, unknown> = {}): Promise<string> {
  return must(await run(askQuestion, world.as(who), question(more), newId())).id;
}

const viewAs = async (who: Actor, id: string) => await ask(inquiry, world.as(who), { id });
const seen = async (who: Actor, id: string) => must(await viewAs(who, id)).view;
const versionAs = async (who: Actor, id: string) => (await seen(who, id)).version;
const code = (outcome: { ok: boolean; refusal?: { code: string } }) => (outcome.ok ? 'ok' : outcome.refusal?.code);

async function answered(who: Actor, id: string, body = '回答です。'): Promise<void> {
  must(await run(answerInquiry, world.as(who), { id, version: await versionAs(who, id), body }, newId()));
}

async function passed(who: Actor, id: string, wish: Record<string, unknown>) {
  return await run(passInquiry, world.as(who), { id, version: await versionAs(who, id), reason: '担当が異なるため', ...wish }, newId());
}

async function react(kind: string, payload: Record<string, string>): Promise<void> {
  await inquiryReactions[kind]?.(world.as({ kind: 'system', name: 'reactions' }), payload);
}

async function newest(kind: string): Promise<Record<string, string>> {
  const { rows } = await owner.query<{ payload: Record<string, string> }>(
    'SELECT payload FROM outbox WHERE kind = $1 ORDER BY id DESC LIMIT 1',
    [kind],
  );
  return rows[0]?.payload ?? {};
}

async function mails(id: string): Promise<Record<string, string>[]> {
  await react('inquiry.asked', { inquiryId: id });
  const sql = `SELECT m.template, m.to_address, m.subject, m.body FROM mail_message m WHERE m.dedupe_key LIKE 'M-33:inquiry:' || $1 OR m.dedupe_key IN
    (SELECT 'M-34:inquiry:' || x.id FROM inquiry_message x WHERE x.inquiry_id = $1::uuid) ORDER BY 1`;
  return (await owner.query<Record<string, string>>(sql, [id])).rows;
}

let addresses = 0;
function guest(): Context {
  addresses += 1;
  return { ...world.as({ kind: 'guest' }), address: `198.51.100.${addresses}` };
}
const stranded = (more: Record<string, unknown> = {}) =>
  question({ name: '問合 太郎', kana: 'トイアワセ タロウ', mail: 'guest@example.jp', ...more });

describe('医師のお問合せ(D-15)', () => {
  test('届出中の申請は今受け持つ医師会に届き、回答され、解決できる', async () => {
    const start = must(await ask(inquiryStart, world.as(doctor), { application: caseId, about: 'retract' }));
    expect(start.values).toMatchObject({ kind: 'application', applicationId: caseId });
    const review = must(must(await ask(askReview, world.as(doctor), question({ kind: 'application', applicationId: caseId }))));
    expect(review.desk).toBe('大阪市北区医師会');
    const id = await asked(doctor, { kind: 'application', applicationId: caseId, body: '書類は届いていますか。' });
    const own = await seen(doctor, id);
    expect(own).toMatchObject({ state: '受付', desk: '大阪市北区医師会', side: 'asker', may: ['ask', 'solve'], passes: [] });
    expect(own.number).toMatch(/^Q-\d{10}$/);
    expect(must(await ask(officeInbox, world.as(district), {})).rows.map((row) => row.id)).toContain(id);
    const ofDay = async (from: string, to: string) =>
      must(await ask(myInquiries, world.as(doctor), { from, to })).rows.map((row) => row.id);
    expect(await ofDay('2026/01/15', '2026/01/15')).toContain(id);
    expect(await ofDay('2026/01/16', '2199/12/31')).not.toContain(id);
    expect(await ofDay('2026/01/01', '2026/01/14')).not.toContain(id);
    expect((await seen(district, id)).may).toEqual(['answer', 'pass', 'close']);

    await answered(district, id, '届いています。');
    await react('inquiry.answered', await newest('inquiry.answered'));
    expect(await seen(doctor, id)).toMatchObject({ state: '回答済', messages: [{ own: true }, { own: false, body: '届いています。' }] });
    const told = await mails(id);
    expect(told.map((mail) => mail['template'])).toEqual(['M-33', 'M-34']);
    // ログインできる人への通知に本文は書かない。
    expect(told.some((mail) => mail['body']?.includes('届いています。'))).toBe(false);
    const version = await versionAs(doctor, id);
    must(await run(solveInquiry, world.as(doctor), { id, version }, newId()));
    expect(await seen(doctor, id)).toMatchObject({ state: '完了', may: ['ask'] });
    must(await run(addToInquiry, world.as(doctor), { id, version: version + 1, body: 'もう一つ伺います。' }, newId()));
    expect((await seen(doctor, id)).state).toBe('対応中');
  });

  test('差戻し中の申請は、差し戻した医師会に届く', async () => {
    const made = await filed(world, kita);
    await returnFrom(world, made, 0);
    const { accountId } = await doctorLogin(owner, made.doctor.personId);
    const who = { ...made.doctor, accountId };
    expect((await seen(who, await asked(who, { kind: 'application', applicationId: made.id }))).desk).toBe('大阪市北区医師会');
  });

  test('対象の申請の無いもの、他人の申請、空の内容は受け付けない', async () => {
    const other = await filed(world, minato);
    const refused = async (more: Record<string, unknown>) => {
      const outcome = await run(askQuestion, world.as(doctor), question(more), newId());
      return outcome.ok ? {} : outcome.refusal.fields;
    };
    expect(await refused({ kind: 'application' })).toEqual({ applicationId: ['対象の申請を選択してください'] });
    expect(await refused({ kind: 'application', applicationId: other.id })).toEqual({ applicationId: ['対象の申請を選択してください'] });
    expect(await refused({ kind: '', body: ' ' })).toEqual({
      kind: ['お問合せの種類を選択してください'],
      body: ['お問合せ内容を入力してください'],
    });
    expect(await refused({ associationId: '99999' })).toEqual({ associationId: ['医師会を検索して、候補から選択してください'] });
  });

  test('添付は検査を経て3個まで、自分の送ったものだけが付き、窓口は開ける', async () => {
    const batch = newId();
    const picture = new File([new Uint8Array(png())], '画面.png', { type: 'image/png' });
    const [fileId] = must(await takeFiles(world.as(doctor), batch, { files: [picture], kept: 0 }));
    expect(await takeFiles(world.as(doctor), batch, { files: [picture, picture], kept: 2 })).toMatchObject({
      refusal: { fields: { files: ['添付ファイルは3個までです'] } },
    });
    const bad = new File(['<script>'], 'x.png');
    expect(code(await takeFiles(world.as(doctor), batch, { files: [bad], kept: 0 }))).toBe('invalid');
    const id = await asked(doctor, { kind: 'application', applicationId: caseId, batch, fileIds: [fileId] });
    expect((await seen(district, id)).messages[0]?.files).toMatchObject([{ id: fileId, fileName: '画面.png' }]);
    expect(must(await ask(inquiryFile, world.as(district), { id, fileId })).file.mediaType).toBe('image/png');
    expect(code(await ask(inquiryFile, world.as(stranger), { id, fileId }))).toBe('notFound');
    // 一度送ったものは、ほかのお問合せにも、ほかの人のお問合せにも付けられない。
    expect(code(await run(askQuestion, world.as(doctor), question({ batch, fileIds: [fileId] }), newId()))).toBe('invalid');
    expect(code(await run(askQuestion, world.as(district), question({ batch, fileIds: [fileId] }), newId()))).toBe('invalid');
  });
});

describe('窓口(O-26, P-05)', () => {
  test('担当の窓口だけが回答し、尋ねた人と窓口のほかは見えない', async () => {
    const id = await asked(doctor, { kind: 'application', applicationId: caseId });
    for (const who of [stranger, operations, jma, contractor, await world.doctor()]) expect(code(await viewAs(who, id))).toBe('notFound');
    const input = { id, version: 1, body: '横から' };
    expect(code(await run(answerInquiry, world.as(stranger), input, newId()))).toBe('notFound');
    expect(code(await run(answerInquiry, world.as(doctor), input, newId()))).toBe('forbidden');
    expect(code(await run(closeInquiry, world.as(doctor), { id, version: 1 }, newId()))).toBe('forbidden');
    expect(code(await run(solveInquiry, world.as(district), { id, version: 1 }, newId()))).toBe('forbidden');
  });

  test('二人が同時に答えても、後の人には最新の内容が示される', async () => {
    const id = await asked(doctor, { kind: 'application', applicationId: caseId });
    await answered(district, id);
    const late = await run(answerInquiry, world.as(district), { id, version: 1, body: '遅れた回答' }, newId());
    expect(late).toMatchObject({
      refusal: { code: 'conflict', message: 'ほかの方がこのお問合せを更新しました。最新の内容をご確認ください。' },
    });
  });

  test('運営事務局へ、担当課へ、医師会へ、対応中の医師会へと回り、前の窓口は経過を読め、尋ねた人に理由は見えない', async () => {
    const id = await asked(doctor, { kind: 'application', applicationId: caseId });
    // 医師会へ回すのは、運営事務局と日本医師会だけ。
    expect(code(await passed(district, id, { to: 'office', associationId: String(minato) }))).toBe('forbidden');
    must(await passed(district, id, { to: 'operations' }));
    expect(await seen(operations, id)).toMatchObject({ state: '対応中', desk: 'MAMIS運営事務局', side: 'desk' });
    expect(code(await run(answerInquiry, world.as(district), { id, version: 2, body: 'もう担当でない' }, newId()))).toBe('forbidden');
    expect((await seen(district, id)).passes).toHaveLength(1);
    must(await passed(operations, id, { to: 'liability' }));
    expect(must(await ask(deskInbox, world.as(jma), { section: 'liability' })).rows.map((row) => row.id)).toContain(id);
    expect(must(await ask(deskInbox, world.as(jma), { section: 'pension' })).rows.map((row) => row.id)).not.toContain(id);
    must(await passed(jma, id, { to: 'office', associationId: String(minato) }));
    must(await passed(stranger, id, { to: 'holder' }));
    expect(await seen(district, id)).toMatchObject({ desk: '大阪市北区医師会', may: ['answer', 'pass', 'close'] });
    expect((await seen(operations, id)).passes.map((pass) => pass.text)).toEqual([
      '大阪市北区医師会 → MAMIS運営事務局',
      'MAMIS運営事務局 → 日本医師会 医賠責対策課',
      '日本医師会 医賠責対策課 → 東京都港区医師会',
      '東京都港区医師会 → 大阪市北区医師会',
    ]);
    expect(await seen(doctor, id)).toMatchObject({ passes: [], askerMail: '' });
    expect(await passed(district, id, { to: 'holder' })).toMatchObject({ refusal: { code: 'invalid' } });
    expect(await passed(district, id, { to: 'operations', reason: '' })).toMatchObject({
      refusal: { fields: { reason: ['理由を入力してください'] } },
    });
  });

  test('回答済み・完了のお問合せに続けて尋ねると、期限はその日から数え直す', async () => {
    const id = await asked(doctor, { kind: 'login' });
    const add = async (day: string) => {
      const input = { id, version: await versionAs(doctor, id), body: '続けて伺います。' };
      must(await run(addToInquiry, world.as(doctor, new Date(`${day}T03:00:00Z`)), input, newId()));
      return (await seen(doctor, id)).dueOn;
    };
    expect([(await seen(doctor, id)).dueOn, await add('2026-01-16')]).toEqual(['2026-01-20', '2026-01-20']);
    await answered(operations, id);
    expect(await add('2026-01-26')).toBe('2026-01-29');
    must(await run(closeInquiry, world.as(operations), { id, version: await versionAs(operations, id) }, newId()));
    expect(await add('2026-02-02')).toBe('2026-02-05');
  });

  test('一覧を見れば、医師のものが無くても記録が残る', async () => {
    const looks = async () => (await owner.query("SELECT FROM audit_event WHERE action = 'inquiry.listed'")).rowCount ?? 0;
    const before = await looks();
    expect(must(await ask(deskInbox, world.as(operations), { from: '2199/01/01' })).rows).toEqual([]);
    expect(await looks()).toBe(before + 1);
  });

  test('一覧は件数を示し、前後のページへ、並びを変えずに進める', async () => {
    for (const kind of ['login', 'operation', 'login']) await asked(doctor, { kind });
    const pages = {
      own: async (place: Record<string, string>) => must(await ask(myInquiries, world.as(doctor), { size: '100', ...place })),
      open: async (place: Record<string, string>) => must(await ask(deskInbox, world.as(operations), { size: '100', ...place })),
      all: async (place: Record<string, string>) =>
        must(await ask(deskInbox, world.as(operations), { size: '100', view: 'all', ...place })),
    };
    for (const page of Object.values(pages)) {
      const whole = await page({});
      const ids = whole.rows.map((row) => row.id);
      expect([whole.count, whole.before, whole.after]).toEqual([ids.length, undefined, undefined]);
      expect(ids.length).toBeGreaterThan(2);
      const forward = await page({ after: ids[0] ?? '' });
      expect([forward.rows.map((row) => row.id), forward.count, forward.before]).toEqual([ids.slice(1), ids.length, ids[1]]);
      const back = await page({ before: ids[2] ?? '' });
      expect([back.rows.map((row) => row.id), back.before, back.after]).toEqual([ids.slice(0, 2), undefined, ids[1]]);
    }
  });

  test('医師会の質問は医師会の全員のもの、外部委託先の質問は本人だけのもの', async () => {
    const { number } = await seen(doctor, await asked(doctor, { kind: 'application', applicationId: caseId })).then((view) => ({
      number: view.application?.number ?? '',
    }));
    // 自ら受け持つ申請を尋ねれば、運営事務局が答える。
    const id = await asked(district, { kind: 'application', applicationNumber: number });
    expect((await seen(district, id)).desk).toBe('MAMIS運営事務局');
    const colleague = await staff({ id: kita, name: '大阪市北区医師会', layer: 3 });
    expect(must(await ask(myInquiries, world.as(colleague), {})).rows.map((row) => row.id)).toContain(id);
    const his = await asked(contractor, { kind: 'operation' });
    expect(must(await ask(myInquiries, world.as(contractor), {})).rows.map((row) => row.id)).toEqual([his]);
    expect(code(await viewAs(colleague, his))).toBe('notFound');
    expect(code(await ask(officeInbox, world.as(contractor), {}))).toBe('forbidden');
    await answered(operations, his);
    expect((await seen(contractor, his)).state).toBe('回答済');
  });

  test('期限は3営業日、過ぎたものは件数に数える', async () => {
    const counts = async (now: Date) =>
      await readTransaction(world.as(operations, now), async (tx) => await deskInquiries(tx, operations, world.as(operations, now).today));
    const [before, next] = [await counts(new Date('2026-01-20T03:00:00Z')), await counts(new Date('2026-01-21T03:00:00Z'))];
    await asked(doctor, { kind: 'login' });
    expect(await counts(new Date('2026-01-20T03:00:00Z'))).toEqual({ open: (before?.open ?? 0) + 1, late: before?.late });
    expect(await counts(new Date('2026-01-21T03:00:00Z'))).toEqual({ open: (next?.open ?? 0) + 1, late: (next?.late ?? 0) + 1 });
  });
});

describe('ログインしていない人のお問合せ(A-15)', () => {
  test('誰でも尋ねられ、受付と回答はメールで届き、回答の本文もメールに書く', async () => {
    const { id, number } = must(await sendContact(guest(), stranded({ kind: 'login' }), newId()));
    await answered(operations, id, 'こちらからお試しください。');
    await react('inquiry.answered', await newest('inquiry.answered'));
    const told = await mails(id);
    expect(told.map((mail) => [mail['template'], mail['to_address']])).toEqual([
      ['M-33', 'guest@example.jp'],
      ['M-34', 'guest@example.jp'],
    ]);
    expect(told[0]?.['body']).toContain(number);
    expect(told[1]?.['body']).toContain('こちらからお試しください。');
    // 見出しに個人の情報を書かない。
    for (const mail of told) expect(mail['subject']).not.toMatch(/問合 太郎|guest/);
    expect((await seen(operations, id)).askerMail).toBe('guest@example.jp');
  });

  test('一つの宛先に送る受付のメールと、一つの接続元からの送信には限りがある', async () => {
    const mail = 'flood@example.jp';
    const before = await owner.query("SELECT FROM outbox WHERE kind = 'inquiry.asked'");
    for (let n = 0; n < 7; n += 1) must(await sendContact(guest(), stranded({ mail: n % 2 === 0 ? mail : mail.toUpperCase() }), newId()));
    const after = await owner.query("SELECT FROM outbox WHERE kind = 'inquiry.asked'");
    expect((after.rowCount ?? 0) - (before.rowCount ?? 0)).toBe(5);
    const one = guest();
    const answers: (string | undefined)[] = [];
    for (let n = 0; n < 6; n += 1) answers.push(code(await sendContact(one, stranded({ mail: `n${n}@example.jp` }), newId())));
    expect(answers).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'tooMany']);
  });

  test('添付は、内容を判定してから、一つの接続元から限られた数だけ受け取る', async () => {
    const kept = async () => (await owner.query('SELECT FROM stored_file')).rowCount ?? 0;
    const post = async (ctx: Context, typed: Record<string, unknown>, intent = 'review') => {
      const form = new FormData();
      for (const [name, value] of Object.entries({ ...typed, intent })) form.set(name, value);
      form.set('files', new File([new Uint8Array(png())], '画面.png', { type: 'image/png' }));
      return (await takeContact(ctx, new Request('https://mamis.example.jp/contact', { method: 'POST', body: form }))).shown;
    };
    const one = guest();
    const before = await kept();
    expect((await post(one, stranded({ name: '' })))?.data.refusal?.fields).toEqual({
      name: ['お名前を入力してください'],
      files: ['ほかの項目の入力が済んでから、添付ファイルをもう一度選択してください'],
    });
    expect((await post(one, stranded(), 'search:associationId'))?.data).toMatchObject({ hits: [], refusal: { code: 'invalid' } });
    expect(await kept()).toBe(before);
    for (let n = 0; n < 20; n += 1)
      expect((await post(one, stranded()))?.data).toMatchObject({ step: 'review', files: [{ fileName: '画面.png' }] });
    const over = await post(one, stranded());
    expect([over?.init?.status, over?.data.refusal?.message]).toEqual([
      429,
      '添付ファイルの送信が続いています。60分ほど待つか、添付せずにお送りください。',
    ]);
    expect(await kept()).toBe(before + 20);
    expect((await post(guest(), stranded()))?.data.step).toBe('review');
  });

  test('必須の項目が欠ければ、項目ごとに示す', async () => {
    const outcome = await sendContact(guest(), stranded({ name: '', kana: 'abc', mail: 'x' }), newId());
    expect(outcome).toMatchObject({
      refusal: {
        fields: {
          name: ['お名前を入力してください'],
          kana: ['フリガナは全角カタカナで入力してください'],
          mail: ['メールアドレスの形式が正しくありません'],
        },
      },
    });
  });
});
