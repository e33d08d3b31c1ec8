import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DoctorActor, OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { approveAs, must, officeActor, versionOf } from '#main/demo/acting.ts';
import { approveLeaveAs, fileWithdrawal } from '#main/demo/leaving.ts';
import { saveWithdrawal } from '#features/application/commands/save-withdrawal.ts';
import { submitWithdrawal } from '#features/application/commands/submit-withdrawal.ts';
import { receive } from '#features/application/commands/receive.ts';
import { markOriginals } from '#features/application/commands/originals.ts';
import { setAttention } from '#features/application/commands/correspond.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { Filed } from '#support/case-mix.ts';
import { filed, firstReason, kita, minato } from '#support/case-mix.ts';
import { fileChange, memberOf } from '#support/moving.ts';
import { begun, filedLeave, grounds } from '#support/proxying.ts';
import { staffLogin } from '#support/logins.ts';
import type { World } from '#support/world.ts';
import { createWorld, testNow } from '#support/world.ts';
import { keepResult } from './commands/keep-result.ts';
import { startBulk } from './commands/start.ts';
import { actionOf } from './actions.ts';
import type { Check } from './queries/check.ts';
import { check, checkAgain } from './queries/check.ts';
import type { BulkProgress } from './queries/run.ts';
import { bulkRun } from './queries/run.ts';
import { readRecentRuns } from './queries/recent-runs.ts';
import { bulkReactions } from './reactions.ts';
import { readTransaction } from '#platform/db/transaction.ts';

/** 一括操作 (`rules.md 3.15`, `screens.md O-04`) through commands, on PostgreSQL. */

let world: World;
let owner: Client;
let clerk: OfficeActor;
let logged: string[];

beforeAll(async () => {
  world = await createWorld();
  owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
  clerk = await clerkOf({ id: kita, name: '大阪市北区医師会', layer: 3 });
  logged = [];
});
afterAll(async () => {
  await owner.end();
  await world.close();
});

/** A staff member who is there when the job looks for him. */
async function clerkOf(office: { id: number; name: string; layer: 1 | 2 | 3 | 4 }): Promise<OfficeActor> {
  const login = await staffLogin(owner, { associationId: office.id });
  return { ...officeActor(office, { accountId: login.accountId, role: 'clerk' }), staffId: login.staffId };
}

async function cases(count: number): Promise<Filed[]> {
  const found: Filed[] = [];
  for (let made = 0; made < count; made += 1) found.push(await filed(world, kita));
  return found;
}

async function look(action: string, ids: readonly string[], common: Record<string, unknown> = {}): Promise<Check> {
  return must(await ask(check, world.as(clerk), { action, id: ids, common }));
}

/** Starts with every row that may be ticked. */
async function start(action: string, ids: readonly string[], common: Record<string, unknown> = {}): Promise<string> {
  const found = await look(action, ids, common);
  const rows = found.rows
    .filter((row) => row.level !== 'stop')
    .map(({ id, version, level }) => ({ id, version, confirmed: level === 'think' }));
  return must(await run(startBulk, world.as(clerk), { action, common, checkedFor: found.checkedFor, rows }, newId())).id;
}

/** The jobs of a run, until none is left to hand on. */
async function work(runId: string, reader: OfficeActor = clerk): Promise<BulkProgress> {
  const reactions = bulkReactions({ clock: () => testNow, log: (message) => logged.push(message) });
  const ctx = world.as({ kind: 'system', name: 'reactions' });
  for (let portions = 0; portions < 30; portions += 1) {
    await reactions['bulk.started']?.(ctx, { runId });
    const progress = must(await ask(bulkRun, world.as(reader), { id: runId }));
    if (progress.finished) return progress;
  }
  throw new Error('the run does not end');
}

/** A 退会届 on 所在不明 whose papers the office has seen. */
async function withOriginals(actor: OfficeActor, doctor: DoctorActor): Promise<string> {
  const ctx = world.as(actor);
  const draft = await begun(world, { actor, doctor, ground: grounds.missing });
  const written = { leave: [String(actor.associationId)], moves: {}, details: { wishedOn: '2026/01/10' } };
  const { id, version } = must(await run(saveWithdrawal, ctx, { ...draft, ...written, complete: false }, newId()));
  must(await run(markOriginals, ctx, { id, version, kinds: ['p2'] }, newId()));
  return must(await run(submitWithdrawal, ctx, { id, version: await versionOf(ctx, id), confirmed: '1' }, newId())).id;
}

