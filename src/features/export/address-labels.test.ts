import { buffer } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DoctorActor, OfficeActor } from '#kernel/actor.ts';
import { day } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { addFacilities } from '#features/facility/commands/add-facility.ts';
import { recordInLedger } from '#features/membership/commands/record.ts';
import { memberList } from '#features/membership/queries/members.ts';
import { keepField } from '#features/own-list/commands/keep-field.ts';
import { keepMailing } from '#features/own-list/commands/keep-mailing.ts';
import { saveValues } from '#features/own-list/commands/save-values.ts';
import { saveMailing } from '#features/profile/commands/save-mailing.ts';
import { ownMailing } from '#features/profile/queries/mailing.ts';
import { approveAs, fileJoin, must, officeActor, system } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { writeTransaction } from '#platform/db/transaction.ts';
import { kita } from '#support/case-mix.ts';
import { staffLogin } from '#support/logins.ts';
import { pdfPages } from '#support/pdf-text.ts';
import { registeredDeath } from '#support/proxying.ts';
import type { World } from '#support/world.ts';
import { createWorld, testNow } from '#support/world.ts';
import { grantFetch } from './commands/fetch.ts';
import { makeExport } from './commands/make.ts';
import { labelPrint, labelTemplate } from './documents/labels.ts';
import { fetchedFile } from './queries/file.ts';
import { manifest } from './queries/manifest.ts';
import { newExport } from './queries/new-export.ts';
import { exportReactions } from './reactions.ts';

/** 宛名ラベル of 会員情報管理 (`screens.md O-07, O-23`) and the columns that stand for it in a file (`screens.md 9`). */

let world: World;
let owner: Client;
let clerk: OfficeActor;
let mailing: number;
let facilityId: string;

const surnames = ['相原', '井上', '上田', '江川', '𠮷﨑', '大野'] as const;
type Surname = (typeof surnames)[number];
const doctors = new Map<Surname, DoctorActor>();

function doctorOf(surname: Surname): DoctorActor {
  const doctor = doctors.get(surname);
  if (doctor === undefined) throw new Error('no such doctor');
  return doctor;
}

async function joined(surname: Surname, kana: string): Promise<void> {
  const former = surname === '𠮷﨑' ? { formerSurname: '髙橋', formerSurnameKana: 'タカハシ' } : {};
  const doctor = await world.doctor({ surname, surnameKana: kana, building: '#set text(99pt) $x$ 301号', ...former });
  // 江川 has no workplace yet.
  const details: Record<string, string> = surname === '江川' ? {} : { facilityId, facilityUndecided: '' };
  const { id } = await fileJoin(world.as(doctor), { lowestAssociationId: kita, upTo: 3, wishedOn: '2026-01-10', details });
  must(await approveAs(world.as(officeActor({ id: kita, name: '大阪市北区医師会', layer: 3 })), id, { decidedOn: '2026-01-10' }));
  doctors.set(surname, doctor);
}

async function leave(surname: Surname, lastDay: string): Promise<void> {
  const { personId } = doctorOf(surname);
  const ctx = world.as(system);
  await writeTransaction(ctx, async (tx) => {
    const row = await tx
      .selectFrom('membership_event')
      .select('affiliation_id')
      .where('person_id', '=', personId)
      .executeTakeFirstOrThrow();
    const event = {
      personId,
      associationId: kita,
      affiliationId: row.affiliation_id,
      kind: 'left',
      effectiveOn: day(lastDay),
      reason: 'W01',
    } as const;
    await recordInLedger(tx, ctx, [event]);
    return { value: undefined, commit: true };
  });
}

async function prefers(surname: Surname, typed: Record<string, unknown>): Promise<void> {
  const doctor = doctorOf(surname);
  const { version, mailings } = must(await ask(ownMailing, world.as(doctor), {}));
  const choices = mailings.map((one) => ({ mailingId: one.id, sendTo: typed['mailing'] ?? 'default' }));
  const { mailing: _mailing, ...rest } = typed;
  must(await run(saveMailing, world.as(doctor), { sendTo: 'facility', faxTo: 'none', mails: [], version, choices, ...rest }, newId()));
}

