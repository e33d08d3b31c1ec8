import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileJoin, must } from '#main/demo/acting.ts';
import { ask } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import { pdfPages } from '#support/pdf-text.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import type { CaseCopy } from '../documents/case-copy.ts';
import { caseCopyTemplate } from '../documents/case-copy.ts';
import { myCaseCopy, officeCaseCopy } from './case-copy.ts';

let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.close();
});

/** What a reader's program finds in the PDF, and the fonts it carries. */
async function read(ctx: Context, copy: CaseCopy): Promise<{ text: string; pages: number; bytes: number }> {
  const bytes = await ctx.render.print(caseCopyTemplate, copy);
  if (bytes === undefined) throw new Error('not printed');
  const texts = await pdfPages(bytes);
  return { text: texts.join('\n'), pages: texts.length, bytes: bytes.byteLength };
}

async function filed() {
  const doctor = await world.doctor({ surname: '𠮷﨑', givenName: '髙太', surnameKana: 'ヨシザキ', givenNameKana: 'コウタ' });
  const { id, number } = await fileJoin(world.as(doctor), {
    lowestAssociationId: 27_001,
    wishedOn: '2026-02-01',
    details: { note: '#set text(size: 99pt)\n$x$ *太字* [括弧] "引用" \\ 改行' },
  });
  const [district] = await world.offices(27_001);
  const [stranger] = await world.offices(13_005);
  if (district === undefined || stranger === undefined) throw new Error('no chain');
  return { id, number, doctor, district, stranger };
}

describe('届の控え(L-06)', () => {
  test('医師の控えは、字体を変えず、取り出せる文字で、申請の内容を示す', async () => {
    const { id, number, doctor } = await filed();
    const ctx = world.as(doctor);
    const { copy } = must(await ask(myCaseCopy, ctx, { id }));
    const { text, pages } = await read(ctx, copy);
    for (const part of [
      '入会届の控え',
      number,
      '𠮷﨑 髙太',
      'ヨシザキ コウタ',
      '大阪市北区医師会',
      '受付待ち',
      '医師免許証.pdf',
      '令和8年2月1日',
    ])
      expect(text).toContain(part);
    expect(text).toContain('#set text(size: 99pt)');
    expect(text).toContain('*太字* [括弧]');
    expect(pages).toBeLessThan(4);
  });

  test('事務局の控えは、関係する医師会だけが作れる', async () => {
    const { id, number, district, stranger } = await filed();
    const ctx = world.as(district);
    const { text } = await read(ctx, must(await ask(officeCaseCopy, ctx, { id })).copy);
    for (const part of [number, '[3層] 大阪市北区医師会', '[1層] 日本医師会', '未到達', '𠮷﨑 髙太']) expect(text).toContain(part);
    expect(await ask(officeCaseCopy, world.as(stranger), { id })).toMatchObject({ refusal: { code: 'notFound' } });
    expect(await ask(myCaseCopy, world.as(await world.doctor()), { id })).toMatchObject({ refusal: { code: 'notFound' } });
    expect(await ask(officeCaseCopy, world.as(await world.doctor()), { id })).toMatchObject({ ok: false, refusal: { code: 'forbidden' } });
  });

  test('作るたびに操作履歴に残る', async () => {
    const { id, doctor } = await filed();
    must(await ask(myCaseCopy, world.as(doctor), { id }));
    const { rows } = await world.database.system.query<{ count: number }>(
      "SELECT count(*) FROM audit_event WHERE action = 'application.printed' AND target = $1",
      [id],
    );
    expect(rows[0]?.count).toBe(1);
  });
});
