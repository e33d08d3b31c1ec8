import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { day } from '#kernel/day.ts';
import { must, officeActor } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { kita } from '#support/case-mix.ts';
import { pdf, png } from '#support/sample-files.ts';
import { addAccount } from '#features/identity/commands/create-account.ts';
import { system } from '#main/demo/acting.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { requestName, saveInfo, takeSeal } from './commands/save-info.ts';
import { associationsById } from './queries/directory.ts';
import { associationInfo, infoOfAssociations, infoReview, infoStart, ownSeal } from './queries/info.ts';

const osaka = 27_000;
let world: World;
let admin: OfficeActor;

beforeAll(async () => {
  world = await createWorld();
  const account = {
    loginId: 'info-admin',
    passwordHash: '$argon2id$never',
    kind: 'staff',
    displayName: '事務局 花子',
    mail: 'info@example.jp',
  };
  const { accountId } = must(await run(addAccount, world.as(system), account));
  admin = officeActor({ id: kita, name: '大阪市北区医師会', layer: 3 }, { accountId });
});
afterAll(async () => {
  await world.close();
});

const form = {
  version: 0,
  presidentName: '中之島 太郎',
  postalCode: '530-0001',
  address: '大阪府大阪市北区梅田1-1',
  tel: '06-0000-0000',
  mail: 'kita@example.jp',
  website: 'https://example.jp/',
  joinGuide: '入会の前に\nご連絡ください。',
  way: 'direct',
  signerTitle: '会長',
  signerName: '中之島 太郎',
  breachMail: 'president@example.jp',
  startsOn: '2026/01/15',
};

const infoAt = async (on: string) =>
  await readTransaction(world.as(admin), async (tx) => (await infoOfAssociations(tx, [kita], day(on)))[0]);

