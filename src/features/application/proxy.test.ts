import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DoctorActor, OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { approveAs, fileJoin, must, system, versionOf } from '#main/demo/acting.ts';
import { approveLeaveAs, fileWithdrawal } from '#main/demo/leaving.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { Ground } from '#support/proxying.ts';
import { alsoMemberOf, begun as begunIn, draftedLeave, filedLeave, grounds } from '#support/proxying.ts';
import { staffLogin } from '#support/logins.ts';
import { mailsOf, staffWithMail } from '#support/staff-with-mail.ts';
import type { World } from '#support/world.ts';
import { createWorld, testNow } from '#support/world.ts';
import { applicationReactions } from './reactions.ts';
import { beginProxy } from './commands/begin-proxy.ts';
import { cancel } from './commands/cancel.ts';
import { postMessage } from './commands/correspond.ts';
import { object } from './commands/object.ts';
import { registerDeath } from './commands/register-death.ts';
import { reject } from './commands/reject.ts';
import { resubmitWithdrawal } from './commands/resubmit-withdrawal.ts';
import { returnCase } from './commands/return-case.ts';
import { saveWithdrawal } from './commands/save-withdrawal.ts';
import { settleDeath } from './commands/settle-death.ts';
import { submitWithdrawal } from './commands/submit-withdrawal.ts';
import { myApplication } from './queries/my-application.ts';
import { officeApplication } from './queries/office-application.ts';
import { proxyStart } from './queries/proxy-start.ts';
import { withdrawalStart } from './queries/withdrawal-start.ts';

const kita = 27_001;
const osaka = 27_000;
const minato = 13_005;
const aoba = 14_501;

let world: World;
let owner: Client;

beforeAll(async () => {
  world = await createWorld();
  owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await world.close();
});

function office(offices: readonly OfficeActor[], place: number): OfficeActor {
  const found = offices[place];
  if (found === undefined) throw new Error('no such office');
  return found;
}

/** A member of every layer above an association since 2025-12-01, as far as it is not one there already. */
async function joined(lowest: number, doctor?: DoctorActor): Promise<{ doctor: DoctorActor; offices: OfficeActor[] }> {
  const who = doctor ?? (await world.doctor());
  await alsoMemberOf(world, lowest, who);
  return { doctor: who, offices: await world.offices(lowest) };
}

const { request, death, missing } = grounds;

async function begun(actor: OfficeActor, doctor: DoctorActor, ground: Ground): Promise<{ id: string; version: number }> {
  return await begunIn(world, { actor, doctor, ground });
}

async function drafted(actor: OfficeActor, doctor: DoctorActor, ground: Ground): Promise<{ id: string; version: number }> {
  return await draftedLeave(world, { actor, doctor, ground, leave: [kita] });
}

async function filed(actor: OfficeActor, doctor: DoctorActor, ground: Ground): Promise<string> {
  return await filedLeave(world, { actor, doctor, ground, leave: [kita] });
}

const days = (count: number) => new Date(testNow.getTime() + count * 86_400_000);

async function mailsTo(doctor: DoctorActor): Promise<{ template: string; subject: string; body: string; state: string }[]> {
  const found = await world.database.system.query<{ template: string; subject: string; body: string; state: string }>(
    'SELECT template, subject, body, state FROM mail_message WHERE person_id = $1 ORDER BY created_at',
    [doctor.personId],
  );
  return found.rows;
}

async function react(kind: string, applicationId: string, more: Record<string, string> = {}): Promise<void> {
  await applicationReactions({ origin: 'http://localhost:3000' })[kind]?.(world.as(system), { applicationId, outboxId: 1, ...more });
}

