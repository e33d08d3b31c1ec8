import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DoctorActor, OfficeActor, OperationsActor } from '#kernel/actor.ts';
import { day as toDay } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { saveMailing } from '#features/profile/commands/save-mailing.ts';
import { must, officeActor } from '#main/demo/acting.ts';
import { approveLeaveAs, fileWithdrawal } from '#main/demo/leaving.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { approveUpTo, filed, kita, memberAt, minato } from '#support/case-mix.ts';
import { staffLogin } from '#support/logins.ts';
import { pdf as pdfOf } from '#support/sample-files.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { announceNotice } from './commands/announce.ts';
import { copyNotice } from './commands/copy.ts';
import { markRead } from './commands/mark-read.ts';
import { endNotice, publishNotice } from './commands/publish.ts';
import { noticeTexts } from './messages.ts';
import { saveWithFiles } from './commands/save-with-files.ts';
import { saveNotice } from './commands/save.ts';
import { sendBatch } from './commands/send-batch.ts';
import { recountNotices, sendNotices } from './daily.ts';
import { announcedNotices } from './queries/announced.ts';
import { noticeFaults } from './queries/faults.ts';
import { noticeForm, officeNotice, officeNoticeFile } from './queries/office-notice.ts';
import { officeNotices } from './queries/office-notices.ts';
import { countReaders } from './store.server.ts';
import {
  newestNotices,
  publicNotice,
  publicNotices,
  readerNotice,
  readerNoticeFile,
  readerNotices,
  topNotices,
} from './queries/reader-notices.ts';

/** お知らせ (`screens.md O-16, D-02, O-01, A-01`) on PostgreSQL. */

const jma = 0;
const osaka = 27_000;
let world: World;
let owner: Client;
/** Member of 北区, 大阪府 and JMA; of 北区 and 大阪府 only; of nothing. */
let member: DoctorActor;
let withoutJma: DoctorActor;
let stranger: DoctorActor;
let category: string;

const office = (id: number, layer: 1 | 2 | 3): OfficeActor => officeActor({ id, name: `医師会${id}`, layer });
const day = (text: string) => new Date(`${text}T03:00:00Z`);

beforeAll(async () => {
  world = await createWorld();
  owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
  const [full, half] = [await filed(world, kita, undefined, '2026-01-10'), await filed(world, kita, undefined, '2026-01-10')];
  await approveUpTo(world, full, 3, '2026-01-10');
  await approveUpTo(world, half, 2, '2026-01-10');
  [member, withoutJma, stranger] = [full.doctor, half.doctor, await world.doctor()];
  const found = await owner.query<{ id: number }>('SELECT id FROM notice_category ORDER BY sort_order LIMIT 1');
  category = String(found.rows[0]?.id);
});
afterAll(async () => {
  await owner.end();
  await world.close();
});

const words = () => ({
  title: '総会のご案内',
  category1: category,
  lead: '総会を開きます。',
  body: '# 日時\n- 4月1日',
  target: 'members',
  startsOn: '2026/01/15',
});

async function draft(actor: OfficeActor, more: Record<string, unknown> = {}): Promise<{ id: string; version: number }> {
  return must(await run(saveNotice, world.as(actor), { ...words(), ...more }, newId()));
}

async function published(actor: OfficeActor, more: Record<string, unknown> = {}): Promise<string> {
  const { id, version } = await draft(actor, more);
  return must(await run(publishNotice, world.as(actor), { id, version }, newId())).id;
}

async function idsFor(who: DoctorActor | OfficeActor, now?: Date): Promise<string[]> {
  return must(await ask(readerNotices, world.as(who, now), { size: '100' })).rows.map((row) => row.id);
}

const code = (outcome: { ok: boolean; refusal?: { code: string } }) => (outcome.ok ? 'ok' : outcome.refusal?.code);

