import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor, OfficeActor } from '#kernel/actor.ts';
import { approveLeaveAs, fileWithdrawal } from '#main/demo/leaving.ts';
import { approveAs, must, officeActor, system, versionOf } from '#main/demo/acting.ts';
import { changeProfileForDoctor } from '#features/profile/commands/change-for-doctor.ts';
import { memberProfileToEdit } from '#features/profile/queries/office-profile.ts';
import { approve } from '#features/application/commands/approve.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { filed, kita, minato } from '#support/case-mix.ts';
import { fileChange, fileTransfer, memberOf } from '#support/moving.ts';
import { filedLeave, grounds } from '#support/proxying.ts';
import { mailsOf, staffWithMail } from '#support/staff-with-mail.ts';
import type { World } from '#support/world.ts';
import { createWorld, testNow } from '#support/world.ts';
import { newId } from '#kernel/id.ts';
import { assignNotifications, markNotifications } from './commands/handle.ts';
import { mailNewNotifications, tellWhatTheDayBrings } from './daily.ts';
import { contentLine } from './content-labels.ts';
import { memberNotificationReactions } from './reactions.ts';
import { notificationList } from './queries/notifications.ts';

const osaka = 27_000;
const tokyo = 13_000;
const jma = 0;
const layers: Readonly<Record<number, 1 | 2 | 3>> = { [kita]: 3, [minato]: 3, [osaka]: 2, [tokyo]: 2 };
let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.close();
});

function office(id: number, role: OfficeActor['role'] = 'admin'): OfficeActor {
  return officeActor({ id, name: '', layer: layers[id] ?? 1 }, { role });
}

const untold = { deed: 'profileChanged' as const, about: '', also: [], more: 0, on: null, categoryBefore: null, categoryAfter: null };

let mark = 0;

/** What the worker does with the news that have come since the mark; heard again, they say nothing more. */
async function hear(): Promise<void> {
  const { rows } = await world.database.system.query<{ id: number; kind: string; payload: Record<string, string | number | null> }>(
    'SELECT id::int AS id, kind, payload FROM outbox WHERE id > $1 ORDER BY id',
    [mark],
  );
  for (const { id, kind, payload } of rows) await memberNotificationReactions[kind]?.(world.as(system), { ...payload, outboxId: id });
}

/** What happened until now is left unheard. */
async function fromHere(): Promise<void> {
  const { rows } = await world.database.system.query<{ id: number }>('SELECT max(id)::int AS id FROM outbox');
  mark = rows[0]?.id ?? 0;
}

type Told = { association: number; kind: string; deed: string; on: string | null; source: number | null };

/** Who was told what of a person, in the order of the associations. */
async function toldOf(personId: string): Promise<Told[]> {
  const { rows } = await world.database.system.query<Told>(
    `SELECT association_id AS association, kind, deed, effective_on AS "on", source_association_id AS source
     FROM member_notification WHERE person_id = $1 ORDER BY at, association_id, kind`,
    [personId],
  );
  return rows;
}

async function approveLeave(actor: Actor, id: string, decidedOn: string): Promise<void> {
  const ctx = world.as(actor);
  must(await run(approve, ctx, { id, version: await versionOf(ctx, id), decidedOn, confirmed: 'on' }, newId()));
}

/** The list as the office sees it, of one member. */
async function shownOf(actor: OfficeActor, personId: string, conditions: Record<string, string> = {}) {
  return (await shown(actor, conditions)).rows.filter((row) => row.personId === personId);
}

async function shown(actor: OfficeActor, conditions: Record<string, string> = {}) {
  return must(await ask(notificationList, world.as(actor), conditions));
}

