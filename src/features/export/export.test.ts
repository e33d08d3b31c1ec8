import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { readXlsx } from 'hucre/xlsx';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { postMessage } from '#features/application/commands/correspond.ts';
import { confirmPassword } from '#features/identity/commands/confirm-password.ts';
import { fileJoin, must, officeActor } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { inspectFile } from '#platform/files/inspect-file.ts';
import { hashPassword } from '#platform/password/password.ts';
import { filed, kita } from '#support/case-mix.ts';
import { staffLogin } from '#support/logins.ts';
import type { World } from '#support/world.ts';
import { createWorld, testNow } from '#support/world.ts';
import { approveExport, declineExport } from './commands/answer.ts';
import { grantFetch } from './commands/fetch.ts';
import { keepFile } from './commands/keep-file.ts';
import { makeExport } from './commands/make.ts';
import { reportDeletion } from './commands/report-deletion.ts';
import { remindOfDeletion, removeExpiredFiles } from './daily.ts';
import { shownStates } from './flow.ts';
import { exportsOf } from './queries/exports.ts';
import { fetchedFile } from './queries/file.ts';
import type { Manifest } from './queries/manifest.ts';
import { manifest } from './queries/manifest.ts';
import { newExport } from './queries/new-export.ts';
import { exportReactions } from './reactions.ts';

/** データ出力 (`rules.md 8.2`, `screens.md O-23`) on PostgreSQL, with names that do not make it easy. */

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
let world: World;
let owner: Client;
let clerk: OfficeActor;
let colleague: OfficeActor;

const people = [
  { surname: '𠮷田', givenName: '花子', surnameKana: 'ヨシダ', givenNameKana: 'ハナコ' },
  { surname: '髙﨑', givenName: '一郎', surnameKana: 'タカサキ', givenNameKana: 'イチロウ' },
  { surname: '葛\u{e0100}城', givenName: '健', surnameKana: 'カツラギ', givenNameKana: 'ケン' },
];

async function staffOf(associationId: number, role: OfficeActor['role']): Promise<OfficeActor> {
  const login = await staffLogin(owner, { associationId, role });
  await owner.query('UPDATE account SET mail = $2 WHERE id = $1', [login.accountId, `${login.accountId}@example.jp`]);
  const office = officeActor({ id: associationId, name: '大阪市北区医師会', layer: 3 }, { accountId: login.accountId, role });
  return { ...office, staffId: login.staffId };
}

beforeAll(async () => {
  world = await createWorld();
  owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
  clerk = await staffOf(kita, 'clerk');
  colleague = await staffOf(kita, 'clerk');
  for (const person of people) {
    const doctor = await world.doctor(person);
    const { id } = await fileJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: '2026-02-01' });
    must(await run(postMessage, world.as(clerk), { id, body: '=1+1\n"電話"で確認, 済' }));
  }
});
afterAll(async () => {
  await owner.end();
  await world.close();
});

const wish = {
  list: 'applications',
  conditions: '?tab=todo&sort=name',
  purpose: 'E02',
  columns: ['number', 'name', 'kana', 'association', 'associationCode', 'category', 'ownState', 'message'],
  baseOn: '2026-01-15',
  encoding: 'utf8',
  numbered: 'on',
  deleteBy: '2026-04-01',
};

/** What follows an event, with what the outbox says of it. */
async function work(kind: string, id: string): Promise<void> {
  const reactions = exportReactions({ origin: 'http://localhost', log: (line) => expect(line).toBe('') });
  const found = await owner.query<{ rows: number }>(
    `SELECT (payload ->> 'rows')::int AS rows FROM outbox WHERE kind = $1 AND payload ->> 'exportId' = $2`,
    [kind, id],
  );
  await reactions[kind]?.(world.as({ kind: 'system', name: 'reactions' }), { exportId: id, rows: found.rows[0]?.rows ?? 0 });
}

async function mailsFor(cause: string): Promise<{ to: string; body: string }[]> {
  const found = await owner.query<{ to: string; body: string }>(
    `SELECT to_address AS to, body FROM mail_message WHERE dedupe_key LIKE $1`,
    [`M-48:${cause}%`],
  );
  return found.rows;
}