describe('作成と登録(O-16)', () => {
  test('一時保存は未入力のままでき、登録には必要な項目がそろっていなければならない', async () => {
    const actor = office(kita, 3);
    const { id, version } = must(await run(saveNotice, world.as(actor), { title: '下書き' }, newId()));
    expect(must(await ask(officeNotice, world.as(actor), { id }))).toMatchObject({
      shown: 'draft',
      may: { edit: true, publish: true, end: false },
    });
    const refused = await run(publishNotice, world.as(actor), { id, version }, newId());
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'invalid' } });
    expect(Object.keys(must(await ask(noticeFaults, world.as(actor), { title: '' }))).toSorted()).toEqual([
      'body',
      'category1',
      'startsOn',
      'target',
      'title',
    ]);
  });

  test('開始日と終了日、条件、対象の誤りは、その項目で断る', async () => {
    const actor = office(kita, 3);
    const faults = async (more: Record<string, unknown>) => must(await ask(noticeFaults, world.as(actor), { ...words(), ...more }));
    expect(await faults({})).toEqual({});
    expect(await faults({ startsOn: '2026/01/14' })).toHaveProperty('startsOn');
    expect(await faults({ endsOn: '2026/01/14' })).toHaveProperty('endsOn');
    expect(await faults({ target: 'condition' })).toHaveProperty('target');
    expect(await faults({ target: 'condition', ageFrom: '60', ageTo: '50' })).toHaveProperty('ageFrom');
    expect(await faults({ target: 'lowerOffices' })).toHaveProperty('target');
    expect(await faults({ target: 'public', byMail: 'on' })).toHaveProperty('byMail');
    expect(await faults({ category1: '999999' })).toHaveProperty('category1');
    expect(code(await run(saveNotice, world.as(actor), { ...words(), endsOn: '2026/01/01' }))).toBe('invalid');
  });

  test('下層医師会の条件は自医師会の下層だけで、ほかの医師会の会員かどうかは数からも分からない', async () => {
    const beside = { ...words(), target: 'condition', lower: String(minato) };
    expect(must(await ask(noticeFaults, world.as(office(kita, 3)), beside))).toHaveProperty('lower');
    expect(code(await run(saveNotice, world.as(office(osaka, 2)), beside, newId()))).toBe('invalid');
    const own = { ...beside, lower: String(kita) };
    expect(must(await ask(noticeFaults, world.as(office(osaka, 2)), own))).toEqual({});
    const counted = async (sender: OfficeActor, lower: number) =>
      await readTransaction(world.as(sender), async (tx) => {
        const ask = { associationId: sender.associationId, target: 'condition', condition: { lower }, on: toDay('2026-01-15') } as const;
        return Number(await countReaders(tx, ask));
      });
    expect(await counted(office(osaka, 2), kita)).toBeGreaterThan(1);
    expect(await counted(office(kita, 3), osaka)).toBe(0);
  });

  test('版が古い保存と登録は断り、二度押しは一件のまま', async () => {
    const actor = office(kita, 3);
    const key = newId();
    const first = must(await run(saveNotice, world.as(actor), words(), key));
    expect(must(await run(saveNotice, world.as(actor), words(), key))).toEqual(first);
    const second = must(await run(saveNotice, world.as(actor), { ...words(), ...first, title: '改めて' }, newId()));
    expect(code(await run(saveNotice, world.as(actor), { ...words(), ...first }, newId()))).toBe('conflict');
    expect(code(await run(publishNotice, world.as(actor), first, newId()))).toBe('conflict');
    must(await run(publishNotice, world.as(actor), second, newId()));
    expect(code(await run(publishNotice, world.as(actor), second, newId()))).toBe('conflict');
    expect(code(await run(saveNotice, world.as(actor), { ...words(), id: second.id, version: 3 }, newId()))).toBe('conflict');
    expect(await ask(noticeForm, world.as(actor), { id: second.id })).toMatchObject({ ok: false });
  });

  test('予約のあいだは編集でき、掲載期間によって掲載中、終了となる', async () => {
    const actor = office(kita, 3);
    const id = await published(actor, { startsOn: '2026/01/20', endsOn: '2026/01/25' });
    const shownOn = async (now: Date) => must(await ask(officeNotice, world.as(actor, now), { id })).shown;
    expect([await shownOn(day('2026-01-19')), await shownOn(day('2026-01-25')), await shownOn(day('2026-01-26'))]).toEqual([
      'scheduled',
      'running',
      'over',
    ]);
    expect(await idsFor(member, day('2026-01-19'))).not.toContain(id);
    expect(await idsFor(member, day('2026-01-25'))).toContain(id);
    expect(await idsFor(member, day('2026-01-26'))).not.toContain(id);
    const again = must(await run(saveNotice, world.as(actor), { ...words(), id, version: 2 }, newId()));
    expect(must(await ask(officeNotice, world.as(actor), { id })).shown).toBe('draft');
    expect(again.version).toBe(3);
    for (const [state, found] of [
      ['draft', true],
      ['running', false],
    ] as const) {
      const list = must(await ask(officeNotices, world.as(actor), { state, size: '100' }));
      expect(list.rows.some((row) => row.id === id)).toBe(found);
    }
  });

  test('他の医師会のお知らせは、見ることも変えることもできない', async () => {
    const { id, version } = await draft(office(kita, 3));
    const other = world.as(office(minato, 3));
    expect(code(await ask(officeNotice, other, { id }))).toBe('notFound');
    for (const command of [publishNotice, endNotice]) expect(code(await run(command, other, { id, version }))).toBe('notFound');
    expect(code(await run(copyNotice, other, { id }))).toBe('notFound');
    expect(code(await run(saveNotice, world.as({ ...office(kita, 3), role: 'trainingContractor' }), words()))).toBe('forbidden');
  });
});