describe('会員関連通知', () => {
  test('大阪から東京への異動は、相手側と同じ側の事務局に知らされ、決めた事務局には知らされない', async () => {
    const mover = await memberOf(world, kita);
    await fromHere();
    const dates = { wishedOn: '2026-04-01', leaveOn: '2026-03-31' };
    const id = await fileTransfer(world, mover, { from: kita, to: minato, ...dates });
    await approveLeave(office(kita), id, dates.leaveOn);
    await hear();
    expect((await toldOf(mover.personId)).map(({ association, kind, deed, on }) => [association, kind, deed, on])).toEqual([
      [tokyo, 'otherSide', 'left', '2026-03-31'],
      [minato, 'otherSide', 'left', '2026-03-31'],
    ]);
    must(await approveAs(world.as(office(minato)), id, { decidedOn: dates.wishedOn }));
    must(await approveAs(world.as(office(tokyo)), id, { decidedOn: dates.wishedOn }));
    await hear();
    const last = (await toldOf(mover.personId)).filter((one) => one.source === tokyo);
    expect(last.map(({ association, kind }) => [association, kind])).toEqual([
      [jma, 'layers'],
      [minato, 'layers'],
      [osaka, 'otherSide'],
      [kita, 'otherSide'],
    ]);
    // Both were told at the same moment: which stands first says nothing.
    const told = (await shownOf(office(kita), mover.personId)).map(({ kind, after, source }) => `${source} ${kind} ${after}`);
    expect(told.toSorted()).toEqual([
      '東京都医師会 異動の相手側の進み 東京都医師会 入会日 2026/04/01(A1)',
      '東京都港区医師会 異動の相手側の進み 東京都港区医師会 入会日 2026/04/01(A1)',
    ]);
  });

  test('退会の連動は下層の決定として上層に知らされ、同じ出来事を2度聞いても1件のままである', async () => {
    const member = await memberOf(world, kita);
    await fromHere();
    const { id } = await fileWithdrawal(world.as(member), { leave: [kita], wishedOn: '2026-02-28' });
    must(await approveLeaveAs(world.as(office(kita)), id, '2026-02-28'));
    await hear();
    const once = await toldOf(member.personId);
    expect(once).toEqual([
      { association: jma, kind: 'layers', deed: 'left', on: '2026-02-28', source: kita },
      { association: osaka, kind: 'layers', deed: 'left', on: '2026-02-28', source: kita },
    ]);
    await hear();
    expect(await toldOf(member.personId)).toEqual(once);
  });

  test('先の日付の決定は、その日に、その医師会に効力発生として一度だけ知らされる', async () => {
    const join = await filed(world, kita);
    must(await approveAs(world.as(office(kita)), join.id, { decidedOn: '2026-02-01' }));
    const dayOf = async (at: string) => await tellWhatTheDayBrings(world.as(system, new Date(at)));
    const effects = async () => (await toldOf(join.doctor.personId)).filter((one) => one.kind === 'effective');
    await dayOf('2026-01-31T03:00:00Z');
    expect(await effects()).toEqual([]);
    await dayOf('2026-02-01T03:00:00Z');
    await dayOf('2026-02-02T03:00:00Z');
    expect(await effects()).toEqual([{ association: kita, kind: 'effective', deed: 'joined', on: '2026-02-01', source: null }]);
  });

  test('会員区分の変更は変更前と変更後とともに他の層に、死亡は他の医師会に知らされる', async () => {
    const member = await memberOf(world, kita);
    await fromHere();
    const change = await fileChange(world, member, { associationId: kita, categories: { [kita]: 'B' }, wishedOn: '2026-02-01' });
    must(await approveAs(world.as(office(kita)), change, { decidedOn: '2026-02-01', categoryCode: 'B' }));
    await hear();
    expect((await shownOf(office(osaka), member.personId, { kind: 'category' })).map((row) => `${row.before} → ${row.after}`)).toEqual([
      '大阪市北区医師会 A1 → B(2026/02/01から)',
    ]);
    const dead = await memberOf(world, kita);
    await fromHere();
    await filedLeave(world, { actor: office(kita), doctor: dead, ground: grounds.missing, leave: [kita] });
    await hear();
    expect(await toldOf(dead.personId)).toEqual([
      { association: jma, kind: 'death', deed: 'missing', on: null, source: kita },
      { association: osaka, kind: 'death', deed: 'missing', on: null, source: kita },
    ]);
  });

  test('登録情報の変更は本人の医師会に、会費免除・研修修了は60日前から知らされる', async () => {
    const trainee = await world.doctor({ trainingEndsOn: '2026-03', graduatedOn: '2021-03' });
    await memberOf(world, kita, '2025-12-01', trainee);
    await fromHere();
    const payload = { personId: trainee.personId, fields: 'tel,mail', associationId: osaka, outboxId: 900_001 };
    await memberNotificationReactions['person.profileChanged']?.(world.as(system), payload);
    expect((await toldOf(trainee.personId)).map((one) => one.association)).toEqual([jma, kita]);
    expect((await shownOf(office(kita), trainee.personId, { kind: 'profile' }))[0]).toMatchObject({
      after: 'TEL、メールアドレス',
      source: '大阪府医師会',
    });
    await memberNotificationReactions['mail.undeliverable']?.(world.as(system), {
      personId: trainee.personId,
      mailId: 'x',
      outboxId: 900_003,
    });
    expect(await shownOf(office(osaka), trainee.personId, { kind: 'unreachable' })).toHaveLength(1);
    await tellWhatTheDayBrings(world.as(system, new Date('2026-02-10T03:00:00Z')));
    await tellWhatTheDayBrings(world.as(system, new Date('2026-02-11T03:00:00Z')));
    const endings = (await toldOf(trainee.personId)).filter((one) => one.kind === 'ending');
    expect(endings.map(({ association, deed, on }) => [association, deed, on])).toEqual([
      [jma, 'waiverEnds', '2026-03-31'],
      [osaka, 'waiverEnds', '2026-03-31'],
      [kita, 'waiverEnds', '2026-03-31'],
    ]);
  });
});

