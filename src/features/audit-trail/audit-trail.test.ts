import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DoctorActor, OfficeActor } from '#kernel/actor.ts';
import { memberDetail } from '#features/membership/queries/member.ts';
import { fileJoin, must } from '#main/demo/acting.ts';
import { shownChangesOf } from '#features/profile/queries/changes.ts';
import { changeProfileForDoctor } from '#features/profile/commands/change-for-doctor.ts';
import { memberProfileToEdit } from '#features/profile/queries/office-profile.ts';
import { invite } from '#features/staff/commands/invite.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { createWorld, type World } from '#support/world.ts';
import { approveAs } from '#main/demo/acting.ts';
import { actionsOf, filterCategories, isKnownAct } from './act-labels.ts';
import { accessLog } from './queries/access-log.ts';
import { trailSheet } from './queries/trail-sheet.ts';
import { trail } from './queries/trail.ts';

const kita = 27001;
let world: World;
let doctor: DoctorActor;
let admin: OfficeActor;
let clerk: OfficeActor;

beforeAll(async () => {
  world = await createWorld();
  const [district] = await world.offices(kita);
  const [colleague] = await world.offices(kita);
  if (district === undefined || colleague === undefined) throw new Error('no office');
  admin = district;
  clerk = { ...colleague, role: 'clerk', displayName: '事務局 次郎' };
  doctor = await world.doctor({ surname: '髙橋', givenName: '一郎' });
  const { id } = await fileJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: '2026-02-01', upTo: 3 });
  must(await approveAs(world.as(admin), id, { decidedOn: '2026-01-01' }));
  must(await ask(memberDetail, world.as(clerk), { id: doctor.personId }));
});
afterAll(async () => await world.close());

/** Names of acts as commands and queries write them. */
function actsInSource(): string[] {
  const root = join(import.meta.dirname, '..');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\/(commands|queries|pages)\//.test(name) && /\.tsx?$/.test(name) && !name.endsWith('.test.ts'),
  );
  return files.flatMap((name) =>
    [...readFileSync(join(root, name), 'utf8').matchAll(/(?:action|audit): '([a-z]\w*\.\w+)'/gi)].map((match) => match[1] ?? ''),
  );
}