describe('読む人(D-02)', () => {
  test('対象の会員だけが、読む日の会員期間によって読める', async () => {
    const toKita = await published(office(kita, 3));
    const toJma = await published(office(jma, 1));
    const below = await published(office(osaka, 2), { target: 'lowerMembers' });
    expect(await idsFor(member)).toEqual(expect.arrayContaining([toKita, toJma, below]));
    const seen = await idsFor(withoutJma);
    expect(seen).toEqual(expect.arrayContaining([toKita, below]));
    expect(seen).not.toContain(toJma);
    expect(await idsFor(stranger)).toEqual([]);
    // The ninth is before the membership; the notice of the day it is about was not for him then.
    expect(code(await ask(readerNotice, world.as(withoutJma), { id: toJma }))).toBe('notFound');
    const later = await filed(world, kita, stranger, '2026-02-01');
    await approveUpTo(world, later, 1, '2026-02-01');
    expect(await idsFor(stranger, day('2026-01-31'))).toEqual([]);
    expect(await idsFor(stranger, day('2026-02-01'))).toContain(toKita);
  });

  test('退会した翌日からは読めない', async () => {
    const leaver = await filed(world, kita, undefined, '2026-01-10');
    await approveUpTo(world, leaver, 3, '2026-01-10');
    const toKita = await published(office(kita, 3));
    const { id } = await fileWithdrawal(world.as(leaver.doctor), { leave: [kita, osaka, jma], wishedOn: '2026-01-20' });
    must(await approveLeaveAs(world.as(office(kita, 3)), id, '2026-01-20'));
    expect(await idsFor(leaver.doctor, day('2026-01-20'))).toContain(toKita);
    expect(await idsFor(leaver.doctor, day('2026-01-21'))).not.toContain(toKita);
  });

  test('条件は数えるときも読むときも同じ結果になる', async () => {
    const young = await filed(
      world,
      kita,
      await world.doctor({ birthOn: '1999-01-16', licensedOn: '2024-05-01', graduatedOn: '2024-03', mainDepartment: '03' }),
      '2026-01-10',
    );
    await approveUpTo(world, young, 3, '2026-01-10');
    const atWork = await memberAt(world, '北区つばき医院', { sex: 'female', designations: ['03'] });
    const people = [member, withoutJma, young.doctor, atWork];
    const only: Record<string, boolean> = {};
    for (const condition of [
      { jma: 'no' },
      { jma: 'yes' },
      { ageFrom: '27' },
      { ageTo: '26' },
      { departments: '03' },
      { works: '11' },
      { marks: 'trainee' },
      { departments: ['01', '03'], ageFrom: '30' },
      { facility: '北区ﾂﾊﾞｷ' },
      { facility: 'つばき' },
      { positions: '01', designations: '03' },
      { designations: '03' },
      { sex: 'male', positions: ['01', '02'] },
    ]) {
      const { id } = await draft(office(kita, 3), { target: 'condition', ...condition });
      const { readers } = must(await ask(officeNotice, world.as(office(kita, 3)), { id }));
      await owner.query(`UPDATE notice SET state = 'published', published_at = now(), starts_on = '2026-01-15' WHERE id = $1`, [id]);
      const matching = await owner.query<{ id: string }>(
        `SELECT r AS id FROM notice n, notice_readers(n.association_id, n.target, n.condition, '2026-01-15', NULL, NULL) r WHERE n.id = $1`,
        [id],
      );
      const expected = new Set(matching.rows.map((row) => row.id));
      expect([condition, expected.size]).toEqual([condition, readers]);
      only[JSON.stringify(condition)] = expected.size === 1 && expected.has(atWork.personId);
      for (const who of people) expect([condition, (await idsFor(who)).includes(id)]).toEqual([condition, expected.has(who.personId)]);
    }
    expect(only).toMatchObject({ '{"facility":"北区ﾂﾊﾞｷ"}': true, '{"facility":"つばき"}': false, '{"designations":"03"}': true });
  });

  test('開くと既読になり、未読のみ・カテゴリ・発信で絞れ、重要は読むまで一番上', async () => {
    const important = await published(office(kita, 3), { important: 'on', title: '重要' });
    const newer = await published(office(kita, 3), { title: '新しい' });
    const top = async () => (await readTransaction(world.as(member), (tx) => newestNotices(tx, world.as(member), 5))).map((row) => row.id);
    expect((await top())[0]).toBe(important);
    expect(must(await ask(readerNotice, world.as(member), { id: important }))).toMatchObject({ over: false, unread: true });
    must(await run(markRead, world.as(member), { id: important }));
    must(await run(markRead, world.as(member), { id: important }));
    expect((await top())[0]).toBe(newer);
    const unread = must(await ask(readerNotices, world.as(member), { unread: 'on', size: '100' }));
    expect(unread.rows.every((row) => !row.read)).toBe(true);
    expect(unread.rows.map((row) => row.id)).not.toContain(important);
    expect(unread.count).toBe(unread.unread);
    const ofKita = must(await ask(readerNotices, world.as(member), { from: String(kita), category: '重要', size: '100' }));
    expect(ofKita.rows.every((row) => row.associationId === kita)).toBe(true);
    expect(
      must(await ask(officeNotices, world.as(office(kita, 3)), { size: '100' })).rows.find((row) => row.id === important)?.reads,
    ).toMatchObject({ read: 1 });
  });

  test('一覧は一頁ずつ前後にたどれる', async () => {
    for (let more = 0; more < 27; more += 1) await published(office(osaka, 2), { title: `お知らせ${more}` });
    const all = await idsFor(withoutJma);
    const first = must(await ask(readerNotices, world.as(withoutJma), {}));
    expect([first.rows.length, first.before, first.count]).toEqual([25, undefined, all.length]);
    const second = must(await ask(readerNotices, world.as(withoutJma), { after: first.after }));
    expect([...first.rows, ...second.rows].map((row) => row.id)).toEqual(all.slice(0, first.rows.length + second.rows.length));
    const back = must(await ask(readerNotices, world.as(withoutJma), { before: second.before }));
    expect(back.rows.map((row) => row.id)).toEqual(first.rows.map((row) => row.id));
    const list = must(await ask(officeNotices, world.as(office(osaka, 2)), {}));
    const next = must(await ask(officeNotices, world.as(office(osaka, 2)), { after: list.after }));
    expect(new Set([...list.rows, ...next.rows].map((row) => row.id)).size).toBe(list.rows.length + next.rows.length);
  });

  test('終了したお知らせは、終了したとだけ伝える', async () => {
    const id = await published(office(kita, 3));
    must(await run(endNotice, world.as(office(kita, 3)), { id, version: 2 }));
    expect(must(await ask(readerNotice, world.as(member), { id }))).toEqual({ over: true });
    expect(code(await run(markRead, world.as(member), { id }))).toBe('conflict');
    expect(code(await run(endNotice, world.as(office(kita, 3)), { id, version: 3 }))).toBe('conflict');
  });
});