/** 井上 and 𠮷﨑 have their mail at home, 𠮷﨑 under the former name; 上田 wants no 会報, 大野 has died. */
beforeAll(async () => {
  world = await createWorld();
  owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
  const office = { id: kita, name: '大阪市北区医師会', layer: 3 } as const;
  const login = await staffLogin(owner, { associationId: kita, role: 'clerk' });
  clerk = { ...officeActor(office, { accountId: login.accountId, role: 'clerk' }), staffId: login.staffId };
  const place = {
    name: '北区さくら診療所',
    kana: 'キタクサクラシンリョウジョ',
    postalCode: '5300011',
    prefectureCode: '27',
    ownerType: '01',
  };
  const facility = { ...place, address: '大阪府大阪市北区大深町3-1', tel: '', fax: '', beds: '', associationId: null };
  facilityId = must(await run(addFacilities, world.as(system), { facilities: [facility] })).ids[0] ?? '';
  const admin = officeActor(office);
  mailing = must(
    await run(keepMailing, world.as(admin), { id: 'new', name: '会報', kind: 'post', categories: [], refusable: '1' }, newId()),
  ).id;
  for (const [place, surname] of surnames.entries())
    await joined(surname, ['アイハラ', 'イノウエ', 'ウエダ', 'エガワ', 'ヨシザキ', 'オオノ'][place] ?? '');
  await prefers('井上', { sendTo: 'home' });
  await prefers('上田', { mailing: 'none' });
  await prefers('𠮷﨑', { sendTo: 'home', useFormerName: '1' });
  await registeredDeath(world, { actor: admin, doctor: doctorOf('大野') });
});
afterAll(async () => {
  await owner.end();
  await world.close();
});

const wish = {
  list: 'members',
  conditions: '?status=all',
  purpose: 'E01',
  baseOn: '2026-01-15',
  encoding: 'label',
  labelSheet: '3x8',
  numbered: 'on',
  deleteBy: '2026-04-01',
};

async function made(more: Record<string, unknown>, now = testNow) {
  const ctx = world.as(clerk, now);
  const { id } = must(await run(makeExport, ctx, { ...wish, ...more }, newId()));
  const reactions = exportReactions({ origin: 'http://localhost', log: (line) => expect(line).toBe('') });
  await reactions['export.asked']?.(world.as({ kind: 'system', name: 'reactions' }, now), { exportId: id });
  const facts = must(await ask(manifest, ctx, { id }));
  const { eventId } = must(await run(grantFetch, ctx, { id, reason: '' }, newId()));
  const file = must(await fetchedFile(ctx, { id, eventId }));
  const content = await world.surroundings.files.get(file.fileId);
  if (content === undefined) throw new Error('no bytes');
  return { facts, file, bytes: await buffer(content) };
}

describe('宛名ラベル', () => {
  test('文書送付先の住所と宛名が取り出せる文字で印刷され、逝去・住所なしは除いて数えられる', async () => {
    const { facts, file, bytes } = await made({});
    expect(facts).toMatchObject({ rowCount: 4, labelSheet: '3x8', mailing: null, leftOut: { died: 1, noAddress: 1 }, sensitiveReason: '' });
    expect(facts.columnLabels).toEqual(['郵便番号', '住所', '所属施設名(所属施設あてのとき)', '宛名']);
    expect(file).toMatchObject({ mediaType: 'application/pdf', name: `MAMIS_${facts.number}_宛名ラベル_20260115.pdf` });
    const [text = '', ...more] = await pdfPages(bytes);
    expect(more).toEqual([]);
    for (const part of [
      `出力番号 ${facts.number}`,
      '〒530-0011大阪府大阪市北区大深町3-1北区さくら診療所相原 太郎 様',
      '〒530-0001大阪府大阪市北区梅田1-1#set text(99pt) $x$ 301号井上 太郎 様',
      '髙橋 太郎 様',
    ])
      expect(text).toContain(part);
    for (const absent of ['江川', '大野', '𠮷﨑']) expect(text).not.toContain(absent);
  });

  test('送付物を選ぶと送付不要の会員が除かれ、数と送付物が記録される', async () => {
    const { facts, bytes } = await made({ mailing: String(mailing), numbered: undefined });
    expect(facts).toMatchObject({ rowCount: 3, mailing: { id: mailing, name: '会報' }, leftOut: { refused: 1, noAddress: 1 } });
    const [text = ''] = await pdfPages(bytes);
    expect(text).not.toContain('上田');
    expect(text).not.toContain('出力番号');
  });

  test('面の数で改ページし、長い住所も切れずに面に収まる', async () => {
    const long = '千代田区本駒込'.repeat(16);
    const label = { postalCode: '〒113-8621', address: [long, `${long}終`], place: '公益社団法人'.repeat(9), name: '日医 太郎 様' };
    const labels = Array.from({ length: 25 }, () => label);
    const bytes = await world.surroundings.render.print(labelTemplate, labelPrint('3x8', { title: '宛名ラベル', number: '', labels }));
    const pages = await pdfPages(bytes ?? new Uint8Array());
    expect(pages.map((page) => page.split('日医 太郎 様').length - 1)).toEqual([24, 1]);
    expect(pages.at(-1)).toContain(`〒113-8621${long}${long}終${'公益社団法人'.repeat(9)}日医 太郎 様`);
  });

  test('ラベルのない一覧、知らない送付物は断られ、送付物は郵送するものだけが選べる', async () => {
    const refused = async (more: Record<string, unknown>) => await run(makeExport, world.as(clerk), { ...wish, ...more }, newId());
    expect(await refused({ list: 'applications', conditions: '' })).toMatchObject({
      refusal: { fields: { encoding: ['この一覧からは宛名ラベルを作成できません。'] } },
    });
    for (const strange of ['999999', 'x'])
      expect(await refused({ mailing: strange })).toMatchObject({ refusal: { fields: { mailing: ['送付物を選択肢から選んでください'] } } });
    expect(await refused({ encoding: 'utf8', columns: [] })).toMatchObject({ refusal: { fields: { columns: [expect.any(String)] } } });
    const form = must(await ask(newExport, world.as(clerk), { list: 'members', conditions: '?status=all' }));
    expect(form.mailings).toEqual([{ value: String(mailing), label: '会報' }]);
    expect(must(await ask(newExport, world.as(clerk), { list: 'applications', conditions: '' })).mailings).toBeUndefined();
  });
});

