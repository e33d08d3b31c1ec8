import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DoctorActor, OfficeActor } from '#kernel/actor.ts';
import { day } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { categoriesOf } from '#features/association/queries/directory.ts';
import { newNotice } from '#features/notice/queries/office-notice.ts';
import { saveMailing } from '#features/profile/commands/save-mailing.ts';
import { saveMemberMailing } from '#features/profile/commands/save-member-mailing.ts';
import { ownMailing } from '#features/profile/queries/mailing.ts';
import { memberMailing } from '#features/profile/queries/office-mailing.ts';
import { must, officeActor } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { kita, minato } from '#support/case-mix.ts';
import { memberOf } from '#support/moving.ts';
import { asActor, attempt } from '#support/row-views.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { addCategory, changeCategory } from './commands/keep-category.ts';
import { endOwnField, keepField } from './commands/keep-field.ts';
import { keepMailing, removeMailing } from './commands/keep-mailing.ts';
import { copyNoticeCategories, endNoticeCategory, keepNoticeCategory } from './commands/keep-notice-category.ts';
import { orderEntries } from './commands/order.ts';
import { saveValues } from './commands/save-values.ts';
import { categoryEntry, mailingEntry } from './queries/entries.ts';
import type { ListRows } from './queries/lists.ts';
import { ownList } from './queries/lists.ts';
import { memberFields, shownFieldsOf } from './queries/member-fields.ts';

let world: World;
let admin: OfficeActor;
let clerk: OfficeActor;
let foreign: OfficeActor;
let doctor: DoctorActor;

beforeAll(async () => {
  world = await createWorld();
  const office = { id: kita, name: '大阪市北区医師会', layer: 3 } as const;
  admin = officeActor(office);
  clerk = officeActor(office, { role: 'clerk' });
  foreign = officeActor({ id: minato, name: '東京都港区医師会', layer: 3 });
  doctor = await memberOf(world, kita);
});
afterAll(async () => {
  await world.close();
});

const by = (actor: OfficeActor | DoctorActor) => world.as(actor);
const listed = async (tab: ListRows['tab'], actor = admin) => must(await ask(ownList, by(actor), { tab })).list;
const namesIn = async (tab: ListRows['tab']) => (await listed(tab)).rows.map((row) => row.name);

describe('送付物(screens.md O-20, D-04)', () => {
  const bulletin = { id: 'new', name: '会報', kind: 'post', categories: [], refusable: '1' };

  test('管理者だけが登録・変更し、並べ替え、終了日を過ぎると終了になる', async () => {
    expect(await run(keepMailing, by(clerk), bulletin, newId())).toMatchObject({ refusal: { code: 'forbidden' } });
    const { id } = must(await run(keepMailing, by(admin), bulletin, newId()));
    const second = must(await run(keepMailing, by(admin), { ...bulletin, name: '研修会の案内', kind: 'fax', refusable: '' }, newId()));
    expect(await namesIn('mailings')).toEqual(['会報', '研修会の案内']);
    must(
      await run(
        orderEntries,
        by(admin),
        {
          tab: 'mailings',
          items: [
            { id, order: '２' },
            { id: second.id, order: '1' },
          ],
        },
        newId(),
      ),
    );
    expect(await namesIn('mailings')).toEqual(['研修会の案内', '会報']);
    const { version } = must(await ask(mailingEntry, by(admin), { id: String(id) }));
    const wrong = await run(keepMailing, by(admin), { ...bulletin, id, version, endsOn: '2020/01/01' }, newId());
    expect(wrong).toMatchObject({ refusal: { fields: { endsOn: [expect.any(String)] } } });
    const late = await run(keepMailing, by(admin), { ...bulletin, id, version: version + 1 }, newId());
    expect(late).toMatchObject({ refusal: { code: 'conflict' } });
    must(await run(keepMailing, by(admin), { ...bulletin, id, version, endsOn: by(admin).today }, newId()));
    expect(await run(keepMailing, by(foreign), { ...bulletin, id, version }, newId())).toMatchObject({ refusal: { code: 'notFound' } });
    expect((await listed('mailings', foreign)).rows).toEqual([]);
  });

  test('医師が送付先を選んだ送付物は使用中で、削除できない。送付不要は認めたものだけ', async () => {
    const shown = must(await ask(ownMailing, by(doctor), {}));
    const [fax, post] = shown.mailings;
    expect([fax?.offered, post?.offered]).toEqual([
      ['default', 'facility', 'home'],
      ['default', 'facility', 'home', 'none'],
    ]);
    if (fax === undefined || post === undefined) throw new Error('no mailings');
    const form = { sendTo: 'facility', faxTo: 'none', mails: ['notices', 'training'], version: shown.version };
    const asked = (mailingId: number, sendTo: string) => ({ ...form, choices: [{ mailingId, sendTo }] });
    expect(await run(saveMailing, by(doctor), asked(fax.id, 'none'), newId())).toMatchObject({
      refusal: { fields: { 'choices.0.sendTo': [expect.any(String)] } },
    });
    must(await run(saveMailing, by(doctor), asked(post.id, 'none'), newId()));
    expect(must(await ask(ownMailing, by(doctor), {})).mailings.map((one) => one.sendTo)).toEqual(['default', 'none']);
    expect(must(await ask(memberMailing, by(clerk), { id: doctor.personId })).mailings.map((one) => one.sendTo)).toEqual([
      'default',
      'none',
    ]);
    const change = { id: doctor.personId, choices: [{ mailingId: post.id, sendTo: 'home', seen: 'none' }] };
    expect(must(await run(saveMemberMailing, by(clerk), change, newId())).changed).toBe(1);
    expect(await run(saveMemberMailing, by(clerk), change, newId())).toMatchObject({ refusal: { code: 'conflict' } });
    expect(await run(saveMemberMailing, by(foreign), change, newId())).toMatchObject({ refusal: { code: 'notFound' } });
    expect(must(await ask(ownMailing, by(doctor), {})).mailings.map((one) => one.sendTo)).toEqual(['default', 'home']);
    const { version } = must(await ask(mailingEntry, by(admin), { id: post.id }));
    expect(await run(removeMailing, by(admin), { id: post.id, version }, newId())).toMatchObject({
      refusal: { code: 'conflict', message: '使用中のため削除できません。終了日を設定してください。' },
    });
    const unused = must(await ask(mailingEntry, by(admin), { id: fax.id }));
    must(await run(removeMailing, by(admin), { id: fax.id, version: unused.version }, newId()));
    expect(await namesIn('mailings')).toEqual(['会報']);
  });
});