describe('操作履歴(screens.md O-18)', () => {
  it('どの操作にも固有の言葉があり、区分で絞り込める', () => {
    const found = [...new Set(actsInSource())];
    for (const own of ['application.approve', 'member.viewed', 'staff.delete', 'export.fetch', 'notice.publish'])
      expect(found).toContain(own);
    expect(found.filter((action) => !isKnownAct(action))).toEqual([]);
    expect(filterCategories.flatMap((category) => actionsOf(category))).toEqual(expect.arrayContaining(found));
  });

  it('管理者は医師会のすべて、スタッフは自分の操作だけを見て、ほかの医師会からは見えない', async () => {
    const all = must(await ask(trail, world.as(admin), {}));
    expect(all.rows.map((row) => row.operation)).toEqual(expect.arrayContaining(['申請操作:承認', '閲覧:会員情報の詳細']));
    expect(all.rows.find((row) => row.operation === '申請操作:承認')).toMatchObject({
      userName: admin.displayName,
      subject: expect.stringMatching(/^受付番号 2026-\d{7} 髙橋 一郎$/),
      power: '自医師会',
      content: '決定日:2026/01/01',
      result: '完了',
    });
    const own = must(await ask(trail, world.as(clerk), { user: admin.accountId }));
    expect(own.rows.length).toBeGreaterThan(0);
    expect(new Set(own.rows.map((row) => row.userName))).toEqual(new Set([clerk.displayName]));
    const [, prefecture] = await world.offices(kita);
    if (prefecture === undefined) throw new Error('no office');
    expect(must(await ask(trail, world.as(prefecture), {})).rows.filter((row) => row.subject.includes('髙橋'))).toEqual([]);
    expect(await ask(trail, world.as({ ...admin, role: 'trainingContractor' }), {})).toMatchObject({ refusal: { code: 'forbidden' } });
    expect(await ask(trail, world.as(doctor), {})).toMatchObject({ refusal: { code: 'forbidden' } });
  });

  it('操作・対象者・期間で探せ、ページは鍵で進んで戻れる', async () => {
    const licence = await licenceOf(doctor.personId);
    const only = async (conditions: object) => must(await ask(trail, world.as(admin), conditions)).rows.map((row) => row.operation);
    expect(await only({ category: 'application' })).toEqual(['申請操作:承認']);
    expect(await only({ person: licence })).toEqual(expect.arrayContaining(['申請操作:承認', '閲覧:会員情報の詳細']));
    expect(await only({ person: '999999' })).toEqual([]);
    for (const person of ['高橋', '髙橋一', 'ニチイ タ'])
      expect(await only({ person })).toEqual(expect.arrayContaining(['申請操作:承認', '閲覧:会員情報の詳細']));
    expect(await only({ person: '山田' })).toEqual([]);
    expect(must(await ask(trail, world.as(admin), { category: 'application' })).count).toBe(1);
    expect(await only({ to: '2026/01/14' })).toEqual([]);
    expect(await ask(trail, world.as(admin), { from: '2026/02/01', to: '2026/01/01' })).toMatchObject({
      refusal: { fields: { to: [expect.any(String)] } },
    });
    for (let look = 0; look < 30; look += 1) must(await ask(memberDetail, world.as(admin), { id: doctor.personId }));
    const first = must(await ask(trail, world.as(admin), { size: '25' }));
    const second = must(await ask(trail, world.as(admin), { size: '25', after: first.after }));
    expect(second.rows.filter((row) => first.rows.some((one) => one.id === row.id))).toEqual([]);
    const back = must(await ask(trail, world.as(admin), { size: '25', before: second.before }));
    expect(back.rows[24]?.id).toBe(first.rows[24]?.id);
    const all = must(await ask(trail, world.as(admin), { size: '100' })).rows.map((row) => row.id);
    const oldest = must(await ask(trail, world.as(admin), { size: '25', sort: 'at' }));
    expect(all.toReversed().slice(0, 25)).toEqual(oldest.rows.map((row) => row.id));
    const later = must(await ask(trail, world.as(admin), { size: '25', sort: 'at', after: oldest.after }));
    const again = must(await ask(trail, world.as(admin), { size: '25', sort: 'at', before: later.before }));
    expect(again.rows.map((row) => row.id)).toEqual(oldest.rows.map((row) => row.id));
  });

  it('だれのことでも、何のことでも、対象に示す。登録情報の変更は、その医師を見られる医師会にだけ前と後を示す', async () => {
    const names = { surname: '大阪', givenName: '一郎', surnameKana: 'オオサカ', givenNameKana: 'イチロウ' };
    const mails = { mail: 'osaka@example.jp', mailRepeat: 'osaka@example.jp' };
    must(await run(invite, world.as(admin), { ...names, ...mails, role: 'clerk', validUntil: '2026/12/31' }));
    await changeTel('06-9876-5432');
    const rows = must(await ask(trail, world.as(admin), {})).rows;
    expect(rows.find((row) => row.operation === '設定:事務局ユーザーの招待')).toMatchObject({
      subject: '大阪 一郎',
      content: '権限:スタッフ、有効期間:2026/12/31',
    });
    expect(rows.find((row) => row.operation === '変更:登録情報の代理変更')).toMatchObject({
      subject: '髙橋 一郎',
      content: '連絡先 TEL:06-0000-0000 → 06-9876-5432、依頼日:2026/01/14',
    });
    const [, above] = await world.offices(kita);
    if (above === undefined) throw new Error('no office');
    const changes = await world.database.system.query<{ id: string }>('SELECT id FROM profile_change');
    const shownTo = async (ctx: Context) =>
      await readTransaction(ctx, async (tx) => [
        ...(
          await shownChangesOf(
            tx,
            ctx,
            changes.rows.map((row) => row.id),
          )
        ).values(),
      ]);
    expect(await shownTo(world.as(admin))).toMatchObject([[{ key: 'tel', after: '06-9876-5432' }]]);
    expect(await shownTo(world.as(above))).toEqual([]);
  });

  it('一覧はファイルにできる', async () => {
    const ctx = world.as(admin);
    const rows = await readTransaction(ctx, async (tx) => {
      const found: (readonly string[])[] = [];
      const ask = { conditions: 'category=application', columns: ['user', 'operation', 'subject'] };
      for await (const page of trailSheet.pages(tx, ctx, ask)) found.push(...page.map((row) => row.cells));
      return found;
    });
    expect(rows).toEqual([[admin.displayName, '申請操作:承認', expect.stringContaining('髙橋 一郎')]]);
  });
});