async function setThreshold(associationId: number, rows: number): Promise<void> {
  await owner.query(
    `UPDATE association_settings SET settings = settings || jsonb_build_object('exportThreshold', $2::int) WHERE association_id = $1`,
    [associationId, rows],
  );
}

async function made(more: Record<string, unknown> = {}): Promise<Manifest> {
  const { id } = must(await run(makeExport, world.as(clerk), { ...wish, ...more }, newId()));
  await work('export.asked', id);
  return must(await ask(manifest, world.as(clerk), { id }));
}

async function bytesOf(id: string, actor = clerk, reason = ''): Promise<Buffer> {
  const { eventId } = must(await run(grantFetch, world.as(actor), { id, reason }, newId()));
  const file = must(await fetchedFile(world.as(actor), { id, eventId }));
  const content = await world.surroundings.files.get(file.fileId);
  if (content === undefined) throw new Error('no bytes');
  return await buffer(content);
}

describe('作成', () => {
  test('一覧の条件と項目のとおりに、異体字を保ち、数式を含まないCSVができる', async () => {
    const facts = await made();
    expect(facts).toMatchObject({ shown: 'ready', rowCount: 3, unmapped: [], purposeLabel: '会費事務' });
    expect(facts.number).toMatch(/^E2026-\d{7}$/);
    expect(facts.conditionWords).toEqual(['区分:要対応']);
    const bytes = await bytesOf(facts.id);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(facts.fileDigest);
    expect(bytes.byteLength).toBe(facts.fileSize);
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const text = bytes.subarray(3).toString('utf8');
    expect(text.startsWith(`# 出力番号 ${facts.number}\r\n`)).toBe(true);
    const rows = parse(text, { from_line: 2 });
    expect(rows[0]).toEqual([
      '受付番号',
      '氏名',
      'フリガナ',
      '対象医師会コード',
      '対象医師会',
      '会員区分',
      '自医師会の状況',
      '最新メッセージ',
    ]);
    expect(rows.slice(1).map((row) => row[1])).toEqual(['葛\u{e0100}城 健', '髙﨑 一郎', '𠮷田 花子']);
    expect(rows[1]?.slice(3, 7)).toEqual(['27001', '大阪市北区医師会', expect.any(String), '受付待ち']);
    expect(rows[1]?.[7]).toContain('=1+1\n"電話"で確認, 済');
    for (const cell of rows.flat()) expect(/^[=+\-@]/.test(cell)).toBe(false);
  });

  test('1行目の出力番号は外せる', async () => {
    const facts = await made({ numbered: undefined, columns: ['number'] });
    expect((await bytesOf(facts.id)).subarray(3).toString('utf8').startsWith('受付番号\r\n')).toBe(true);
  });

  test('Shift_JISで変換できない文字があれば、作らずに一覧を示す', async () => {
    const facts = await made({ encoding: 'cp932', columns: ['name'] });
    expect(facts).toMatchObject({ shown: 'unmapped', rowCount: 3, fileDigest: '' });
    expect(facts.unmapped.map((one) => one.glyph).toSorted()).toEqual(['葛\u{e0100}', '𠮷']);
    expect(await run(grantFetch, world.as(clerk), { id: facts.id })).toMatchObject({ refusal: { code: 'conflict' } });
  });

  test('代替文字を選べば〓で出力し、置き換えた字を記録する。ある字は保つ', async () => {
    const facts = await made({ encoding: 'cp932', unmappedWay: 'substitute', columns: ['name'], numbered: undefined });
    expect(facts.unmapped.reduce((sum, one) => sum + one.count, 0)).toBe(2);
    const text = iconv.decode(await bytesOf(facts.id), 'cp932');
    expect(text).toBe('氏名\r\n〓城 健\r\n髙﨑 一郎\r\n〓田 花子\r\n');
  });

  test('Excelでは、どの字もそのままで、式になるセルはない', async () => {
    const facts = await made({ encoding: 'xlsx', columns: ['name', 'message'] });
    const bytes = await bytesOf(facts.id);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(facts.fileDigest);
    expect(await inspectFile(bytes, '一覧.xlsx')).toMatchObject({ ok: true });
    const sheet = (await readXlsx(bytes)).sheets[0];
    expect(sheet?.rows.slice(1).map((row) => row[0])).toEqual(['氏名', '葛\u{e0100}城 健', '髙﨑 一郎', '𠮷田 花子']);
    expect(sheet?.rows[0]?.[0]).toBe(`# 出力番号 ${facts.number}`);
    expect(String(sheet?.rows[2]?.[1])).toContain('=1+1\n"電話"で確認, 済');
  });

  test('目的・項目・期限の不備、知らない一覧、空の一覧は作れない', async () => {
    const refusalOf = async (more: Record<string, unknown>) => {
      const outcome = await run(makeExport, world.as(clerk), { ...wish, ...more });
      return outcome.ok ? undefined : (outcome.refusal.fields ?? outcome.refusal.code);
    };
    expect(await refusalOf({ purpose: '' })).toEqual({ purpose: ['目的を選択してください'] });
    expect(await refusalOf({ purpose: 'E99' })).toEqual({ purpose: ['目的を選択してください'] });
    expect(await refusalOf({ purpose: 'E09' })).toEqual({ purposeText: ['目的の内容を入力してください'] });
    expect(await refusalOf({ purpose: 'E05' })).toEqual({ recipient: ['提供先を入力してください'] });
    expect(await refusalOf({ columns: [] })).toEqual({ columns: ['項目を1つ以上選択してください'] });
    expect(await refusalOf({ columns: ['password'] })).toEqual({ columns: ['項目を1つ以上選択してください'] });
    expect(await refusalOf({ deleteBy: '2028-01-01' })).toHaveProperty('deleteBy');
    expect(await refusalOf({ list: 'accounts' })).toBe('notFound');
    expect(await refusalOf({ conditions: '?tab=done' })).toEqual({ '': ['出力するデータがありません'] });
    expect(await ask(newExport, world.as(clerk), { list: 'accounts' })).toMatchObject({ refusal: { code: 'notFound' } });
    expect(must(await ask(newExport, world.as(clerk), wish))).toMatchObject({ count: 3, deleteBy: '2026-04-15' });
  });

  test('同じ仕事が二度行われても、ファイルは一つで、記録と一致する', async () => {
    const { id } = must(await run(makeExport, world.as(clerk), wish, newId()));
    await Promise.all([work('export.asked', id), work('export.asked', id)]);
    await work('export.asked', id);
    const facts = must(await ask(manifest, world.as(clerk), { id }));
    expect(
      createHash('sha256')
        .update(await bytesOf(id))
        .digest('hex'),
    ).toBe(facts.fileDigest);
    const parts = await owner.query('SELECT FROM data_export_ids WHERE export_id = $1', [id]);
    expect(parts.rowCount).toBe(1);
  });

  test('作成者の権限が失われていれば作られない', async () => {
    const leaver = await staffOf(kita, 'clerk');
    const { id } = must(await run(makeExport, world.as(leaver), wish, newId()));
    await owner.query(`UPDATE staff_member SET state = 'stopped' WHERE id = $1`, [leaver.staffId]);
    await work('export.asked', id);
    expect(must(await ask(manifest, world.as(clerk), { id })).shown).toBe('failed');
  });
});

