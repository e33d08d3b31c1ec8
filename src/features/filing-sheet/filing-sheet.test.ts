import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DoctorActor, OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { approveAs, fileJoin, must } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { csvLine } from '#platform/sheet/csv.ts';
import { decodeSheet, readCsv } from '#platform/sheet/read-csv.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { changeCategory } from '#features/own-list/commands/keep-category.ts';
import { ownList } from '#features/own-list/queries/lists.ts';
import { kita } from '#support/case-mix.ts';
import { statesOf } from '#support/filing.ts';
import { memberOf } from '#support/moving.ts';
import { SeededRandom } from '#support/seeded-random.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { enterSheet } from './commands/enter-sheet.ts';
import { sheetColumns } from './messages.ts';
import { categoryMoveSheet } from './queries/category-move-sheet.ts';
import { checkSheet } from './queries/check-sheet.ts';
import { columnNames } from './rules.ts';

/** CSVで代理申請 (`screens.md O-10`). Today is 2026-01-15. */

let world: World;
let clerk: OfficeActor;

beforeAll(async () => {
  const made = await createWorld();
  world = { ...made, doctor: async (more = {}) => await made.doctor({ birthOn: '1980-04-01', ...more }) };
  const [district] = await world.offices(kita);
  if (district === undefined) throw new Error('no office');
  clerk = { ...district, role: 'clerk' };
});
afterAll(async () => {
  await world.close();
});

type Line = Partial<Record<keyof typeof sheetColumns, string>>;

const head = csvLine(columnNames.map((name) => sheetColumns[name]));

function sheet(lines: readonly Line[]): string {
  return head + lines.map((line) => csvLine(columnNames.map((name) => line[name] ?? ''))).join('');
}

const base: Line = { birthOn: '1980/04/01', wishedOn: '2026/02/01', ground: 'P01', askedOn: '2026/01/10' };
const leave: Line = { ...base, kind: '退会届', association: '27001', reason: 'W01', wishedOn: '2026/01/31' };

async function licenceOf(doctor: DoctorActor): Promise<string> {
  const { rows } = await world.database.system.query<{ number: string }>(
    'SELECT number FROM person_licence WHERE person_id = $1 AND current',
    [doctor.personId],
  );
  return rows[0]?.number ?? '';
}

async function check(text: string, actor = clerk) {
  return must(await ask(checkSheet, world.as(actor), { text })).checked;
}

async function enter(text: string, actor = clerk, key = newId()) {
  return await run(enterSheet, world.as(actor), { text, agreed: '1', originals: '1' }, key);
}

async function counts() {
  const { rows } = await world.database.system.query<{ cases: number; audits: number; outbox: number }>(
    `SELECT (SELECT count(*)::int FROM application) AS cases, (SELECT count(*)::int FROM outbox) AS outbox,
       (SELECT count(*)::int FROM audit_event WHERE action = 'application.submit') AS audits`,
  );
  return rows[0];
}

/** A member of 大阪市北区 alone: what is above may still be asked for. */
async function districtMember(): Promise<DoctorActor> {
  const doctor = await world.doctor();
  const { id } = await fileJoin(world.as(doctor), { lowestAssociationId: kita, upTo: 3, wishedOn: '2025-12-01' });
  must(await approveAs(world.as(clerk), id, { decidedOn: '2025-12-01' }));
  return doctor;
}