describe('会員区分(rules.md 4.2)', () => {
  test('コードは重複しない。会員のいる区分は移行先を選ばなければ終えられず、終えると翌日から選べない', async () => {
    const fresh = { code: '甲', name: '甲会員', jmaCode: 'A1', startsOn: '2026/01/01' };
    must(await run(addCategory, by(admin), fresh, newId()));
    expect(await run(addCategory, by(admin), fresh, newId())).toMatchObject({
      refusal: { fields: { code: ['このコードは既に使用されています。'] } },
    });
    const before = await listed('member-categories');
    if (before.tab !== 'member-categories') throw new Error('another list');
    const used = before.rows.find((row) => row.members > 0);
    const next = before.rows.find((row) => row.code === '甲');
    if (used === undefined || next === undefined) throw new Error('no member');
    const { version } = must(await ask(categoryEntry, by(admin), { id: used.id }));
    const end = { id: used.id, version, description: '', endsOn: '2026/03/31' };
    expect(await run(changeCategory, by(admin), end, newId())).toMatchObject({
      refusal: { fields: { successorId: [`この区分の会員が${used.members}名います。移行先の区分を選択してください。`] } },
    });
    const itself = await run(changeCategory, by(admin), { ...end, successorId: used.id }, newId());
    expect(itself).toMatchObject({ refusal: { fields: { successorId: [expect.any(String)] } } });
    expect(must(await run(changeCategory, by(admin), { ...end, successorId: next.id }, newId())).members).toBe(used.members);
    const offered = async (on: string) =>
      await readTransaction(by(admin), async (tx) => (await categoriesOf(tx, [kita], day(on))).some((row) => row.id === used.id));
    expect([await offered('2026-03-31'), await offered('2026-04-01')]).toEqual([true, false]);
    expect(must(await ask(categoryEntry, by(admin), { id: used.id }))).toMatchObject({ after: used.members, successor: '甲会員' });
    expect(await run(changeCategory, by(foreign), end, newId())).toMatchObject({ refusal: { code: 'notFound' } });
  });
});