async function stepStates(id: string): Promise<string[]> {
  const found = await owner.query<{ state: string }>('SELECT state FROM application_step WHERE application_id = $1 ORDER BY ordinal', [id]);
  return found.rows.map((row) => row.state);
}

async function acts(id: string, action: string): Promise<number> {
  const found = await owner.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM application_action WHERE application_id = $1 AND action = $2',
    [id, action],
  );
  return found.rows[0]?.count ?? 0;
}

/** So many sessions of this database wait for a lock. */
async function untilWaiting(sessions: number): Promise<void> {
  for (;;) {
    const found = await owner.query<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if ((found.rows[0]?.waiting ?? 0) >= sessions) return;
  }
}

async function inTransaction(): Promise<Client> {
  const holder = new Client({ connectionString: world.ownerUrl });
  await holder.connect();
  await holder.query('BEGIN');
  return holder;
}

async function letGo(holder: Client): Promise<void> {
  await holder.query('ROLLBACK');
  await holder.end();
}

/**
 * A colleague's decision commits when the run has read its cases and has not judged them yet. Locks hold the moment: the decision has
 * written everything but its record, a lock of the ledger waits behind it, and the run, whose cases are read by then, behind that.
 */
async function decidedWhileJudging<T>(acts: { decide: () => Promise<unknown>; start: () => Promise<T> }): Promise<T> {
  const record = await inTransaction();
  const ledger = await inTransaction();
  await record.query('SELECT FROM audit_head FOR UPDATE');
  const decided = acts.decide();
  await untilWaiting(1);
  const locked = ledger.query('LOCK TABLE membership_event');
  await untilWaiting(2);
  const started = acts.start();
  await untilWaiting(3);
  await letGo(record);
  await Promise.all([decided, locked]);
  await letGo(ledger);
  return await started;
}

const idsOf = (all: readonly Filed[]) => all.map(({ id }) => id);