describe('代理申請(rules.md 3.10)', () => {
  test('事務局は管轄の会員の退会届を根拠とともに入力でき、本人はM-19で知る', async () => {
    const { doctor, offices } = await joined(kita);
    const clerk = { ...office(offices, 0), role: 'clerk' as const };
    const id = await filed(clerk, doctor, request);
    const shown = must(await ask(officeApplication, world.as(office(offices, 0)), { id }));
    expect(shown.proxyAssociation).toBe('大阪市北区医師会');
    expect(shown.ground?.map((line) => line.lines.join(''))).toEqual(['本人からの依頼(電話)', '2026/01/10', '本人から電話']);
    await react('application.submitted', id);
    const [mail] = (await mailsTo(doctor)).filter((one) => one.template === 'M-19');
    expect(mail?.subject).toContain('大阪市北区医師会が代理で届を入力しました');
    expect((await mailsTo(doctor)).map((one) => one.template)).not.toContain('M-10');
    const own = must(await ask(myApplication, world.as(doctor), { id }));
    expect(own.entered).toMatchObject({ office: '大阪市北区医師会', ground: '本人からの依頼(電話)', objected: false });
    expect(own.may).toEqual(['view', 'object', 'message']);
  });

  test('入力中の届は、その医師会だけが知る', async () => {
    const { doctor, offices } = await joined(kita);
    const draft = await begun(office(offices, 0), doctor, request);
    expect((await ask(withdrawalStart, world.as(office(offices, 0)), { id: draft.id })).ok).toBe(true);
    for (const actor of [doctor, office(offices, 1), ...(await world.offices(minato))]) {
      const refused = await ask(withdrawalStart, world.as(actor), { id: draft.id });
      expect(refused).toMatchObject({ ok: false, refusal: { code: 'notFound' } });
      const saved = await run(submitWithdrawal, world.as(actor), draft, newId());
      expect(saved).toMatchObject({ ok: false, refusal: { code: 'notFound' } });
    }
  });

  test('管轄外の医師会と、研修会運営の外部委託先は何も知らない', async () => {
    const { doctor, offices } = await joined(kita);
    const [foreign] = await world.offices(minato);
    const contractor = { ...office(offices, 0), role: 'trainingContractor' as const };
    if (foreign === undefined) throw new Error('no office');
    const input = { ...request, personId: doctor.personId, kind: 'withdrawal' };
    for (const actor of [foreign, contractor, doctor]) {
      const begin = await run(beginProxy, world.as(actor), input, newId());
      expect(begin).toMatchObject({ ok: false, refusal: { code: 'notFound' } });
    }
    expect(await ask(proxyStart, world.as(foreign), { personId: doctor.personId })).toMatchObject({
      ok: false,
      refusal: { code: 'notFound' },
    });
  });

  test('根拠の不備は項目ごとに断られ、二度押しても届は一つ', async () => {
    const { doctor, offices } = await joined(kita);
    const ctx = world.as(office(offices, 0));
    const target = { personId: doctor.personId, kind: 'withdrawal' };
    const fieldsOf = async (input: Record<string, unknown>) => {
      const outcome = await run(beginProxy, ctx, { ...target, ...input }, newId());
      return outcome.ok ? {} : (outcome.refusal.fields ?? {});
    };
    expect(await fieldsOf({ ...request, ground: 'P11' })).toEqual({ ground: ['代理申請の根拠を選択してください'] });
    expect(await fieldsOf({ ...request, askedOn: '2026/02/01' })).toEqual({ askedOn: ['依頼を受けた日に未来の日付は入力できません'] });
    expect(Object.keys(await fieldsOf({ why: 'request' })).toSorted()).toEqual(['agreed', 'askedHow', 'askedOn', 'ground']);
    expect(await fieldsOf({ ...missing, searches: {} })).toEqual({ searches: ['確認した方法を1つ以上入力してください'] });
    expect(await fieldsOf({ ...missing, searches: { tel: { on: '2026/01/05', result: '' } } })).toEqual({
      'searches.tel.result': ['結果を入力してください'],
    });
    const key = newId();
    const first = must(await run(beginProxy, ctx, { ...target, ...request }, key));
    expect(must(await run(beginProxy, ctx, { ...target, ...request }, key)).id).toBe(first.id);
    const draft = await drafted(office(offices, 0), doctor, request);
    const sent = newId();
    const one = must(await run(submitWithdrawal, ctx, draft, sent));
    expect(must(await run(submitWithdrawal, ctx, draft, sent))).toEqual(one);
    const second = await begun(office(offices, 0), doctor, request);
    const details = { wishedOn: '2026/01/10', reason: 'W01' };
    const saved = must(await run(saveWithdrawal, ctx, { ...second, leave: [String(kita)], moves: {}, details, complete: false }));
    expect(await run(submitWithdrawal, ctx, saved, newId())).toMatchObject({
      ok: false,
      refusal: { code: 'conflict', link: { to: `/office/applications/${one.id}` } },
    });
  });

  test('差戻しは代理申請した医師会に届き、その医師会が修正して再申請する', async () => {
    const { doctor, offices } = await joined(kita);
    const [district, prefecture] = [office(offices, 0), office(offices, 1)];
    const id = await filed(prefecture, doctor, request);
    const back = { id, version: await versionOf(world.as(district), id), reasons: ['R05'], message: '日付をご確認ください' };
    must(await run(returnCase, world.as(district), back, newId()));
    await react('application.returned', id);
    expect((await mailsTo(doctor)).map((one) => one.template)).not.toContain('M-14');
    expect(must(await ask(myApplication, world.as(doctor), { id })).may).not.toContain('resubmit');
    expect(must(await ask(officeApplication, world.as(prefecture), { id })).correctAt).toBe('associations');
    expect(must(await ask(officeApplication, world.as(district), { id })).correctAt).toBeUndefined();
    const version = await versionOf(world.as(prefecture), id);
    const details = { wishedOn: '2026/01/12', reason: 'W01' };
    const saved = must(await run(saveWithdrawal, world.as(prefecture), { id, version, leave: [], moves: {}, details, complete: true }));
    must(await run(resubmitWithdrawal, world.as(prefecture), saved, newId()));
    must(await approveLeaveAs(world.as(district), id, '2026-01-12'));
  });
});