describe('お知らせカテゴリ(screens.md O-20, O-16)', () => {
  test('自分のものを登録すると共通のものに代わり、終了すると選べなくなる', async () => {
    const offered = async () => must(await ask(newNotice, by(admin), {})).choices.categories.map((one) => one.label);
    const common = await offered();
    must(await run(copyNoticeCategories, by(admin), {}, newId()));
    expect(await offered()).toEqual(common);
    expect(await run(copyNoticeCategories, by(admin), {}, newId())).toMatchObject({ refusal: { code: 'conflict' } });
    must(await run(keepNoticeCategory, by(admin), { id: 'new', name: '班会' }, newId()));
    expect(await run(keepNoticeCategory, by(admin), { id: 'new', name: '班会' }, newId())).toMatchObject({
      refusal: { fields: { name: ['この名称は既に使用されています。'] } },
    });
    const [first] = (await listed('notice-categories')).rows;
    must(await run(endNoticeCategory, by(admin), { id: first?.id, version: 1 }, newId()));
    expect(await offered()).toEqual([...common.slice(1), '班会']);
  });
});

describe('独自項目(screens.md O-20, O-08)', () => {
  const define = async (more: Record<string, unknown>) =>
    must(await run(keepField, by(admin), { id: 'new', kind: 'text', choices: '', ...more }, newId())).id;

  test('値は自医師会だけのもので、誤りはその項目に示され、表示する項目だけが本人に見える', async () => {
    const group = await define({ name: '班', kind: 'choice', choices: '一班\n二班', shown: '1' });
    const since = await define({ name: '届出日', kind: 'day' });
    const id = doctor.personId;
    const save = async (version: number, values: unknown, actor = clerk) =>
      await run(saveValues, by(actor), { id, version, values }, newId());
    expect(
      await save(0, [
        { fieldId: group, value: '三班' },
        { fieldId: since, value: 'いつか' },
      ]),
    ).toMatchObject({
      refusal: {
        fields: { 'values.0.value': [expect.any(String)], 'values.1.value': ['届出日は正しい日付を入力してください(例:2026/04/01)'] },
      },
    });
    must(
      await save(0, [
        { fieldId: group, value: '二班' },
        { fieldId: since, value: '令和8年1月5日' },
      ]),
    );
    expect(await save(0, [])).toMatchObject({ refusal: { code: 'conflict' } });
    const shown = must(await ask(memberFields, by(clerk), { id }));
    expect([shown.version, shown.fields.map((one) => one.value)]).toEqual([1, ['二班', '2026/01/05']]);
    expect(await save(0, [], foreign)).toMatchObject({ refusal: { code: 'notFound' } });
    expect(await ask(memberFields, by(foreign), { id })).toMatchObject({ refusal: { code: 'notFound' } });
    const own = await readTransaction(by(doctor), async (tx) => await shownFieldsOf(tx, by(doctor), id));
    expect(own.map(({ name, value }) => [name, value])).toEqual([['班', '二班']]);
    const gone = { id: group, version: 1, name: '班', kind: 'choice', choices: '一班' };
    expect(await run(keepField, by(admin), gone, newId())).toMatchObject({
      refusal: { fields: { choices: [expect.stringContaining('二班')] } },
    });
    must(await run(endOwnField, by(admin), { id: group, version: 1 }, newId()));
    expect(must(await ask(memberFields, by(clerk), { id })).former).toEqual([{ name: '班', value: '二班' }]);
  });

  test('使用中の項目は20個まで', async () => {
    const present = (await listed('fields')).rows.filter((row) => row.state === 'current').length;
    for (let number = present; number < 20; number += 1) await define({ name: `項目${number}` });
    expect(await run(keepField, by(admin), { id: 'new', name: '多すぎ', kind: 'text' }, newId())).toMatchObject({
      refusal: { code: 'conflict' },
    });
  });
});

describe('第二の壁', () => {
  test('ほかの医師会の会員区分・送付物は、SQLを直接書いても変えられない', async () => {
    const owner = new Client({ connectionString: world.ownerUrl });
    await owner.connect();
    try {
      await owner.query('BEGIN');
      const tried = async (actor: OfficeActor) =>
        await asActor(owner, actor, async () => [
          (await attempt(owner, 'UPDATE member_category SET sort_order = sort_order WHERE association_id = $1', [kita])).count > 0,
          (await attempt(owner, 'UPDATE association_mailing SET version = version WHERE association_id = $1', [kita])).count > 0,
          (await attempt(owner, 'DELETE FROM association_mailing WHERE association_id = $1', [minato])).count > 0,
        ]);
      expect(await tried(admin)).toEqual([true, true, false]);
      expect(await tried(foreign)).toEqual([false, false, false]);
    } finally {
      await owner.end();
    }
  });
});