describe('事務局と公開(O-01, A-01)', () => {
  test('下層の事務局だけが受け取り、読むとその医師会の既読になる', async () => {
    const id = await published(office(osaka, 2), { target: 'lowerOffices' });
    expect(await idsFor(office(kita, 3))).toContain(id);
    for (const other of [office(osaka, 2), office(13_000, 2), office(jma, 1)]) expect(await idsFor(other)).not.toContain(id);
    expect(await idsFor(member)).not.toContain(id);
    must(await run(markRead, world.as(office(kita, 3)), { id }));
    const view = must(await ask(officeNotice, world.as(office(osaka, 2)), { id }));
    expect(view.reads).toBe(1);
    expect(view.readers).toBeGreaterThan(30);
  });

  test('外部委託先は、事務局あてと公開のお知らせを読み、既読は本人だけのもの', async () => {
    const login = await staffLogin(owner, { associationId: kita, role: 'trainingContractor' });
    const contractor: OfficeActor = { ...office(kita, 3), role: 'trainingContractor', accountId: login.accountId };
    const ids = {
      toOffices: await published(office(osaka, 2), { target: 'lowerOffices', title: '委託先も読む' }),
      ownPublic: await published(office(kita, 3), { target: 'public' }),
      ownMembers: await published(office(kita, 3)),
      lowerMembers: await published(office(osaka, 2), { target: 'lowerMembers' }),
      elsewhere: await published(office(13_000, 2), { target: 'lowerOffices' }),
    };
    const seen = await idsFor(contractor);
    expect(seen).toEqual(expect.arrayContaining([ids.toOffices, ids.ownPublic]));
    for (const id of [ids.ownMembers, ids.lowerMembers, ids.elsewhere]) expect(seen).not.toContain(id);
    expect(code(await ask(readerNotice, world.as(contractor), { id: ids.elsewhere }))).toBe('notFound');
    expect(must(await ask(readerNotice, world.as(contractor), { id: ids.toOffices }))).toMatchObject({ over: false, unread: true });
    for (let twice = 0; twice < 2; twice += 1) must(await run(markRead, world.as(contractor), { id: ids.toOffices }));
    expect(must(await ask(readerNotice, world.as(contractor), { id: ids.toOffices }))).toMatchObject({ unread: false });
    expect(must(await ask(readerNotice, world.as(office(kita, 3)), { id: ids.toOffices }))).toMatchObject({ unread: true });
    expect(must(await ask(officeNotice, world.as(office(osaka, 2)), { id: ids.toOffices })).reads).toBe(0);
    const top = must(await ask(topNotices, world.as(contractor), {}));
    expect(top.find((row) => row.id === ids.toOffices)?.read ?? true).toBe(true);
    expect(code(await ask(officeNotices, world.as(contractor), {}))).toBe('forbidden');
  });

  test('公開のお知らせは誰でも読め、ほかのものは読めない', async () => {
    const open = await published(office(jma, 1), { target: 'public', title: '公開' });
    const closed = await published(office(jma, 1));
    const guest = world.as({ kind: 'guest' });
    expect(must(await ask(publicNotices, guest, {})).map((row) => row.id)).toContain(open);
    expect(must(await ask(publicNotice, guest, { id: open }))).toMatchObject({ over: false, notice: { title: '公開' } });
    expect(code(await ask(publicNotice, guest, { id: closed }))).toBe('notFound');
    expect(code(await ask(publicNotice, world.as(member), { id: closed }))).toBe('notFound');
  });

  test('添付ファイルは検査を通ったものだけで、読める人だけが開け、複写でも引き継がれる', async () => {
    const actor = world.as(office(kita, 3));
    const pdf = new File([new Uint8Array(pdfOf())], '案内.pdf');
    expect(code(await saveWithFiles(actor, { input: words(), files: [new File(['MZ'], 'x.exe')], key: newId() }))).toBe('invalid');
    expect(code(await saveWithFiles(actor, { input: words(), files: Array.from({ length: 6 }, () => pdf), key: newId() }))).toBe('invalid');
    const { id, version } = must(await saveWithFiles(actor, { input: words(), files: [pdf], key: newId() }));
    must(await run(publishNotice, actor, { id, version }));
    const found = must(await ask(readerNotice, world.as(member), { id }));
    const file = found.over ? undefined : found.notice.files[0];
    expect(file?.name).toBe('案内.pdf');
    expect(must(await ask(readerNoticeFile, world.as(member), { id, fileId: file?.id }))).toMatchObject({ mediaType: 'application/pdf' });
    expect(code(await ask(readerNoticeFile, world.as({ kind: 'guest' }), { id, fileId: file?.id }))).toBe('notFound');
    expect(code(await ask(officeNoticeFile, world.as(office(minato, 3)), { id, fileId: file?.id }))).toBe('notFound');
    const copy = must(await run(copyNotice, actor, { id }));
    const form = must(await ask(noticeForm, actor, { id: copy.id }));
    expect([form.files.length, form.values?.['startsOn'], form.values?.['title']]).toEqual([1, '', '総会のご案内']);
    const kept = must(await run(saveNotice, actor, { ...words(), id: copy.id, version: 1, removed: form.files.map((one) => one.id) }));
    expect(must(await ask(noticeForm, actor, { id: kept.id })).files).toEqual([]);
  });
});