describe('取得', () => {
  test('取得のたびに、含まれる医師の番号とともに記録され、2回目からは理由が要る', async () => {
    const facts = await made();
    await bytesOf(facts.id);
    expect(await run(grantFetch, world.as(clerk), { id: facts.id })).toMatchObject({
      refusal: { fields: { reason: ['2回目以降の取得です。理由を入力してください'] } },
    });
    await bytesOf(facts.id, clerk, '保存に失敗したため');
    const found = await owner.query<{ person_ids: string[]; purpose: string }>(
      `SELECT person_ids, purpose FROM audit_event WHERE action = 'export.fetched' AND target = $1`,
      [facts.id],
    );
    expect(found.rows.map((row) => [row.person_ids.length, row.purpose])).toEqual([
      [3, 'E02'],
      [3, 'E02'],
    ]);
    expect(must(await ask(manifest, world.as(clerk), { id: facts.id }))).toMatchObject({ shown: 'fetched', fetched: 2 });
  });

  test('24時間を過ぎると取得できず、中身は消される', async () => {
    const facts = await made();
    const later = new Date(testNow.getTime() + dayMs + 1_000);
    expect(await run(grantFetch, world.as(clerk, later), { id: facts.id })).toMatchObject({ refusal: { code: 'conflict' } });
    expect(must(await ask(manifest, world.as(clerk, later), { id: facts.id })).shown).toBe('expired');
    const { rows } = await owner.query<{ file_id: string }>('SELECT file_id FROM data_export WHERE id = $1', [facts.id]);
    const fileId = rows[0]?.file_id ?? '';
    expect(await world.surroundings.files.get(fileId)).toBeDefined();
    await removeExpiredFiles(world.as({ kind: 'system', name: 'test' }, later));
    expect(await world.surroundings.files.get(fileId)).toBeUndefined();
  });

  test('取得は許された本人が10分以内にだけできる', async () => {
    const facts = await made();
    const { eventId } = must(await run(grantFetch, world.as(clerk), { id: facts.id }, newId()));
    const admin = await staffOf(kita, 'admin');
    for (const ctx of [world.as(admin), world.as(colleague), world.as(clerk, new Date(testNow.getTime() + 11 * 60_000))])
      expect(await fetchedFile(ctx, { id: facts.id, eventId })).toMatchObject({ refusal: { code: 'notFound' } });
    expect(await fetchedFile(world.as(clerk), { id: facts.id, eventId: newId() })).toMatchObject({ refusal: { code: 'notFound' } });
    expect(await run(grantFetch, world.as(colleague), { id: facts.id })).toMatchObject({ refusal: { code: 'forbidden' } });
    expect(await run(grantFetch, world.as(admin), { id: facts.id, reason: '内容の確認のため' })).toMatchObject({ ok: true });
  });

  test('パスワードは取得の前に確かめられ、誤りは記録される', async () => {
    const hash = must(await hashPassword('Mamis2026!'));
    await owner.query('UPDATE account SET password_hash = $2 WHERE id = $1', [clerk.accountId, hash]);
    expect(await confirmPassword(world.as(clerk), 'Mamis2026?', '違います')).toMatchObject({
      refusal: { fields: { password: ['違います'] } },
    });
    expect(await confirmPassword(world.as(clerk), 'Mamis2026!', '違います')).toEqual({ ok: true, value: true });
    const refused = await owner.query(`SELECT FROM audit_event WHERE action = 'identity.confirmPassword' AND account_id = $1`, [
      clerk.accountId,
    ]);
    expect(refused.rowCount).toBe(1);
  });
});

