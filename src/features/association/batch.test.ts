import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/id.ts';
import { contentLine } from '#features/member-notification/content-labels.ts';
import { memberNotificationReactions } from '#features/member-notification/reactions.ts';
import { staffReactions } from '#features/staff/reactions.ts';
import { must, officeActor, system } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { csvLine } from '#platform/sheet/csv.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { adminWithMail, mailsOf } from '#support/staff-with-mail.ts';
import { proposeBatch, reserveBatch, withdrawBatch } from './commands/keep-batch.ts';
import { proposeChange, withdrawChange } from './commands/keep-master.ts';
import { carryOutChanges } from './daily.ts';
import type { MasterColumn } from './master-sheet.ts';
import { columnLabels, columnNames } from './master-sheet.ts';
import { masterDetail, masterList } from './queries/master.ts';
import { batchDetail, checkBatch, masterSheet } from './queries/master-sheet.ts';
import { masterTree } from './queries/master-tree.ts';

const jma = { id: 0, name: '日本医師会', layer: 1 } as const;
const first = officeActor(jma);
const second = officeActor(jma);
let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.close();
});

type Edit = Partial<Record<MasterColumn, string>>;

/** The file as it goes out, some of its lines edited. */
async function fileWith(edits: Readonly<Record<string, Edit>>): Promise<string> {
  const [head, ...lines] = must(await ask(masterSheet, world.as(first), { prefecture: '27' }));
  const edited = lines.map((cells) => {
    const edit: Edit = edits[cells[0] ?? ''] ?? {};
    return columnNames.map((name, place) => edit[name] ?? cells[place] ?? '');
  });
  return [head ?? [], ...edited].map((cells) => csvLine(cells)).join('');
}

const check = async (text: string) => must(await ask(checkBatch, world.as(first), { text }));

describe('医師会マスタの一覧', () => {
  test('種別・都道府県・状態・確認で絞り込め、コードの降順にも並び、階層では該当する医師会とその上位だけが示される', async () => {
    const list = async (input: Record<string, string>) => must(await ask(masterList, world.as(first), input)).rows;
    expect(new Set((await list({ kind: 'university', prefecture: '13' })).map((row) => `${row.kind} ${row.prefecture}`))).toEqual(
      new Set(['university 東京都']),
    );
    expect((await list({ checked: 'checked' })).every((row) => row.certainty !== 'unverified')).toBe(true);
    expect(await list({ state: 'closed' })).toEqual([]);
    const down = (await list({ prefecture: '27', sort: '-code' })).map((row) => row.code);
    expect(down).toEqual(down.toSorted().toReversed());
    const next = await list({ prefecture: '27', sort: '-code', after: down[0] ?? '' });
    expect(next[0]?.code).toBe(down[1]);
    const { roots, count } = must(await ask(masterTree, world.as(first), { q: '27001' }));
    expect(count).toBe(1);
    const path = [roots[0], roots[0]?.below[0], roots[0]?.below[0]?.below[0]];
    expect(path.map((one) => [one?.code, one?.found])).toEqual([
      ['00000', false],
      ['27000', false],
      ['27001', true],
    ]);
    expect(must(await ask(masterTree, world.as(first), {})).count).toBeGreaterThan(900);
  });
});