describe('確認画面', () => {
  test('行ごとに実行内容を示し、確認が必要な行は理由を付けて対象から外す', async () => {
    const [plain, odd, marked, received] = await cases(4);
    if (plain === undefined || odd === undefined || marked === undefined || received === undefined) throw new Error('no cases');
    await owner.query(`UPDATE document SET removed_at = now() WHERE application_id = $1`, [odd.id]);
    const office = world.as(clerk);
    const version = await versionOf(office, marked.id);
    must(await run(setAttention, office, { id: marked.id, version, attention: 'on', reason: '経歴の確認' }));
    must(await run(receive, office, { id: received.id, version: await versionOf(office, received.id) }));

    const found = await look('receive', idsOf([plain, odd, marked, received]));
    expect(found.rows.map((row) => row.level)).toEqual(['go', 'think', 'think', 'stop']);
    expect(found.rows.map((row) => row.reasons)).toEqual([
      [],
      ['提出書類「医師免許証」がありません。'],
      ['要注意:経歴の確認'],
      ['現在「受付」を行える状況ではありません。'],
    ]);
    expect(found.rows[0]).toMatchObject({ will: '受付します', name: '日医 太郎' });
    // An original that the office has seen is as good as a file (`screens.md O-10`).
    must(await run(markOriginals, office, { id: odd.id, version: await versionOf(office, odd.id), kinds: ['licence'] }, newId()));
    expect((await look('receive', [odd.id])).rows[0]).toMatchObject({ level: 'go', reasons: [] });
  });

  test('会員区分が変わらない異動届は、その日の区分のまま承認できる', async () => {
    const doctor = await memberOf(world, kita);
    const details = { keepFacility: '', facilityName: '新しい診療所' };
    const id = await fileChange(world, doctor, { associationId: kita, reason: 'C11', wishedOn: '2026-02-01', details });
    const found = await look('approve', [id], { dateBy: 'wish' });
    expect(found.rows[0]).toMatchObject({ level: 'go', reasons: [] });
    expect(await work(await start('approve', [id], { dateBy: 'wish' }))).toMatchObject({ done: 1, refused: 0 });
    expect(await stepStates(id)).toEqual(['approved', 'arrived', 'arrived']);
  });

  test('取消理由「その他」は、補足が無ければ実行できない', async () => {
    const [one] = await cases(1);
    if (one === undefined) throw new Error('no case');
    const bare = await look('cancel', [one.id], { reason: 'X09', note: '' });
    expect(bare.rows[0]).toMatchObject({ level: 'stop', reasons: ['取消理由の補足を入力してください'] });
    expect(await work(await start('cancel', [one.id], { reason: 'X09', note: '紙の届で受付済み' }))).toMatchObject({ done: 1 });
  });

  test('所在不明で保留中の届は、理由を示して承認の対象から外す', async () => {
    const doctor = await memberOf(world, kita);
    const id = await filedLeave(world, { actor: clerk, doctor, ground: grounds.missing, leave: [kita] });
    const [row] = (await look('approve', [id], { dateBy: 'wish' })).rows;
    expect(row).toMatchObject({ level: 'stop', reasons: ['本人への通知から7日間は承認できません(2026/01/22から承認できます)。'] });
  });

  test('所在不明の退会届には、所在不明の書類だけを求める(screens.md O-11, O-21)', async () => {
    const paper = (kind: string, code: string, title: string) => ({ kind, code, title, required: true, note: '' });
    const papers = [paper('withdrawal', 'p1', '退会の理由書'), paper('missing', 'p2', '宛先不明の封筒')];
    await owner.query(
      `INSERT INTO association_settings (association_id, version, starts_on, settings, reason)
       SELECT association_id, 2, '2025-04-01', settings || jsonb_build_object('requiredDocuments', $2::jsonb), 'テスト'
       FROM association_settings WHERE association_id = $1 AND version = 1`,
      [minato, JSON.stringify(papers)],
    );
    const actor = await clerkOf({ id: minato, name: '東京都港区医師会', layer: 3 });
    const doctor = await memberOf(world, minato);
    const id = await withOriginals(actor, doctor);
    await owner.query('UPDATE paper_original SET removed_at = now() WHERE application_id = $1', [id]);
    const [row] = must(await ask(check, world.as(actor), { action: 'receive', id: [id], common: {} })).rows;
    expect(row?.reasons).toEqual(['提出書類「宛先不明の封筒」がありません。']);
  });

  test('承認の日付は、希望年月日・下層の日付・指定日で行ごとに計算される', async () => {
    const [one] = await cases(1);
    if (one === undefined) throw new Error('no case');
    const byWish = await look('approve', [one.id], { dateBy: 'wish' });
    expect(byWish.rows[0]).toMatchObject({ level: 'go', reasons: [] });
    expect(byWish.rows[0]?.will).toContain('2026/02/01付で承認し、大阪府医師会へ送付します');
    expect((await look('approve', [one.id], { dateBy: 'below' })).rows[0]).toMatchObject({
      level: 'stop',
      reasons: ['下層の医師会の日付がありません。'],
    });
    const other = await look('approve', [one.id], { dateBy: 'day', day: '2026/02/10' });
    expect(other.rows[0]).toMatchObject({ level: 'think', reasons: ['入会希望年月日(2026/02/01)と異なります。'] });
    const far = await look('approve', [one.id], { dateBy: 'day', day: '2020/02/10' });
    expect(far.rows[0]?.level).toBe('stop');
    expect((await look('approve', [one.id], { dateBy: 'day', day: '' })).errors).toEqual({ day: ['日付を入力してください'] });
  });

  test('範囲外の申請は現れず、件数だけが知らされる', async () => {
    const [own] = await cases(1);
    const foreign = await filed(world, 13_005);
    const found = await look('receive', [own?.id ?? '', foreign.id, newId()]);
    expect([found.rows.length, found.gone]).toEqual([1, 2]);
  });

  test('「この条件のすべて」は一覧の条件で選ばれる', async () => {
    const found = must(
      await ask(check, world.as(clerk), { action: 'receive', all: '1', conditions: '?tab=todo&kind=join&state=received' }),
    );
    expect(found.rows.length).toBe(1);
    expect(found.rows.every((row) => row.level === 'stop')).toBe(true);
  });
});