describe('CSVで代理申請(screens.md O-10)', () => {
  test('入会・異動・区分変更・退会の行が、1件ずつの届として一度に申請される', async () => {
    const [joining, moving, changing, leaving] = [
      await districtMember(),
      await memberOf(world, kita),
      await memberOf(world, kita),
      await memberOf(world, kita),
    ];
    const text = sheet([
      {
        ...base,
        kind: '入会届',
        licence: await licenceOf(joining),
        association: '27001',
        category2: 'A1',
        category1: 'A1',
        work: '11',
        position: '02',
      },
      {
        ...base,
        kind: '異動届',
        licence: await licenceOf(moving),
        association: '27002',
        category3: 'A1',
        reason: 'T02',
        work: '11',
        position: '02',
      },
      { ...base, kind: '会員区分変更', licence: `第${await licenceOf(changing)}号`, association: '27001', category3: 'B', reason: 'C06' },
      { ...leave, licence: await licenceOf(leaving), note: '電話で本人から' },
    ]);
    const found = await check(text);
    expect(found.faults).toEqual([]);
    expect(found.lines.map((line) => [line.line, line.paper])).toEqual([
      [2, '入会届'],
      [3, '異動届'],
      [4, '会員区分変更'],
      [5, '退会届'],
    ]);
    const key = newId();
    const { rows } = must(await enter(text, clerk, key));
    expect(must(await enter(text, clerk, key)).rows).toEqual(rows);
    const states = [];
    for (const row of rows) states.push((await statesOf(world, row.id)).slice(0, 2));
    expect(states).toEqual(Array.from({ length: 4 }, () => ['submitted', 'arrived']));
    const stored = await world.database.system.query<{ kind: string; proxy: number }>(
      'SELECT kind, proxy_association_id AS proxy FROM application WHERE id = ANY ($1::uuid[]) ORDER BY number',
      [rows.map((row) => row.id)],
    );
    expect(stored.rows).toEqual(['join', 'transfer', 'change', 'withdrawal'].map((kind) => ({ kind, proxy: kita })));
    const again = await check(text);
    expect(again.faults.length).toBeGreaterThanOrEqual(4);
    expect(await enter(text)).toMatchObject({ ok: false, refusal: { code: 'conflict' } });
  });

  test('1行でも誤りがあれば、理由を示して1件も申請しない', async () => {
    const good = await memberOf(world, kita);
    const licence = await licenceOf(good);
    const before = await counts();
    const text = sheet([
      { ...leave, licence },
      { ...leave, licence: '1' },
      { ...leave, licence, birthOn: '1980/04/02' },
      { ...leave, licence: '2', wishedOn: '2026/02/30', ground: '' },
      { ...leave, licence: '3', kind: '転会届' },
    ]);
    const found = await check(text);
    expect(found.faults.map(({ line, item, message }) => [line, item, message])).toEqual([
      [3, '医籍登録番号', '医籍登録番号と生年月日に一致する会員が見つかりません'],
      [4, '医籍登録番号', '同じ人の行が重複しています(行2)'],
      [5, '希望年月日', '希望年月日は正しい日付を入力してください(例:2026/04/01)'],
      [5, '根拠', '根拠を入力してください'],
      [6, '届', '入会届・異動届・会員区分変更・退会届のいずれかを入力してください'],
    ]);
    expect(await enter(text)).toMatchObject({ ok: false, refusal: { code: 'conflict', message: expect.stringContaining('4行に誤り') } });
    expect(await counts()).toEqual(before);
  });

  test('管轄外の会員は見つからず、外部委託先と医師は使えない', async () => {
    const doctor = await memberOf(world, kita);
    const [far] = await world.offices(13_005);
    if (far === undefined) throw new Error('no office');
    const text = sheet([{ ...leave, licence: await licenceOf(doctor) }]);
    expect((await check(text, far)).faults.map((one) => [one.name, one.message])).toEqual([
      ['', '医籍登録番号と生年月日に一致する会員が見つかりません'],
    ]);
    for (const actor of [{ ...clerk, role: 'trainingContractor' as const }, doctor]) {
      expect(await ask(checkSheet, world.as(actor), { text })).toMatchObject({ ok: false, refusal: { code: 'forbidden' } });
      expect(await run(enterSheet, world.as(actor), { text, agreed: '1', originals: '1' }, newId())).toMatchObject({ ok: false });
    }
  });

  test('ファイル全体の不備:見出し、件数、読み取れない文字コード', async () => {
    expect((await check('届,氏名\r\n退会届,日医')).broken).toContain('見出し行が様式と一致しません:');
    expect((await check(head)).broken).toBe('申請する行がありません。');
    expect((await check('"届\r\n')).broken).toContain('読み取れません');
    const many = sheet(Array.from({ length: 501 }, () => leave));
    expect((await check(many)).broken).toBe('一度に申請できるのは500件までです(このファイルは501件)。ファイルを分けてください。');
    expect(decodeSheet(iconv.encode('届,髙橋', 'cp932'))).toBe('届,髙橋');
    expect(decodeSheet(Uint8Array.from([0x81, 0x20, 0xff]))).toBeUndefined();
    expect(readCsv(`# 出力番号 1\r\n${csvLine(['=1+1', "'x", ' a '])}`)).toEqual([{ line: 2, cells: ['=1+1', "'x", 'a'] }]);
  });

  test('P13:5,000行の誤った行のどれにも理由があり、何も残らない', async () => {
    const licence = await licenceOf(await memberOf(world, kita));
    const random = new SeededRandom(13);
    const pick = <T>(values: readonly [T, ...T[]]): T => values[random.from(0, values.length - 1)] ?? values[0];
    const broken: [Line, ...Line[]] = [
      { licence: '=HYPERLINK("http://x")' },
      { birthOn: '9999/99/99' },
      { wishedOn: "'; DROP TABLE application; --" },
      { kind: '' },
      { kind: '入会届' },
      { askedOn: '令和8年13月1日' },
      { reason: '' },
      { ground: '' },
      { note: '長'.repeat(201) },
      { licence: '99999999999' },
      { licence: '0' },
    ];
    const before = await counts();
    for (let file = 0; file < 10; file += 1) {
      const lines = Array.from({ length: 500 }, (_, place): Line => ({ ...leave, licence: String(1 + place), ...pick(broken) }));
      const { faults, lines: ready } = await check(sheet(lines));
      expect(ready).toEqual([]);
      expect(new Set(faults.filter((fault) => fault.message !== '').map((fault) => fault.line)).size).toBe(500);
    }
    // One good line among them changes nothing.
    const mixed = sheet([{ ...leave, licence }, ...Array.from({ length: 20 }, (): Line => ({ ...leave, ...pick(broken) }))]);
    expect(await enter(mixed)).toMatchObject({ ok: false });
    expect(await counts()).toEqual(before);
  });
});