describe('所在不明(rules.md 3.10、screens.md O-11)', () => {
  test('7日間は承認も非承認もできず、その後はできる', async () => {
    const { doctor, offices } = await joined(kita);
    const district = office(offices, 0);
    const id = await filed(district, doctor, missing);
    const text = '本人への通知から7日間は承認できません(2026/01/22から承認できます)。';
    const shown = must(await ask(officeApplication, world.as(district), { id }));
    expect(shown.stop).toBe(text);
    expect(shown.may).not.toContain('approve');
    const early = { ok: false, refusal: { code: 'forbidden', message: text } };
    expect(await approveLeaveAs(world.as(district), id, '2026-01-10')).toMatchObject(early);
    const no = { id, version: await versionOf(world.as(district), id), reason: 'N03', message: '重複' };
    expect(await run(reject, world.as(district), no, newId())).toMatchObject(early);
    expect(await approveLeaveAs(world.as(district, days(6)), id, '2026-01-10')).toMatchObject(early);
    await react('application.submitted', id);
    expect((await mailsTo(doctor)).find((one) => one.template === 'M-19')?.body).toContain('2026/01/22まで審査が保留');
    must(await approveLeaveAs(world.as(district, days(7)), id, '2026-01-10'));
  });

  test('本人の異議で審査は止まり、代理申請した医師会が取消す', async () => {
    const { doctor, offices } = await joined(kita);
    const district = office(offices, 0);
    const id = await filed(district, doctor, missing);
    must(await run(object, world.as(doctor), { id, note: '引き続き勤務しています' }, newId()));
    expect(await run(object, world.as(doctor), { id, note: '' }, newId())).toMatchObject({ ok: false, refusal: { code: 'conflict' } });
    await staffWithMail(world, kita, 'kita@example.jp');
    const operations = await staffLogin(owner, { associationId: null });
    await owner.query('UPDATE account SET mail = $2 WHERE id = $1', [operations.accountId, 'operations@example.jp']);
    await react('application.objected', id);
    expect((await mailsOf(world, 'M-17')).map((mail) => mail.to)).toEqual(['kita@example.jp', 'operations@example.jp']);
    const late = days(10);
    expect(await approveLeaveAs(world.as(district, late), id, '2026-01-10')).toMatchObject({ ok: false, refusal: { code: 'forbidden' } });
    const shown = must(await ask(officeApplication, world.as(district, late), { id }));
    expect(shown.attention).toBe(true);
    expect(shown.messages.map((note) => note.body)).toEqual(['この代理申請に心当たりがありません。\n引き続き勤務しています']);
    must(await run(cancel, world.as(district), { id, version: shown.version, reason: 'X02', note: '' }, newId()));
  });

  test('保留中に本人からメッセージが届くと、異議と同じく審査は止まる。保留の後のメッセージでは止まらない', async () => {
    const { doctor, offices } = await joined(kita);
    const district = office(offices, 0);
    const id = await filed(district, doctor, missing);
    must(await run(postMessage, world.as(district), { id, body: 'ご連絡ください' }));
    expect(must(await ask(officeApplication, world.as(district), { id })).attention).toBe(false);
    must(await run(postMessage, world.as(doctor), { id, body: '転居しましたが勤務しています' }));
    must(await run(postMessage, world.as(doctor), { id, body: 'よろしくお願いします' }));
    const shown = must(await ask(officeApplication, world.as(district, days(10)), { id }));
    expect(shown.stop).toBe('本人から異議の申し出があるため、承認・非承認はできません。代理申請した医師会が取消してください。');
    expect(shown.history.filter((line) => line.action === 'object').map((line) => line.message)).toEqual([
      '保留中にご本人から連絡があったため、審査を止めました。',
    ]);
    const another = await joined(kita);
    const late = await filed(office(another.offices, 0), another.doctor, missing);
    must(await run(postMessage, world.as(another.doctor, days(8)), { id: late, body: '退会で結構です' }));
    must(await approveLeaveAs(world.as(office(another.offices, 0), days(8)), late, '2026-01-10'));
  });

  test('地区医師会も、その地区だけの会員の死亡・所在不明を入力できる(ガイドライン§8)', async () => {
    const doctor = await world.doctor();
    const { id } = await fileJoin(world.as(doctor), { lowestAssociationId: aoba, upTo: 4, wishedOn: '2025-12-01' });
    const [ward] = await world.offices(aoba);
    if (ward === undefined) throw new Error('no office');
    must(await approveAs(world.as(ward), id, { decidedOn: '2025-12-01' }));
    for (const ground of [missing, death]) {
      const input = { ...ground, personId: doctor.personId, kind: 'withdrawal' };
      expect((await run(beginProxy, world.as(ward), input, newId())).ok).toBe(true);
    }
  });

  test('登録内容の確認がないと申請できない', async () => {
    const { doctor, offices } = await joined(kita);
    const draft = await drafted(office(offices, 0), doctor, missing);
    expect(await run(submitWithdrawal, world.as(office(offices, 0)), draft, newId())).toMatchObject({
      ok: false,
      refusal: { fields: { confirmed: [expect.stringContaining('チェックを入れてください')] } },
    });
  });

  test('日本医師会と本人は、死亡・所在不明を入力できない', async () => {
    const { doctor, offices } = await joined(kita);
    for (const ground of [death, missing]) {
      const input = { ...ground, personId: doctor.personId, kind: 'withdrawal' };
      expect(await run(beginProxy, world.as(office(offices, 2)), input, newId())).toMatchObject({
        ok: false,
        refusal: { code: 'forbidden' },
      });
    }
  });
});