describe('実行', () => {
  test('受付・承認・差戻・取消が一件ずつ実行され、結果が残る', async () => {
    const all = await cases(4);
    const [first, second, third, fourth] = all;
    if (first === undefined || second === undefined || third === undefined || fourth === undefined) throw new Error('no cases');
    expect(await work(await start('receive', idsOf(all)))).toMatchObject({ total: 4, done: 4, refused: 0 });
    expect((await stepStates(first.id))[0]).toBe('received');
    await work(await start('approve', [first.id, second.id], { dateBy: 'wish' }));
    expect(await stepStates(first.id)).toEqual(['approved', 'arrived', 'waiting']);
    await work(await start('return', [third.id], { reasons: ['R04'], message: '免許証をご確認ください。' }));
    expect((await stepStates(third.id))[0]).toBe('returned');
    await work(await start('cancel', [fourth.id], { reason: await firstReason(world, 'cancel') }));
    expect((await stepStates(fourth.id))[0]).toBe('skipped');
  });

  test('確認は、決定した日付と医師会を示し、確認待ちの届だけを確認済にする', async () => {
    const [pending] = await cases(1);
    const doctor = await memberOf(world, kita);
    const { id } = await fileWithdrawal(world.as(doctor), { leave: [kita], wishedOn: '2026-03-31' });
    must(await approveLeaveAs(world.as(clerk), id, '2026-03-31'));
    const [, prefecture] = await world.offices(kita);
    if (prefecture === undefined || pending === undefined) throw new Error('no prefecture');
    const above = await clerkOf({ id: prefecture.associationId, name: prefecture.associationName, layer: 2 });
    const found = must(await ask(check, world.as(above), { action: 'acknowledge', id: [id, pending.id] }));
    expect(found.rows.map((row) => [row.level, row.will, ...row.reasons])).toEqual([
      ['go', '確認済にします 退会日:2026/03/31(大阪市北区医師会)'],
      ['stop', '', '現在「確認」を行える状況ではありません。'],
    ]);
    const rows = found.rows.slice(0, 1).map(({ id: one, version }) => ({ id: one, version, confirmed: false }));
    const started = await run(startBulk, world.as(above), { action: 'acknowledge', checkedFor: found.checkedFor, rows }, newId());
    expect(await work(must(started).id, above)).toMatchObject({ done: 1, refused: 0 });
    expect(await stepStates(id)).toEqual(['approved', 'acknowledged', 'arrived']);
  });

  test('2名での承認では、1人目の承認として記録され、同じ人は2人目になれない', async () => {
    const office = await clerkOf({ id: 27_002, name: '大阪市都島区医師会', layer: 3 });
    const colleague = await clerkOf({ id: 27_002, name: '大阪市都島区医師会', layer: 3 });
    await owner.query(
      `UPDATE association_settings SET settings = settings || '{"twoPersonDecision":["join"]}' WHERE association_id = 27002`,
    );
    const one = await filed(world, 27_002);
    const approveBy = async (actor: OfficeActor) => {
      const found = must(await ask(check, world.as(actor), { action: 'approve', id: [one.id], common: { dateBy: 'wish' } }));
      const rows = found.rows.map(({ id, version }) => ({ id, version, confirmed: true }));
      const asked = { action: 'approve', common: { dateBy: 'wish' }, checkedFor: found.checkedFor, rows };
      return { row: found.rows[0], started: await run(startBulk, world.as(actor), asked, newId()) };
    };
    const first = await approveBy(office);
    expect(first.row).toMatchObject({ level: 'think', reasons: ['2名での承認の対象です。'] });
    expect(first.row?.will).toContain('1人目として承認します(もう1名の承認が必要です)');
    const proposed = await work(must(first.started).id, office);
    expect(proposed.results[0]).toMatchObject({ done: true, reason: '承認しました。もう1名の承認を待っています。' });
    expect(await stepStates(one.id)).toEqual(['received', 'waiting', 'waiting']);
    const again = await approveBy(office);
    expect(again.row).toMatchObject({ level: 'stop', reasons: ['ご自身が入力または申請した届のため、別の担当者が処理してください。'] });
    const second = await approveBy(colleague);
    expect(second.row?.reasons).toEqual([`${office.displayName}が承認済みです。2人目として承認します。`]);
    expect((await work(must(second.started).id, colleague)).results[0]).toMatchObject({ done: true, reason: '' });
    expect(await stepStates(one.id)).toEqual(['approved', 'arrived', 'waiting']);
  });

  test('先に他の者が処理した行だけが未実行となり、理由が示される', async () => {
    const all = await cases(3);
    const [first, second] = all;
    if (first === undefined || second === undefined) throw new Error('no cases');
    const found = await look('approve', idsOf(all), { dateBy: 'wish' });
    const rows = found.rows.map(({ id, version }) => ({ id, version, confirmed: false }));
    // One is decided before the run is asked for, the other between asking and working.
    must(await approveAs(world.as(clerk), first.id, { decidedOn: '2026-02-01' }));
    const { id } = must(
      await run(startBulk, world.as(clerk), { action: 'approve', common: { dateBy: 'wish' }, checkedFor: found.checkedFor, rows }, newId()),
    );
    must(await approveAs(world.as(clerk), second.id, { decidedOn: '2026-02-01' }));
    const progress = await work(id);
    expect([progress.done, progress.refused]).toEqual([1, 2]);
    expect(progress.results.map((row) => row.reason)).toEqual([
      '大阪市北区医師会の事務局 花子が先に承認しました',
      '大阪市北区医師会の事務局 花子が先に承認しました',
      '',
    ]);
    const again = must(await ask(checkAgain, world.as(clerk), { id }));
    expect(again.rows.map((row) => row.level)).toEqual(['stop', 'stop']);
  });

  test('行を判定している間に他の者が処理した行も、その者の名を示して未実行になる', async () => {
    const [one, other] = await cases(2);
    if (one === undefined || other === undefined) throw new Error('no cases');
    const common = { dateBy: 'wish' };
    const found = await look('approve', [one.id, other.id], common);
    const rows = found.rows.map(({ id, version }) => ({ id, version, confirmed: false }));
    const input = { action: 'approve', common, checkedFor: found.checkedFor, rows };
    const started = await decidedWhileJudging({
      decide: async () => must(await approveAs(world.as(clerk), one.id, { decidedOn: '2026-02-01' })),
      start: async () => must(await run(startBulk, world.as(clerk), input, newId())),
    });
    const progress = await work(started.id);
    expect(progress.results.map((row) => [row.done, row.reason])).toEqual([
      [false, '大阪市北区医師会の事務局 花子が先に承認しました'],
      [true, ''],
    ]);
  });

  test('途中で止まっても、残りから再開し、どの行も一度だけ実行される', async () => {
    const all = await cases(25);
    const id = await start('receive', idsOf(all));
    // The worker dies after the command of the first row and before its result.
    const rows = await owner.query<{ input: unknown; key: string }>(
      'SELECT input, key FROM bulk_row WHERE run_id = $1 ORDER BY ordinal LIMIT 1',
      [id],
    );
    const [row] = rows.rows;
    if (row === undefined) throw new Error('no row');
    must(await actionOf('receive').execute(world.as(clerk), row.input, row.key));
    // Then two workers take the run at once, as when a lost lock is given back too early.
    const reactions = bulkReactions({ clock: () => testNow, log: (message) => logged.push(message) });
    const ctx = world.as({ kind: 'system', name: 'reactions' });
    await Promise.all([reactions['bulk.started']?.(ctx, { runId: id }), reactions['bulk.started']?.(ctx, { runId: id })]);
    const handed = await owner.query(`SELECT FROM outbox WHERE kind = 'bulk.continued' AND payload ->> 'runId' = $1`, [id]);
    expect(handed.rowCount).toBeGreaterThanOrEqual(1); // each of the two may have handed on its own rest
    expect(await work(id)).toMatchObject({ total: 25, done: 25, refused: 0 });
    for (const one of all) expect(await acts(one.id, 'receive')).toBe(1);
  });

  test('依頼した者の権限が実行までに失われた行は、実行されない', async () => {
    const leaver = await clerkOf({ id: kita, name: '大阪市北区医師会', layer: 3 });
    const all = await cases(2);
    const found = must(await ask(check, world.as(leaver), { action: 'receive', id: idsOf(all) }));
    const rows = found.rows.map(({ id, version }) => ({ id, version, confirmed: false }));
    const { id } = must(await run(startBulk, world.as(leaver), { action: 'receive', checkedFor: found.checkedFor, rows }, newId()));
    await owner.query(`UPDATE staff_member SET state = 'stopped' WHERE id = $1`, [leaver.staffId]);
    const progress = await work(id);
    expect([progress.done, progress.refused]).toEqual([0, 2]);
    expect(progress.results[0]?.reason).toBe('この操作を行う権限がなくなったため、実行しませんでした。');
    expect((await stepStates(all[0]?.id ?? ''))[0]).toBe('arrived');
  });

  test('一件の異常は記録され、未実行として残り、他の行を妨げない', async () => {
    const [broken, sound] = await cases(2);
    if (broken === undefined || sound === undefined) throw new Error('no cases');
    await owner.query(
      `CREATE FUNCTION break_row() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '𠮷田 花子' USING ERRCODE = '22012'; END $$`,
    );
    await owner.query(
      `CREATE TRIGGER break_row BEFORE INSERT ON application_action FOR EACH ROW WHEN (NEW.application_id = '${broken.id}') EXECUTE FUNCTION break_row()`,
    );
    const progress = await work(await start('receive', [broken.id, sound.id]));
    await owner.query('DROP FUNCTION break_row CASCADE');
    expect(progress.results.map((row) => row.done)).toEqual([false, true]);
    expect(progress.results[0]?.reason).toBe('処理中にエラーが発生しました。時間をおいて、再実行してください。');
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain('code=22012');
    expect(logged[0]).not.toContain('花子');
  });

  test('警告のある行は、確認のチェックが無ければ実行時にも断られる', async () => {
    const [one] = await cases(1);
    if (one === undefined) throw new Error('no case');
    const common = { dateBy: 'day', day: '2026/02/10' };
    const found = await look('approve', [one.id], common);
    const rows = found.rows.map(({ id, version }) => ({ id, version, confirmed: false }));
    const { id } = must(await run(startBulk, world.as(clerk), { action: 'approve', common, checkedFor: found.checkedFor, rows }, newId()));
    const progress = await work(id);
    expect(progress.results[0]?.reason).toContain('入会希望年月日(2026/02/01)と異なります。');
    expect(await work(await start('approve', [one.id], common))).toMatchObject({ done: 1 });
  });
});

