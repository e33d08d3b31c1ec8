import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { day } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { memberNotificationReactions } from '#features/member-notification/reactions.ts';
import { contentLine } from '#features/member-notification/content-labels.ts';
import { inviteFirstAdmin } from '#features/staff/commands/invite-first-admin.ts';
import { must, system } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { reserveBatch, withdrawBatch } from './commands/keep-batch.ts';
import { proposeChange, withdrawChange } from './commands/keep-master.ts';
import { openAssociation } from './commands/open-association.ts';
import { carryOutChanges } from './daily.ts';
import { masterDetail } from './queries/master.ts';
import { batchDetail } from './queries/master-sheet.ts';
import { dayBefore, keepers, onDay, openingForm, openingsIn } from '#support/openings.ts';

let world: World;
const { first, second } = keepers;
const { opened, takeBack, entered, namings, invitations } = openingsIn(() => world);

beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.close();
});

const detailOf = async (code: string, at?: Date) => must(await ask(masterDetail, world.as(first, at), { code }));

/** Refused as a conflict, with these words. */
const because = (words: string) => ({ refusal: { code: 'conflict', message: expect.stringContaining(words) } });

describe('設立の予約の取消と、ほかの予定', () => {
  test('下位の医師会、改編、移る先、上位変更があるあいだは理由とともに断り、なくなれば取り消せる', async () => {
    const code = await opened('27970', { name: '頼られる医師会' });
    const ward = await opened('27971', { name: '下位の医師会', layer: '4', parentCode: code, kind: 'ward', opensOn: '2026/06/01' });
    expect(await takeBack(code)).toMatchObject(because('下位に登録されている医師会が1件'));
    must(await takeBack(ward));
    const plans = [
      [{ code, kind: 'rename', name: '別名', kana: 'ベツメイ' }, 'まだ適用されていない改編'],
      [{ code: '27010', kind: 'merge', targetCode: code }, '会員が移る改編'],
    ] as const;
    for (const [plan, words] of plans) {
      const input = { ...plan, startsOn: '2026/05/01', reason: '総会の議決' };
      const { id } = must(await run(proposeChange, world.as(first), input, newId()));
      expect(await takeBack(code)).toMatchObject(because(words));
      must(await run(withdrawChange, world.as(first), { id }, newId()));
    }
    const below = await opened('27972', { layer: '4', parentCode: '27020', kind: 'ward', opensOn: '2026/01/15' });
    const move = { code: below, kind: 'reparent', parentCode: code, startsOn: '2026/05/01', reason: '総会の議決' };
    const { id } = must(await run(proposeChange, world.as(first), move, newId()));
    expect(await takeBack(code)).toMatchObject(because('27972'));
    must(await run(withdrawChange, world.as(first), { id }, newId()));
    must(await takeBack(code));
    expect(await run(proposeChange, world.as(first), move, newId())).toMatchObject({
      refusal: { fields: { parentCode: expect.anything() } },
    });
  });

  test('一括更新で登録した医師会も取り消せ、一括更新には取消と表示され、ほかの行は残る', async () => {
    const id = await entered({ code: '27973', name: '一件目' }, { code: '27974', name: '二件目' });
    expect(await takeBack('27973')).toMatchObject({ refusal: { code: 'notFound' } });
    must(await run(reserveBatch, world.as(second), { id }, newId()));
    must(await takeBack('27973'));
    const shown = must(await ask(batchDetail, world.as(first), { id }));
    expect(shown.openings.map((one) => [one.code, one.state])).toEqual([
      ['27973', 'withdrawn'],
      ['27974', 'done'],
    ]);
    const person = (place: number) => shown.openings[place]?.changes.find((one) => one.label === '初期管理者')?.after;
    expect([person(0), person(1)]).toEqual(['', '初期 花子(ショキ ハナコ)']);
    expect(await run(withdrawBatch, world.as(first), { id }, newId())).toMatchObject({ refusal: { code: 'conflict' } });
    expect((await detailOf('27974')).row.state).toBe('planned');
  });

  test('確認待ちの一括更新が下に医師会を登録するあいだは取り消せない', async () => {
    const code = await opened('27975');
    const id = await entered({ code: '27976', layer: '4', parentCode: code, kind: '地区' });
    expect(await takeBack(code)).toMatchObject(because('27976'));
    must(await run(withdrawBatch, world.as(first), { id }, newId()));
    must(await takeBack(code));
  });

  test('すべての医師会に、設立の予約が取り消されたと知らされる', async () => {
    const code = await opened('27977', { name: '知らせる医師会' });
    must(await takeBack(code));
    const { rows } = await world.database.system.query<{ id: string; payload: Record<string, string | number> }>(
      `SELECT id, payload FROM outbox WHERE kind = 'association.openingWithdrawn' AND payload ->> 'associationId' = '27977'`,
    );
    expect(rows.map((row) => row.payload)).toEqual([
      expect.objectContaining({ associationId: 27_977, sourceAssociationId: 0, startsOn: '2026-04-01' }),
    ]);
    for (const row of rows)
      await memberNotificationReactions['association.openingWithdrawn']?.(world.as(system, onDay), { ...row.payload, outboxId: row.id });
    const told = await world.database.system.query<{ count: number; self: number }>(
      `SELECT count(*)::int AS count, count(*) FILTER (WHERE association_id IN (0, 27977))::int AS self
       FROM member_notification WHERE about_association_id = 27977 AND deed = 'openingWithdrawn'`,
    );
    expect(told.rows[0]?.count).toBeGreaterThan(900);
    expect(told.rows[0]?.self).toBe(0);
    const told1 = {
      about: openingForm.name,
      also: [],
      more: 0,
      on: day('2026-04-01'),
      categoryBefore: null,
      categoryAfter: null,
      fields: [],
      changes: [],
    };
    expect(contentLine({ deed: 'openingWithdrawn', ...told1 })).toBe('予定の医師会 設立の予約が取り消されました。(設立日 2026/04/01)');
  });

  test('設立日になる瞬間に招待と取消が重なると、どちらか一方だけが成り立つ', async () => {
    const codes = Array.from({ length: 8 }, (_, place) => String(27_980 + place));
    for (const code of codes) await opened(code, { name: `境目の医師会${code}`, adminMail: `race-${code}@example.jp` });
    for (const [place, code] of codes.entries()) {
      const [one] = await namings(code);
      const invite = async () => await run(inviteFirstAdmin, world.as(system, onDay), { id: one?.id });
      const back = async () => await takeBack(code, world.as(second, dayBefore));
      const [invited, taken] =
        place % 2 === 0 ? await Promise.all([invite(), back()]) : (await Promise.all([back(), invite()])).toReversed();
      expect([invited?.ok, taken?.ok].filter(Boolean)).toHaveLength(1);
      expect(await invitations(code)).toBe(invited?.ok === true ? 1 : 0);
      expect((await detailOf(code, onDay)).row.state).toBe(invited?.ok === true ? 'active' : 'withdrawn');
      if (taken?.ok === false) expect(taken).toMatchObject(because('招待メール'));
    }
    await carryOutChanges(world.as(system, onDay));
  });

  test('招待の処理が先に始まっていれば、取消はその終わりを待ち、招待されたので断る', async () => {
    const code = await opened('27979', { name: '待たせる医師会' });
    const [one] = await namings(code);
    const holder = await world.database.system.connect();
    const waiters = async () =>
      (
        await holder.query<{ n: number }>(`SELECT count(*)::int AS n FROM pg_locks l JOIN pg_database d ON d.oid = l.database
        WHERE d.datname = current_database() AND l.locktype = 'advisory' AND NOT l.granted`)
      ).rows[0]?.n ?? 0;
    const until = async (isSo: () => Promise<boolean>) => {
      while (!(await isSo())) await setImmediate();
    };
    await holder.query("SELECT pg_advisory_lock(hashtextextended('association:27979', 0))");
    const invite = run(inviteFirstAdmin, world.as(system, onDay), { id: one?.id });
    await until(async () => (await waiters()) === 1);
    let isDone = false;
    const back = takeBack(code, world.as(second, dayBefore)).finally(() => {
      isDone = true;
    });
    await until(async () => isDone || (await waiters()) === 2);
    await holder.query("SELECT pg_advisory_unlock(hashtextextended('association:27979', 0))");
    holder.release();
    expect([(await invite).ok, await back]).toMatchObject([true, because('招待メール')]);
  });

  test('上位変更の入力や下位の新規登録と取消が重なっても、取り消された医師会の下には何も残らない', async () => {
    const below = await opened('27990', { layer: '4', parentCode: '27020', kind: 'ward', opensOn: '2026/01/15' });
    for (let round = 0; round < 4; round += 1) {
      const code = await opened(String(27_991 + round), { name: `重なる医師会${round}` });
      const move = { code: below, kind: 'reparent', parentCode: code, startsOn: '2026/05/01', reason: '総会の議決' };
      const ward = { ...openingForm, code: String(27_995 + round), layer: '4', parentCode: code, kind: 'ward', opensOn: '2026/06/01' };
      const rival =
        round % 2 === 0 ? run(proposeChange, world.as(first), move, newId()) : run(openAssociation, world.as(first), ward, newId());
      const [came, taken] = await Promise.all([rival, takeBack(code)]);
      expect([came.ok, taken.ok].filter(Boolean)).toHaveLength(1);
      if (came.ok && 'id' in came.value) must(await run(withdrawChange, world.as(first), { id: came.value.id }, newId()));
    }
  });
});