describe('CSVで一括更新', () => {
  test('保存したファイルはそのまま戻しても変更がなく、Excelが先頭の0を除いても同じ医師会になる', async () => {
    const checked = await check(await fileWith({}));
    expect(checked).toMatchObject({ broken: undefined, lines: [], faults: [], warnings: [] });
    expect(checked.same).toBe(checked.total);
    const [, sapporo] = must(await ask(masterSheet, world.as(first), { q: '01001' }));
    const bare = [columnLabels, (sapporo ?? []).map((cell) => cell.replace(/^0+(?=\d)/, ''))].map((cells) => csvLine(cells)).join('');
    expect(await check(bare)).toMatchObject({ total: 1, same: 1, faults: [] });
  });

  test('誤りは行・項目・値・内容とともにすべて示され、1行でも誤りがあれば1件も変更されない', async () => {
    const startsOn = '2026/04/01';
    const text = await fileWith({
      '27001': { name: '', kana: 'かな', startsOn },
      '27002': { parentCode: '27003', startsOn },
      '27003': { parentCode: '99999', startsOn },
      '27004': { layer: '2', opensOn: '2020/01/01' },
      '27005': { name: '新しい名称' },
      '27006': { kind: '町', prefectureCode: '99', certainty: 'はい', startsOn },
      '27007': { name: '過ぎた日', startsOn: '2026/01/14' },
      '27008': { closesOn: '2026/03/31', name: '同時に改称' },
      '27009': { startsOn },
      '27010': { code: '88888' },
      '27011': { code: '27012' },
      '27013': { name: '正しい行', startsOn },
    });
    const { faults, lines, total } = await check(text);
    const [head] = text.split('\r\n');
    const lineOf = (code: string) => text.split('\r\n').findIndex((line) => line.startsWith(`${code},`)) + 1;
    expect(head).toBe(columnLabels.join(','));
    expect(faults).toContainEqual({ line: lineOf('27001'), item: '名称', value: '', message: '名称を入力してください' });
    const items = Map.groupBy(faults, (fault) => fault.line);
    const found = (code: string) => (items.get(lineOf(code)) ?? []).map((fault) => fault.item);
    expect(found('27002')).toEqual(['上位医師会コード']);
    expect(found('27003')).toEqual(['上位医師会コード']);
    expect(found('27004')).toEqual(['階層', '設立日']);
    expect(found('27005')).toEqual(['適用日']);
    expect(found('27006')).toEqual(['種別', '都道府県コード', '確認']);
    expect(found('27007')).toEqual(['適用日']);
    expect(found('27008')).toEqual(['廃止日']);
    expect(found('27009')).toEqual(['適用日']);
    expect(found('88888')).toEqual(['医師会コード']);
    expect(faults.filter((fault) => fault.message.includes('重複'))).toHaveLength(1);
    expect([lines.map((line) => line.code), total > 20]).toEqual([['27013'], true]);
    expect(await run(proposeBatch, world.as(first), { text, reason: '年度の見直し' })).toMatchObject({ refusal: { code: 'conflict' } });
    expect((await check('a,b\r\n1,2\r\n')).broken).toContain('見出し行が様式と一致しません');
    const many = `${columnLabels.join(',')}\r\n${'1,2\r\n'.repeat(5_000)}`;
    expect((await check(many)).faults).toHaveLength(5_000);
    expect((await check(`${many}1,2\r\n`)).broken).toContain('5,000件まで');
  });

  test('1人が入力し、別の1人が予約し、適用日に変わり、すべての医師会に1行で件数とともに知らされる', async () => {
    const startsOn = '2026/04/01';
    const text = await fileWith({
      '27001': { name: '新北区医師会', kana: 'シンキタクイシカイ', startsOn },
      '27002': { certainty: '確認済', kind: 'その他', startsOn },
      '27020': { closesOn: '2026/03/31' },
    });
    const checked = await check(text);
    expect(checked.faults).toEqual([]);
    expect(checked.lines.find((line) => line.code === '27001')?.changes).toEqual([
      { label: '名称', before: '大阪市北区医師会', after: '新北区医師会' },
      { label: 'フリガナ', before: expect.anything(), after: 'シンキタクイシカイ' },
    ]);
    const key = newId();
    const { id } = must(await run(proposeBatch, world.as(first), { text, reason: '年度の見直し' }, key));
    expect(must(await run(proposeBatch, world.as(first), { text, reason: '年度の見直し' }, key)).id).toBe(id);
    expect(must(await ask(masterList, world.as(second), {})).batches.map((one) => one.id)).toEqual([id]);
    const rename = { code: '27001', kind: 'rename', name: '別の名称', kana: 'ベツノメイショウ', startsOn, reason: '別' };
    expect(await run(proposeChange, world.as(second), rename)).toMatchObject({ refusal: { code: 'conflict' } });
    expect(await run(reserveBatch, world.as(first), { id })).toMatchObject({ refusal: { code: 'forbidden' } });
    expect(await run(reserveBatch, world.as(officeActor({ id: 27_000, name: '', layer: 2 })), { id })).toMatchObject({ ok: false });
    must(await run(reserveBatch, world.as(second), { id }, newId()));
    expect(await run(reserveBatch, world.as(second), { id }, newId())).toMatchObject({ refusal: { code: 'conflict' } });
    const own = must(await ask(masterDetail, world.as(second), { code: '27001' })).changes[0];
    expect(await run(withdrawChange, world.as(second), { id: own?.id })).toMatchObject({ refusal: { code: 'conflict' } });

    const onDay = new Date('2026-04-01T03:00:00Z');
    for (let round = 0; round < 2; round += 1) await carryOutChanges(world.as(system, onDay));
    const { lines } = must(await ask(batchDetail, world.as(first, onDay), { id }));
    expect(lines.map((line) => line.state)).toEqual(['done', 'done', 'done']);
    const after = async (code: string) => must(await ask(masterDetail, world.as(first, onDay), { code })).row;
    expect(await after('27001')).toMatchObject({ name: '新北区医師会', state: 'active' });
    expect(await after('27002')).toMatchObject({ certainty: 'sourced', kind: 'other' });
    expect(await after('27020')).toMatchObject({ state: 'closed' });
    const audits = await world.database.system.query("SELECT 1 FROM audit_event WHERE action = 'association.carryOutChange'");
    expect(audits.rowCount).toBe(3);

    const news = await world.database.system.query<{ payload: Record<string, unknown> }>(
      "SELECT payload FROM outbox WHERE kind = 'association.masterChanged'",
    );
    expect(news.rows.map((row) => row.payload)).toEqual([expect.objectContaining({ more: 2, startsOn: '2026-04-01' })]);
    const [told] = news.rows;
    for (let round = 0; round < 2; round += 1)
      await memberNotificationReactions['association.masterChanged']?.(world.as(system, onDay), { outboxId: '1', ...told?.payload });
    const rows = await world.database.system.query<{ n: number; offices: number }>(
      'SELECT max(more_associations) AS n, count(DISTINCT association_id)::int AS offices FROM member_notification',
    );
    expect(rows.rows[0]).toEqual({ n: 2, offices: expect.any(Number) });
    expect(rows.rows[0]?.offices).toBeGreaterThan(900);
    const said = { deed: 'masterChanged', about: '新北区医師会', also: [], more: 2, on: null } as const;
    expect(contentLine({ ...said, categoryBefore: null, categoryAfter: null, fields: [], changes: [] })).toBe(
      '新北区医師会 ほか2件 医師会マスタの情報が変更されました。',
    );
  });

  test('廃止する行を予約すると、その医師会の管理者にメールで知らされ、取り消すと取消が知らされる', async () => {
    await adminWithMail(world, 27_025, 'admin-27025@example.jp');
    const text = await fileWith({ '27025': { closesOn: '2026/06/30' }, '27026': { name: '残る医師会', startsOn: '2026/07/01' } });
    const { id } = must(await run(proposeBatch, world.as(first), { text, reason: '廃止' }, newId()));
    const hear = async () => {
      const planned = await world.database.system.query<{ payload: { changeId: string } }>(
        "SELECT payload FROM outbox WHERE kind = 'association.endPlanned' AND payload ->> 'changeId' IN (SELECT id::text FROM association_change WHERE batch_id = $1)",
        [id],
      );
      for (const { payload } of planned.rows) await staffReactions['association.endPlanned']?.(world.as(system), payload);
      return { events: planned.rows.length, mails: (await mailsOf(world, 'M-31')).map((mail) => `${mail.to} ${mail.subject}`) };
    };
    expect(await hear()).toEqual({ events: 0, mails: [] });
    must(await run(reserveBatch, world.as(second), { id }, newId()));
    const end = 'admin-27025@example.jp 【MAMIS】医師会の組織改編とアカウントの終了について';
    expect(await hear()).toEqual({ events: 1, mails: [end] });
    must(await run(withdrawBatch, world.as(first), { id }, newId()));
    const after = await hear();
    expect(after).toMatchObject({ events: 2, mails: [end, expect.stringContaining('取消')] });
  });

  test('取り消した一括更新は適用されず、同じ医師会をまた変更できる。本日の変更は予約とともに適用される', async () => {
    const text = await fileWith({ '27021': { name: '取り消す名称', startsOn: '2026/05/01' } });
    const { id } = must(await run(proposeBatch, world.as(first), { text, reason: '誤り' }, newId()));
    must(await run(withdrawBatch, world.as(first), { id }, newId()));
    expect(await run(withdrawBatch, world.as(first), { id }, newId())).toMatchObject({ refusal: { code: 'conflict' } });
    const today = await fileWith({ '27021': { name: '本日の名称', startsOn: '2026/01/15' } });
    const again = must(await run(proposeBatch, world.as(first), { text: today, reason: '改称' }, newId()));
    must(await run(reserveBatch, world.as(second), { id: again.id }, newId()));
    expect(must(await ask(masterDetail, world.as(first), { code: '27021' })).row.name).toBe('本日の名称');
  });
});