describe('依頼', () => {
  test('確認した内容と違う入力・不備のある入力・空の選択では始まらない', async () => {
    const [one] = await cases(1);
    if (one === undefined) throw new Error('no case');
    const found = await look('approve', [one.id], { dateBy: 'wish' });
    const rows = found.rows.map(({ id, version }) => ({ id, version, confirmed: false }));
    const office = world.as(clerk);
    const wish = { action: 'approve', rows, checkedFor: found.checkedFor };
    expect(await run(startBulk, office, { ...wish, common: { dateBy: 'below' } })).toMatchObject({ refusal: { code: 'conflict' } });
    expect(await run(startBulk, office, { action: 'return', rows, common: { message: '' } })).toMatchObject({
      refusal: { fields: { message: ['審査時連絡メッセージを入力してください'], reasons: ['差戻し理由を選択してください'] } },
    });
    expect(await run(startBulk, office, { ...wish, rows: [] })).toMatchObject({
      refusal: { fields: { rows: ['対象の申請にチェックを入れてください。'] } },
    });
    const many = Array.from({ length: 501 }, () => ({ id: newId(), version: 1, confirmed: false }));
    expect(await run(startBulk, office, { ...wish, rows: many })).toMatchObject({ refusal: { code: 'invalid' } });
  });

  test('二度押しは一つの依頼になり、TOPに現れる。他の医師会・医師・外部委託先には無い', async () => {
    const [one] = await cases(1);
    if (one === undefined) throw new Error('no case');
    const found = await look('receive', [one.id]);
    const key = newId();
    const input = {
      action: 'receive',
      checkedFor: found.checkedFor,
      rows: found.rows.map(({ id, version }) => ({ id, version, confirmed: false })),
    };
    const twice = await Promise.all([1, 2].map(async () => must(await run(startBulk, world.as(clerk), input, key))));
    expect(twice[0]).toEqual(twice[1]);
    const office = world.as(clerk);
    const recent = await readTransaction(office, async (tx) => await readRecentRuns(tx, office, kita));
    expect(recent[0]).toMatchObject({ id: twice[0]?.id, total: 1, finished: false });
    const [stranger] = await world.offices(13_005);
    if (stranger === undefined) throw new Error('no office');
    expect(await ask(bulkRun, world.as(stranger), { id: twice[0]?.id })).toMatchObject({ refusal: { code: 'notFound' } });
    expect(await run(startBulk, world.as(stranger), input, newId())).toMatchObject({ refusal: { code: 'notFound' } });
    expect(await run(startBulk, world.as(one.doctor), input, newId())).toMatchObject({ refusal: { code: 'forbidden' } });
    expect(await run(startBulk, world.as({ ...clerk, role: 'trainingContractor' }), input, newId())).toMatchObject({
      refusal: { code: 'forbidden' },
    });
    const forged = { runId: twice[0]?.id, ordinal: 1, done: true, code: '', reason: '' };
    expect(await run(keepResult, office, forged)).toMatchObject({ refusal: { code: 'forbidden' } });
    await work(twice[0]?.id ?? '');
  });
});