describe('医師会情報', () => {
  test('適用日ごとの版が積み重なり、その日から使われ、履歴に残り、上層・下層への知らせになる', async () => {
    expect(must(must(await ask(infoReview, world.as(admin), form))).changes.filter((line) => line.changed)).toHaveLength(9);
    must(await run(saveInfo, world.as(admin), form, newId()));
    must(await run(saveInfo, world.as(admin), { ...form, version: 1, tel: '06-1111-1111', startsOn: '2026/04/01' }, newId()));
    expect([(await infoAt('2026-01-14'))?.tel, (await infoAt('2026-03-31'))?.tel, (await infoAt('2026-04-01'))?.tel]).toEqual([
      undefined,
      '06-0000-0000',
      '06-1111-1111',
    ]);
    const [contact] = await readTransaction(world.as(admin), async (tx) => await associationsById(tx, [kita], day('2026-01-15')));
    expect(contact).toMatchObject({ tel: '06-0000-0000', mail: 'kita@example.jp' });
    const view = must(await ask(associationInfo, world.as(admin), {}));
    expect(view.versions.map(({ version, state, changes }) => [version, state, changes.length])).toEqual([
      [2, 'ahead', 1],
      [1, 'current', 9],
    ]);
    const news = await world.database.system.query(
      `SELECT payload ->> 'startsOn' AS "on" FROM outbox WHERE kind = 'association.infoChanged'`,
    );
    expect(news.rows).toEqual([{ on: '2026-01-15' }, { on: '2026-04-01' }]);
  });

  test('管理者だけが変更でき、古い版・過去の適用日・変更のない保存は断られる', async () => {
    const clerk = world.as({ ...admin, role: 'clerk' });
    expect(await run(saveInfo, clerk, { ...form, version: 2 })).toMatchObject({ refusal: { code: 'forbidden' } });
    expect(must(await ask(associationInfo, clerk, {})).mayEdit).toBe(false);
    expect(await run(saveInfo, world.as(admin), form)).toMatchObject({ refusal: { code: 'conflict' } });
    const next = { ...form, version: 2, tel: '06-1111-1111' };
    expect(await run(saveInfo, world.as(admin), { ...next, fax: '06-2222-2222', startsOn: '2026/01/14' })).toMatchObject({
      refusal: { fields: { startsOn: expect.anything() } },
    });
    expect(await run(saveInfo, world.as(admin), { ...form, version: 2 })).toMatchObject({ refusal: { code: 'invalid' } });
    expect(await run(saveInfo, world.as(admin), { ...next, website: 'javascript:alert(1)', postalCode: '12' })).toMatchObject({
      refusal: { fields: { website: expect.anything(), postalCode: expect.anything() } },
    });
  });

  test('漏えい報告先は、ほかの医師会には見えない', async () => {
    const { rows } = await world.database.system.query('SELECT count(*)::int AS n FROM association_breach_mail');
    expect(rows).toEqual([{ n: 2 }]);
    const seen = async (actor: OfficeActor) =>
      await readTransaction(world.as(actor), async (tx) => await tx.selectFrom('association_breach_mail').select('mail').execute());
    expect(await seen(admin)).toHaveLength(2);
    expect(await seen(officeActor({ id: osaka, name: '', layer: 2 }))).toEqual([]);
  });

  test('印影は画像だけを受け付け、自医師会のものとして版に記される', async () => {
    const ctx = world.as(admin);
    expect(await takeSeal(ctx, new File([new Uint8Array(pdf())], 'seal.png'))).toMatchObject({ ok: false });
    const { id } = must(await takeSeal(ctx, new File([new Uint8Array(png())], 'seal.png')));
    expect(must(await ask(ownSeal, ctx, { id })).mediaType).toBe('image/png');
    const other = world.as(officeActor({ id: osaka, name: '', layer: 2 }));
    expect(await ask(ownSeal, other, { id })).toMatchObject({ refusal: { code: 'notFound' } });
    expect(await run(saveInfo, other, { ...form, version: 0, sealId: id })).toMatchObject({
      refusal: { fields: { seal: expect.anything() } },
    });
    must(await run(saveInfo, ctx, { ...form, version: 2, sealId: id, startsOn: '2026/01/16' }));
    expect((await infoAt('2026-01-16'))?.sealId).toBe(id);
  });

  test('予定があるあいだの変更は予定にも引き継がれ、予定は予定として変更できる', async () => {
    const ctx = world.as(admin);
    const planned = must(await ask(infoStart, ctx, { on: '2026-04-01' }));
    expect([planned.base, planned.content.tel, planned.content.sealId]).toEqual([4, '06-1111-1111', (await infoAt('2026-01-16'))?.sealId]);
    const { version, base, content } = must(await ask(infoStart, ctx, {}));
    const now = { ...content, sealId: content.sealId ?? '', version, base, fax: '06-2222-2222', startsOn: '2026/01/15' };
    const late = { ...now, startsOn: '2026/04/01' };
    const early = { ...now, base: planned.base, startsOn: '2026/03/31' };
    for (const refused of [late, early]) {
      expect(await run(saveInfo, ctx, refused)).toMatchObject({ refusal: { fields: { startsOn: expect.anything() } } });
    }
    expect(must(must(await ask(infoReview, ctx, now))).alsoFrom).toEqual(['2026-01-16', '2026-04-01']);
    must(await run(saveInfo, ctx, now, newId()));
    expect(await infoAt('2026-04-01')).toMatchObject({ tel: '06-1111-1111', fax: '06-2222-2222', sealId: planned.content.sealId });
    const again = { ...now, tel: '06-3333-3333', sealId: planned.content.sealId, version: 7, base: 7, startsOn: '2026/04/01' };
    must(await run(saveInfo, ctx, again, newId()));
    expect([(await infoAt('2026-03-31'))?.tel, (await infoAt('2026-04-01'))?.tel]).toEqual(['06-0000-0000', '06-3333-3333']);
    const view = must(await ask(associationInfo, ctx, {}));
    expect(view.versions.map((one) => [one.version, one.state, one.changes.length])).toEqual([
      [8, 'ahead', 1],
      [7, 'past', 1],
      [6, 'ahead', 1],
      [5, 'current', 1],
      [4, 'past', 1],
      [3, 'past', 1],
      [2, 'past', 1],
      [1, 'past', 9],
    ]);
  });

  test('名称の変更は日本医師会への申出になり、回答までは一つだけ出せる', async () => {
    const asked = { name: '大阪市北医師会', kana: 'オオサカシキタイシカイ', startsOn: '2026/04/01', reason: '定款の変更のため' };
    expect(await run(requestName, world.as(admin), { ...asked, name: '大阪市北区医師会', kana: asked.kana, reason: '' })).toMatchObject({
      refusal: { code: 'invalid' },
    });
    must(await run(requestName, world.as(admin), asked, newId()));
    expect(await run(requestName, world.as(admin), asked, newId())).toMatchObject({ refusal: { code: 'conflict' } });
    expect(must(await ask(associationInfo, world.as(admin), {})).requests.map((one) => one.name)).toEqual(['大阪市北医師会']);
  });
});