describe('メール(M-54)', () => {
  const system = () => world.as({ kind: 'system', name: 'test' }, day('2026-01-15'));
  const mailsOf = async (id: string) =>
    (
      await owner.query<{ person_id: string | null; to_address: string; body: string; state: string }>(
        `SELECT * FROM mail_message WHERE dedupe_key LIKE $1`,
        [`M-54:${id}:%`],
      )
    ).rows;

  test('時刻が来ると対象者へ1通ずつ、亡くなった人と受け取らない人を除いて一度だけ送る', async () => {
    const silent = await filed(world, kita, undefined, '2026-01-10');
    await approveUpTo(world, silent, 3, '2026-01-10');
    must(await run(saveMailing, world.as(silent.doctor), { sendTo: 'home', faxTo: 'none', mails: ['training'], version: '0' }, newId()));
    const dead = await filed(world, kita, undefined, '2026-01-10');
    await approveUpTo(world, dead, 3, '2026-01-10');
    await owner.query(`UPDATE person SET died_on = '2026-01-14' WHERE id = $1`, [dead.doctor.personId]);
    const id = await published(office(kita, 3), { byMail: 'on', mailHour: '9' });
    const waiting = await published(office(kita, 3), { byMail: 'on', mailHour: '23' });
    await sendNotices(system());
    await sendNotices(system());
    const mails = await mailsOf(id);
    const people = mails.map((row) => row.person_id);
    expect(people).toEqual(expect.arrayContaining([member.personId, withoutJma.personId]));
    expect(new Set(people).size).toBe(mails.length);
    for (const other of [dead, silent]) expect(people).not.toContain(other.doctor.personId);
    expect(mails[0]?.body).toContain(`/my/notices/${id}`);
    expect(mails[0]?.body).not.toContain('日時');
    expect(await mailsOf(waiting)).toEqual([]);
    expect(must(await ask(officeNotice, world.as(office(kita, 3)), { id })).mail?.sent).toBe(mails.length);
    await owner.query('UPDATE person SET died_on = NULL WHERE id = $1', [dead.doctor.personId]);
  });

  test('途中から続けても重ならず、終了したお知らせは送らない', async () => {
    const id = await published(office(kita, 3), { byMail: 'on', mailHour: '9' });
    await owner.query(`UPDATE notice SET mail_state = 'sending', mail_after = $2 WHERE id = $1`, [id, member.personId]);
    must(await run(sendBatch, system(), { id }));
    expect((await mailsOf(id)).every((row) => (row.person_id ?? '') > member.personId)).toBe(true);
    const ended = await published(office(kita, 3), { byMail: 'on', mailHour: '9' });
    must(await run(endNotice, world.as(office(kita, 3)), { id: ended, version: 2 }));
    await sendNotices(system());
    expect(await mailsOf(ended)).toEqual([]);
    expect(code(await run(sendBatch, world.as(office(kita, 3)), { id }))).toBe('forbidden');
  });

  test('終了すると、送信を待つメールだけが止まり、ほかのお知らせのメールは止まらない', async () => {
    const actor = world.as(office(kita, 3));
    const [id, other] = [
      await published(office(kita, 3), { byMail: 'on', mailHour: '9' }),
      await published(office(kita, 3), { byMail: 'on', mailHour: '9' }),
    ];
    await sendNotices(system());
    await owner.query(`UPDATE mail_message SET state = 'sent' WHERE dedupe_key = $1`, [`M-54:${id}:${member.personId}`]);
    const before = (await mailsOf(id)).length;
    const ended = must(await run(endNotice, actor, { id, version: 2 }));
    expect(ended).toMatchObject({ byMail: true, gone: 1, stopped: before - 1 });
    expect(noticeTexts.ended(ended)).toContain(`すでに1通を送信していて、取り消せません。送信前の${before - 1}通を止めました`);
    const states = async (of: string) => [...new Set((await mailsOf(of)).map((row) => row.state))].toSorted();
    expect([before > 1, await states(id), await states(other)]).toEqual([true, ['sent', 'stopped'], ['waiting']]);
    expect(must(await ask(officeNotice, actor, { id })).mail?.sent).toBe(1);
  });

  test('下層の事務局へは、その職員へ送る', async () => {
    const login = await staffLogin(owner, { associationId: kita, role: 'admin' });
    await owner.query('UPDATE account SET mail = $2 WHERE id = $1', [login.accountId, 'kita-notice@example.jp']);
    const id = await published(office(osaka, 2), { target: 'lowerOffices', byMail: 'on', mailHour: '9' });
    await sendNotices(system());
    expect((await mailsOf(id)).map((row) => row.to_address)).toContain('kita-notice@example.jp');
  });

  test('対象の数は、日ごとに数え直す', async () => {
    const id = await published(office(kita, 3));
    await owner.query('UPDATE notice SET readers = 0 WHERE id = $1', [id]);
    await recountNotices(system());
    expect(must(await ask(officeNotice, world.as(office(kita, 3)), { id })).readers).toBeGreaterThan(2);
  });
});