describe('登録情報の変更の変更前と変更後', () => {
  test('項目ごとに前と後を示し、住所・電話・メール・生年月日は項目名だけで、長い値は切り、見えなくなれば値は出ない', async () => {
    const member = await memberOf(world, kita);
    await fromHere();
    const ctx = world.as(office(kita));
    const { target, version } = must(await ask(memberProfileToEdit, ctx, { id: member.personId }));
    const change = { formerSurname: '長'.repeat(40), formerSurnameKana: 'ナガ', tel: '090-1234-5678', sex: 'undisclosed' };
    const asked = { personId: member.personId, version, ground: 'P01', askedOn: '2026/01/14' };
    must(await run(changeProfileForDoctor, ctx, { ...target.person.texts, ...change, ...asked }, newId()));
    await hear();
    const [row] = await shownOf(office(osaka), member.personId, { kind: 'profile' });
    expect(row?.lines).toEqual([
      '旧姓・旧名 フリガナ: (なし) → ナガ',
      `旧姓・旧名: (なし) → ${'長'.repeat(30)}…`,
      '連絡先 TEL',
      expect.stringMatching(/^属性 性別: .+ → 回答しない$/),
    ]);
    expect(row).toMatchObject({ before: expect.not.stringContaining('TEL'), after: expect.stringContaining('連絡先 TEL') });
    expect(JSON.stringify(row)).not.toContain('090-1234-5678');
    expect(contentLine({ ...untold, fields: ['tel'], changes: [] })).toBe('TEL');
  });
});

describe('会員関連通知の一覧', () => {
  test('自医師会の分だけが見え、既読・対応済・担当を変えられ、他の医師会の分には触れない', async () => {
    const member = await memberOf(world, kita);
    await fromHere();
    const change = await fileChange(world, member, { associationId: kita, categories: { [kita]: 'B' }, wishedOn: '2026-02-01' });
    must(await approveAs(world.as(office(kita)), change, { decidedOn: '2026-02-01', categoryCode: 'B' }));
    await hear();
    const mine = async (state = '') => await shownOf(office(osaka), member.personId, { state });
    expect(await shownOf(office(kita), member.personId)).toEqual([]);
    const [row] = await mine();
    const id = row?.id ?? '';
    expect(await run(markNotifications, world.as(office(jma)), { id, action: 'read' })).toMatchObject({ refusal: { code: 'notFound' } });
    const contractor = world.as(office(osaka, 'trainingContractor'));
    expect(await run(markNotifications, contractor, { id, action: 'read' })).toMatchObject({ ok: false });
    expect(must(await run(markNotifications, world.as(office(osaka)), { id, action: 'read' }))).toEqual({ moved: 1 });
    expect(await mine()).toEqual([]);
    expect((await mine('read')).map((one) => one.state)).toEqual(['read']);
    must(await run(markNotifications, world.as(office(osaka)), { id, action: 'finish' }));
    expect(must(await run(markNotifications, world.as(office(osaka)), { id, action: 'read' }))).toEqual({ moved: 0 });
    const found = async (text: string | null | undefined) =>
      (await shown(office(osaka), { state: 'all', member: text ?? '' })).rows.filter((one) => one.id === id).map((one) => one.state);
    expect([await found(row?.licence), await found(row?.name), await found('該当なし')]).toEqual([['done'], ['done'], []]);
    expect(await run(assignNotifications, world.as(office(osaka)), { id, staffId: newId() })).toMatchObject({
      refusal: { fields: { staffId: expect.anything() } },
    });
    expect(await ask(notificationList, contractor, {})).toMatchObject({ refusal: { code: 'forbidden' } });
  });

  test('医師会の設定の変更は上層と下層に知らされ、まだ知らせていない分が、送信が3日止まっても種類ごとの件数で一度だけメールになる', async () => {
    await fromHere();
    const payload = { associationId: osaka, version: 2, startsOn: '2026-02-01', outboxId: 900_002 };
    await memberNotificationReactions['association.settingsPlanned']?.(world.as(system), payload);
    const told = async (id: number) => (await shown(office(id), { kind: 'association' })).rows.map((one) => one.after);
    expect(await told(kita)).toEqual(['大阪府医師会 環境設定が登録されました。(適用日 2026/02/01)']);
    expect(await told(jma)).toHaveLength(1);
    expect([...(await told(osaka)), ...(await told(tokyo))]).toEqual([]);
    await staffWithMail(world, kita, 'kita@example.jp');
    for (const hours of [73, 74]) await mailNewNotifications(world.as(system, new Date(testNow.getTime() + hours * 3_600_000)));
    const mails = await mailsOf(world, 'M-44');
    expect(mails.map((mail) => mail.to)).toEqual(['kita@example.jp']);
    expect(mails[0]?.subject).toMatch(/^【MAMIS】会員関連通知\(\d+件\)$/);
    expect(mails[0]?.body).toContain('医師会情報の変更:1件');
  });
});