describe('承認と削除', () => {
  test('大きな出力は、作成者以外の担当者が承認してから作られる', async () => {
    await setThreshold(kita, 2);
    const { id, large } = must(await run(makeExport, world.as(clerk), wish, newId()));
    expect(large).toBe(true);
    await work('export.awaiting', id);
    const mails = await mailsFor(`awaiting:${id}`);
    expect(mails.map((mail) => mail.to)).toContain(`${colleague.accountId}@example.jp`);
    expect(mails.map((mail) => mail.to)).not.toContain(`${clerk.accountId}@example.jp`);
    expect(mails[0]?.body).toContain('データ出力(3件)の承認依頼');
    expect(mails[0]?.body).not.toContain('田');
    expect(must(await ask(manifest, world.as(colleague), { id }))).toMatchObject({ rowCount: null, expected: 3, may: { answer: true } });
    await work('export.asked', id);
    expect(must(await ask(manifest, world.as(clerk), { id })).shown).toBe('approval');
    expect(await run(approveExport, world.as(clerk), { id })).toMatchObject({ refusal: { code: 'forbidden' } });
    must(await run(approveExport, world.as(colleague), { id }));
    expect(await run(declineExport, world.as(colleague), { id, reason: '不要' })).toMatchObject({ refusal: { code: 'conflict' } });
    await work('export.asked', id);
    expect(must(await ask(manifest, world.as(clerk), { id }))).toMatchObject({ shown: 'ready', expected: undefined, lost: false });

    const other = must(await run(makeExport, world.as(clerk), wish, newId()));
    expect(await run(declineExport, world.as(colleague), { id: other.id })).toHaveProperty('refusal.fields.reason');
    must(await run(declineExport, world.as(colleague), { id: other.id, reason: '目的に対して件数が多いため' }));
    expect(must(await ask(manifest, world.as(clerk), { id: other.id }))).toMatchObject({ shown: 'declined', lost: true });
    await owner.query(`UPDATE association_settings SET settings = settings - 'exportThreshold' WHERE association_id = $1`, [kita]);
  });

  test('承認できる者がほかにいなければ作成でき、上層の医師会に件数だけが知らされる', async () => {
    const small = 27_002;
    await filed(world, small);
    const [own, above] = await world.offices(small);
    if (own === undefined || above === undefined) throw new Error('no offices');
    const alone = await staffOf(small, 'clerk');
    await staffOf(small, 'trainingContractor'); // cannot say yes
    const reader = await staffOf(above.associationId, 'clerk');
    await setThreshold(small, 1);
    expect(must(await ask(newExport, world.as(alone), wish))).toMatchObject({ count: 1, threshold: 1, alone: true });
    const { id, large, alone: told } = must(await run(makeExport, world.as(alone), wish, newId()));
    expect([large, told]).toEqual([false, true]);
    await work('export.asked', id);
    await work('export.askedAlone', id);
    const { shown, number } = must(await ask(manifest, world.as(alone), { id }));
    expect(shown).toBe('ready');
    const mails = await mailsFor(`alone:${id}`);
    expect(mails.map((mail) => mail.to)).toEqual([`${reader.accountId}@example.jp`]);
    expect(mails[0]?.body.split('\n').slice(0, 6)).toEqual([
      '都島区医師会で、データ出力(1件)が作成されました。',
      '承認できる担当者がほかにいないため、2人目の承認を受けずに作成されています。',
      '',
      `出力番号:${number}`,
      '内容:申請一覧',
      '',
    ]);
    // With a colleague who decides it is asked for as everywhere.
    await staffOf(small, 'clerk');
    expect(must(await run(makeExport, world.as(alone), wish, newId()))).toMatchObject({ large: true, alone: false });
  });

  test('作成できなかった出力は、同じ条件・目的・項目で作り直せる。他の医師会にはできない', async () => {
    const facts = await made({ encoding: 'cp932', columns: ['name'], purpose: 'E03', purposeText: '総会の席次' });
    expect(facts).toMatchObject({ shown: 'unmapped', lost: true });
    const { id: from } = facts;
    const form = must(await ask(newExport, world.as(colleague), { from }));
    expect(form).toMatchObject({ list: 'applications', count: 3, again: { purpose: 'E03', purposeText: '総会の席次', columns: ['name'] } });
    const { list, conditions, baseOn, deleteBy, again } = form;
    const asked = { ...again, list, conditions, baseOn, deleteBy, unmappedWay: 'substitute' };
    const { id } = must(await run(makeExport, world.as(colleague), asked, newId()));
    await work('export.asked', id);
    expect(must(await ask(manifest, world.as(colleague), { id })).shown).toBe('ready');
    const [stranger] = await world.offices(13_005);
    if (stranger === undefined) throw new Error('no office');
    expect(await ask(newExport, world.as(stranger), { from })).toMatchObject({ refusal: { code: 'notFound' } });
    expect(await ask(newExport, world.as(clerk), { from: newId() })).toMatchObject({ refusal: { code: 'notFound' } });
    expect(await ask(newExport, world.as(clerk), {})).toMatchObject({ refusal: { code: 'notFound' } });
  });

  test('削除予定日とその後毎週、報告があるまで作成者に知らせる', async () => {
    const facts = await made();
    await bytesOf(facts.id);
    const on = (day: string) => world.as({ kind: 'system', name: 'test' }, new Date(`${day}T03:00:00Z`));
    const count = async () => (await owner.query(`SELECT FROM mail_message WHERE dedupe_key LIKE $1`, [`M-48:due:${facts.id}%`])).rowCount;
    for (const day of ['2026-03-31', '2026-04-01', '2026-04-01', '2026-04-02']) await remindOfDeletion(on(day));
    expect(await count()).toBe(1);
    await remindOfDeletion(on('2026-04-08'));
    expect(await count()).toBe(2);
    const input = { id: facts.id, deletedOn: '2026/01/15', deleted: '1' };
    expect(await run(reportDeletion, world.as(clerk), { ...input, deleted: '' })).toHaveProperty('refusal.fields.deleted');
    expect(await run(reportDeletion, world.as(clerk), { ...input, deletedOn: '2026/01/16' })).toHaveProperty('refusal.fields.deletedOn');
    expect(await run(reportDeletion, world.as(colleague), input)).toMatchObject({ refusal: { code: 'forbidden' } });
    must(await run(reportDeletion, world.as(clerk), input));
    expect(await run(reportDeletion, world.as(clerk), input)).toMatchObject({ refusal: { code: 'conflict' } });
    // What was reported as gone is not handed out again.
    expect(must(await ask(manifest, world.as(clerk), { id: facts.id })).may.fetch).toBe(false);
    expect(await run(grantFetch, world.as(clerk), { id: facts.id, reason: '紛失' })).toMatchObject({
      refusal: { code: 'conflict', message: '削除は報告済みです。' },
    });
    await remindOfDeletion(on('2026-04-15'));
    expect(await count()).toBe(2);
    expect(must(await ask(exportsOf, world.as(clerk), {})).rows[0]).toMatchObject({ id: facts.id, shown: 'deleted', columnCount: 8 });
  });

  test('履歴は、状態・目的・作成者・期間で絞り込め、件数とともに前後のページへ進める', async () => {
    const list = async (input: Record<string, string> = {}, now = testNow) =>
      must(await ask(exportsOf, world.as(clerk, now), { size: '100', ...input }));
    const tomorrow = new Date(testNow.getTime() + 86_400_001);
    await made();
    await made({ encoding: 'cp932', columns: ['name'] });
    for (const now of [testNow, tomorrow]) {
      const all = await list({}, now);
      const byState = await Promise.all(shownStates.map(async (state) => await list({ state }, now)));
      for (const [place, state] of shownStates.entries())
        expect(byState[place]?.rows.map((row) => row.id)).toEqual(all.rows.filter((row) => row.shown === state).map((row) => row.id));
      expect(byState.reduce((sum, { count }) => sum + count, 0)).toBe(all.count);
      expect(all.rows.length).toBe(all.count);
    }
    expect((await list({ state: 'expired' }, tomorrow)).count).toBeGreaterThan(0);
    expect((await list({ purpose: 'E09' })).count).toBe(0);
    expect((await list({ actor: clerk.displayName })).rows.every((row) => row.actorName === clerk.displayName)).toBe(true);
    expect((await list({ actor: 'いない人' })).rows).toEqual([]);
    expect((await list({ from: '2026-01-16' })).count).toBe(0);
    expect((await list({ to: '2026-01-15' })).count).toBe((await list()).count);
    const wrong = await ask(exportsOf, world.as(clerk), { from: '2026-01-16', to: '2026-01-15' });
    expect(wrong).toMatchObject({ refusal: { fields: { to: ['開始日は終了日以前の日付を入力してください'] } } });
    const [newest, second, third] = (await list()).rows.map((row) => row.id);
    expect((await list({ after: newest ?? '' })).rows[0]?.id).toBe(second);
    const back = await list({ before: third ?? '' });
    expect([back.rows.map((row) => row.id), back.before, back.after]).toEqual([[newest, second], undefined, second]);
  });

  test('他の医師会・医師・外部委託先には、記録も中身も無い', async () => {
    const facts = await made();
    const [stranger] = await world.offices(13_005);
    const { doctor } = await filed(world, 13_005);
    if (stranger === undefined) throw new Error('no office');
    expect(await ask(manifest, world.as(stranger), { id: facts.id })).toMatchObject({ refusal: { code: 'notFound' } });
    expect(await run(grantFetch, world.as(stranger), { id: facts.id })).toMatchObject({ refusal: { code: 'notFound' } });
    expect(must(await ask(exportsOf, world.as(stranger), {})).rows).toEqual([]);
    expect(await run(makeExport, world.as(doctor), wish)).toMatchObject({ refusal: { code: 'forbidden' } });
    expect(await run(makeExport, world.as({ ...clerk, role: 'trainingContractor' }), wish)).toMatchObject({
      refusal: { code: 'forbidden' },
    });
    const forged = { id: facts.id, rowCount: 0, unmapped: [], made: { as: 'failed' } };
    expect(await run(keepFile, world.as(clerk), forged)).toMatchObject({ refusal: { code: 'forbidden' } });
  });
});