describe('全体のお知らせ(P-07)', () => {
  const agent: OperationsActor = { kind: 'operations', accountId: newId(), staffId: newId(), displayName: '運営 花子' };
  const announced = async (more: Record<string, unknown>) =>
    must(await run(announceNotice, world.as(agent), { ...words(), ...more }, newId()));

  test('全医師はどの医師会に属さない医師も、全医師会事務局はすべての事務局が読む。読むときに決まる', async () => {
    const doctors = await announced({ target: 'allDoctors' });
    const offices = await announced({ target: 'allOffices' });
    for (const doctor of [member, stranger, await world.doctor()]) {
      expect(await idsFor(doctor)).toContain(doctors.id);
      expect(await idsFor(doctor)).not.toContain(offices.id);
    }
    expect(must(await ask(readerNotice, world.as(stranger), { id: doctors.id }))).toMatchObject({ over: false });
    for (const reader of [office(osaka, 2), office(minato, 3)]) {
      expect(await idsFor(reader)).toContain(offices.id);
      expect(await idsFor(reader)).not.toContain(doctors.id);
    }
    expect((await idsFor(office(jma, 1))).includes(offices.id)).toBe(false);
    expect(must(await ask(officeNotice, world.as(office(jma, 1)), { id: offices.id })).may.end).toBe(true);
    must(await run(markRead, world.as(stranger), { id: doctors.id }));
    const { rows } = must(await ask(announcedNotices, world.as(agent), {}));
    expect(rows.find((row) => row.id === doctors.id)).toMatchObject({ shown: 'running', reads: 1, mayEnd: true });
    must(await run(endNotice, world.as(agent), { id: doctors.id, version: 2 }));
    expect(await idsFor(stranger)).not.toContain(doctors.id);
  });

  test('メールは日本医師会の管理者が登録してから、少しずつ送られる', async () => {
    const { id, waits } = await announced({ target: 'allDoctors', byMail: 'on', mailHour: '0' });
    expect(waits).toBe(true);
    expect(await idsFor(stranger)).not.toContain(id);
    const clerk = { ...office(jma, 1), role: 'clerk' as const };
    expect(await run(publishNotice, world.as(clerk), { id, version: 1 })).toMatchObject({
      refusal: { message: noticeTexts.mailToAllByAdmin },
    });
    must(await run(publishNotice, world.as(office(jma, 1)), { id, version: 1 }));
    const sent = async () => Number((await owner.query('SELECT FROM mail_message WHERE dedupe_key LIKE $1', [`M-54:${id}:%`])).rowCount);
    expect(await sent()).toBe(0);
    must(await run(sendBatch, world.as({ kind: 'system', name: 'mail' }), { id }));
    expect(await sent()).toBeGreaterThan(2);
    expect(await idsFor(stranger)).toContain(id);
  });

  test('運営事務局だけが登録でき、選べる対象は3つ。自分が入力していないお知らせは終了できない', async () => {
    expect(code(await run(announceNotice, world.as(office(jma, 1)), { ...words(), target: 'allDoctors' }))).toBe('forbidden');
    expect(await run(announceNotice, world.as(agent), { ...words(), target: 'members', title: '' })).toMatchObject({
      refusal: { fields: { target: [expect.any(String)], title: [expect.any(String)] } },
    });
    const id = await published(office(kita, 3));
    expect(code(await run(endNotice, world.as(agent), { id, version: 2 }))).toBe('notFound');
    expect(code(await run(saveNotice, world.as(office(kita, 3)), { ...words(), target: 'allDoctors' }, newId()))).not.toBe('ok');
  });
});