describe('文書送付先', () => {
  test('一覧の送付先とファイルの文書送付先・宛名は、本人の選んだとおりになる', async () => {
    const list = must(await ask(memberList, world.as(clerk), { status: 'all' }));
    const shown = list.rows.map((row) => [row.name.split(' ')[0], row.sendTo]);
    expect(shown).toEqual([
      ['相原', '所属施設'],
      ['井上', '自宅'],
      ['上田', '所属施設'],
      ['江川', '所属施設'],
      ['大野', ''],
      ['𠮷﨑', '自宅'],
    ]);
    const { bytes } = await made({
      encoding: 'utf8',
      columns: ['surname', 'sendTo', 'addressee'],
      labelSheet: undefined,
      numbered: undefined,
    });
    const rows = parse(bytes.subarray(3).toString('utf8'));
    expect(rows).toEqual([
      ['姓', '文書送付先', '宛名'],
      ['相原', '所属施設', '相原 太郎'],
      ['井上', '自宅', '井上 太郎'],
      ['上田', '所属施設', '上田 太郎'],
      ['江川', '所属施設', '江川 太郎'],
      ['大野', '', ''],
      ['𠮷﨑', '自宅', '髙橋 太郎'],
    ]);
  });

  test('独自項目は会員一覧の最後の列になり、基準日はファイルの中身の日になる', async () => {
    const admin = world.as(officeActor({ id: kita, name: '大阪市北区医師会', layer: 3 }));
    const own = must(await run(keepField, admin, { id: 'new', kind: 'day', name: '入会式', choices: '' }, newId())).id;
    const values = [{ fieldId: own, value: '令和8年1月12日' }];
    must(await run(saveValues, admin, { id: doctorOf('井上').personId, version: 0, values }, newId()));
    const asked = { encoding: 'utf8', columns: ['surname', `own${own}`], conditions: '?name=井上', numbered: undefined };
    const { bytes, facts } = await made(asked);
    expect(parse(bytes.subarray(3).toString('utf8'))).toEqual([
      ['姓', '入会式'],
      ['井上', '2026/01/12'],
    ]);
    expect(facts).toMatchObject({ columnLabels: ['姓', '入会式'], conditionWords: expect.arrayContaining(['基準日:2026/01/15']) });
    const earlier = await run(makeExport, world.as(clerk), { ...wish, ...asked, baseOn: '2026-01-09' }, newId());
    expect(earlier).toMatchObject({ refusal: { fields: { '': ['出力するデータがありません'] } } });
    const form = must(await ask(newExport, world.as(clerk), { list: 'members', conditions: '?on=2026/01/11' }));
    expect(form).toMatchObject({
      baseOn: '2026-01-11',
      columns: expect.arrayContaining([{ value: `own${own}`, label: '入会式', sensitive: false, spare: false }]),
    });
  });

  test('退会から保存期間を過ぎた方の住所は、ラベルにもファイルにも出ない', async () => {
    await leave('相原', '2026-01-14');
    const columns = ['surname', 'postalCode', 'addressLine', 'mail'];
    const asked = { encoding: 'utf8', columns, conditions: '?status=left', sensitiveReason: '確認のため', numbered: undefined };
    const row = async (now: Date, deleteBy: string) => {
      const { bytes } = await made({ ...asked, deleteBy }, now);
      return parse(bytes.subarray(3).toString('utf8'))[1];
    };
    expect(await row(testNow, '2026-03-01')).toEqual(['相原', '530-0001', '大阪市北区梅田1-1', expect.stringContaining('@')]);
    expect(await row(new Date('2031-02-01T03:00:00Z'), '2031-03-01')).toEqual(['相原', '', '', '']);
  });
});