describe('終了する会員区分の会員(screens.md O-20)', () => {
  const conditions = async (code: string) => {
    const { list } = must(await ask(ownList, world.as(clerk), { tab: 'member-categories' }));
    const found = list.tab === 'member-categories' ? list.rows.find((row) => row.code === code) : undefined;
    if (found === undefined) throw new Error('no category');
    return { id: found.id, asked: `?category=${found.id}` };
  };

  async function lines(asked: string, actor = clerk): Promise<Line[]> {
    const ctx = world.as(actor);
    return await readTransaction(ctx, async (tx) => {
      const found: Line[] = [];
      for await (const page of categoryMoveSheet.pages(tx, ctx, { conditions: asked, columns: columnNames }))
        for (const { cells } of page) found.push(Object.fromEntries(columnNames.map((name, place) => [name, cells[place] ?? ''])));
      return found;
    });
  }

  test('移行先を決めると、会員ごとの届の行ができ、書き加えれば申請できる', async () => {
    const [moving, staying] = [await memberOf(world, kita), await memberOf(world, kita)];
    const { id, asked } = await conditions('A1');
    const b = await conditions('B');
    expect(await lines(asked)).toEqual([]);
    const change = { id, version: 1, description: '', endsOn: '2026/03/31', successorId: String(b.id) };
    must(await run(changeCategory, world.as({ ...clerk, role: 'admin' }), change, newId()));
    const found = await lines(asked);
    const licences = found.map((line) => line.licence);
    expect(licences).toEqual(expect.arrayContaining([await licenceOf(moving), await licenceOf(staying)]));
    expect(new Set(licences).size).toBe(licences.length);
    const licence = await licenceOf(moving);
    const [line] = found.filter((one) => one.licence === licence);
    expect(line).toMatchObject({
      kind: '会員区分変更',
      birthOn: '1980/04/01',
      wishedOn: '2026/04/01',
      association: '27001',
      category3: 'B',
    });
    expect([line?.reason, line?.ground, line?.askedOn, line?.category1]).toEqual(['', '', '', '']);
    const done = sheet([{ ...line, reason: 'C06', ground: 'P01', askedOn: '2026/01/10' }]);
    expect((await check(done)).faults).toEqual([]);
    must(await enter(done));
    const [stranger] = await world.offices(13_005);
    if (stranger === undefined) throw new Error('no office');
    expect(await lines(asked, stranger)).toEqual([]);
  });

  test('一覧の条件は、区分の番号だけ', () => {
    expect(['', '?category=', '?category=x', '?category=1234567890'].map((asked) => categoryMoveSheet.fits(asked))).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});