describe('死亡(rules.md 3.10、screens.md O-11)', () => {
  test('一度の登録で所属ごとに退会届ができ、進行中の届は終わり、以後は何も送られない', async () => {
    const { doctor, offices } = await joined(kita);
    const tokyo = (await joined(minato, doctor)).offices;
    const open = await fileWithdrawal(world.as(doctor), { leave: [kita], wishedOn: '2026-03-31', moves: { '00000': 'end' } });
    const elsewhere = await fileWithdrawal(world.as(doctor), { leave: [minato], wishedOn: '2026-03-31' });
    const district = office(offices, 0);
    const draft = await drafted(district, doctor, death);
    expect(await run(submitWithdrawal, world.as(district), draft, newId())).toMatchObject({ ok: false });
    expect(await run(registerDeath, world.as(district), draft, newId())).toMatchObject({
      ok: false,
      refusal: { fields: { confirmed: [expect.stringContaining('チェックを入れてください')] } },
    });
    const key = newId();
    const entry = must(await run(registerDeath, world.as(district), { ...draft, confirmed: '1' }, key));
    expect(must(await run(registerDeath, world.as(district), { ...draft, confirmed: '1' }, key))).toEqual(entry);
    const states = async (ids: readonly string[]) => {
      const found = await world.database.system.query<{ id: string; state: string }>(
        'SELECT id, state FROM application WHERE id = ANY ($1::uuid[])',
        [ids],
      );
      return ids.map((id) => found.rows.find((row) => row.id === id)?.state);
    };
    expect(await states([open.id, elsewhere.id, entry.id])).toEqual(['cancelled', 'submitted', 'submitted']);
    await react('person.died', entry.id, { personId: doctor.personId });
    await react('person.died', entry.id, { personId: doctor.personId });
    expect(await states([elsewhere.id])).toEqual(['cancelled']);
    const again = must(await run(settleDeath, world.as(system), { id: entry.id }, newId()));
    expect(again).toEqual({ filed: [], ended: [] });
    const cases = await world.database.system.query<{ id: string; proxy: number }>(
      `SELECT id, proxy_association_id AS proxy FROM application WHERE person_id = $1 AND state = 'submitted' ORDER BY number`,
      [doctor.personId],
    );
    expect(cases.rows.map((row) => row.proxy)).toEqual([kita, minato]);
    const far = cases.rows[1]?.id ?? '';
    expect(await ask(officeApplication, world.as(district), { id: far })).toMatchObject({ ok: false, refusal: { code: 'notFound' } });
    for (const kind of ['application.submitted', 'application.completed']) await react(kind, entry.id);
    expect((await mailsTo(doctor)).filter((one) => ['M-19', 'M-10', 'M-13'].includes(one.template))).toEqual([]);
    must(await approveLeaveAs(world.as(district), entry.id, '2026-01-10'));
    must(await approveLeaveAs(world.as(office(tokyo, 0)), far, '2026-01-10'));
    const left = await world.database.system.query<{ association_id: number; left_on: string; left_reason: string }>(
      'SELECT association_id, left_on, left_reason FROM membership_period WHERE person_id = $1 ORDER BY association_id',
      [doctor.personId],
    );
    expect(left.rows.map((row) => [row.association_id, row.left_on, row.left_reason])).toEqual(
      [0, 13_000, minato, osaka, kita].toSorted((a, b) => a - b).map((id) => [id, '2026-01-10', 'W02']),
    );
  });

  test('受付期間より前の死亡も登録でき、亡くなった方の届はもう作れない', async () => {
    const { doctor, offices } = await joined(kita);
    const district = office(offices, 0);
    const late = new Date('2027-06-15T03:00:00Z');
    const before = { ...death, diedOn: '2025/12/02' };
    const draft = must(
      await run(beginProxy, world.as(district, late), { ...before, personId: doctor.personId, kind: 'withdrawal' }, newId()),
    );
    const input = { ...draft, leave: [], moves: {}, details: { wishedOn: '2025/12/02' }, complete: true };
    const saved = must(await run(saveWithdrawal, world.as(district, late), input));
    const entry = must(await run(registerDeath, world.as(district, late), { ...saved, confirmed: '1' }, newId()));
    must(await approveLeaveAs(world.as(district, late), entry.id, '2025-12-02'));
    const again = await run(beginProxy, world.as(district, late), { ...request, personId: doctor.personId, kind: 'join' }, newId());
    expect(again).toMatchObject({ ok: false, refusal: { code: 'conflict' } });
  });
});