describe('閲覧履歴(screens.md D-14)', () => {
  it('医師は、自分を見た医師会を、職員の氏名なしに見る', async () => {
    const log = must(await ask(accessLog, world.as(doctor), { size: '100' }));
    expect(log.viewers).toEqual([{ key: String(kita), name: '大阪市北区医師会', why: '会員' }]);
    expect(new Set(log.rows.map((row) => row.operation))).toEqual(new Set(['閲覧', '変更']));
    expect(new Set(log.rows.map((row) => row.office))).toEqual(new Set(['大阪市北区医師会']));
    expect(JSON.stringify(log)).not.toContain('事務局');
    const other = await world.doctor();
    expect(must(await ask(accessLog, world.as(other), {}))).toMatchObject({ viewers: [], rows: [] });
    expect(must(await ask(accessLog, world.as(doctor), { to: '2025/12/31' })).rows).toEqual([]);
    expect(await ask(accessLog, world.as(admin), {})).toMatchObject({ refusal: { code: 'forbidden' } });
  });
});

describe('閲覧履歴のページ', () => {
  it('件数を示し、表示件数ずつ先へも前へもめくれる。ほかの人の記録の番号では何も見えない', async () => {
    for (let look = 0; look < 30; look += 1) must(await ask(memberDetail, world.as(admin), { id: doctor.personId }));
    const page = async (more: object) => must(await ask(accessLog, world.as(doctor), { size: '25', ...more }));
    const first = await page({});
    expect([first.rows.length, first.before, first.size]).toEqual([25, undefined, 25]);
    expect(first.count).toBeGreaterThanOrEqual(30);
    const second = await page({ after: first.after });
    expect(second.rows.length).toBe(Math.min(25, first.count - 25));
    expect(second.rows.filter((row) => first.rows.some((one) => one.id === row.id))).toEqual([]);
    expect((await page({ before: second.before })).rows).toEqual(first.rows);
    const whole = must(await ask(accessLog, world.as(doctor), { size: '100' }));
    expect(whole.rows.map((row) => row.id)).toEqual([...first.rows, ...second.rows, ...whole.rows.slice(50)].map((row) => row.id));
    const other = must(await ask(accessLog, world.as(await world.doctor()), { after: first.after }));
    expect([other.rows, other.count]).toEqual([[], 0]);
  });
});

/** The office changes a telephone number at the doctor's request. */
async function changeTel(tel: string): Promise<void> {
  const ctx = world.as(admin);
  const { target, version } = must(await ask(memberProfileToEdit, ctx, { id: doctor.personId }));
  const typed = { ...target.person.texts, tel, personId: doctor.personId, version };
  must(await run(changeProfileForDoctor, ctx, { ...typed, ground: 'P01', askedOn: '2026/01/14' }));
}

async function licenceOf(personId: string): Promise<string> {
  const found = await world.database.system.query<{ number: string }>('SELECT number FROM person_licence WHERE person_id = $1', [personId]);
  return found.rows[0]?.number ?? '';
}
