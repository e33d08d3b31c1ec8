import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/id.ts';
import { approveAs, draftJoin, fileJoin, must, versionOf } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import type { World } from '#support/world.ts';
import { createWorld, testNow } from '#support/world.ts';
import { receive } from './commands/receive.ts';
import { cancel } from './commands/cancel.ts';
import { setAttention } from './commands/correspond.ts';
import { attachDocument, removeDocument } from './commands/papers.ts';
import { resubmitJoin } from './commands/resubmit-join.ts';
import { retract } from './commands/retract.ts';
import { returnCase } from './commands/return-case.ts';
import { reject } from './commands/reject.ts';
import { saveDetails } from './commands/save-details.ts';
import { submitJoin } from './commands/submit-join.ts';
import { myApplication } from './queries/my-application.ts';
import { officeApplication } from './queries/office-application.ts';
import { loadCase } from './store.server.ts';

const kita = 27001;
const aoba = 14501;
let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.close();
});

async function periods(personId: string) {
  const rows = await world.database.system.query<{ association_id: number; joined_on: string; left_on: string | null }>(
    'SELECT association_id, joined_on, left_on FROM membership_period WHERE person_id = $1 ORDER BY association_id DESC',
    [personId],
  );
  return rows.rows.map((row) => [row.association_id, row.joined_on, row.left_on]);
}

async function states(id: string) {
  const ctx = world.as({ kind: 'system', name: 'test' });
  const found = await readTransaction(ctx, (tx) => loadCase(tx, ctx.actor, id));
  return [found?.state, ...(found?.steps.map((step) => step.state) ?? [])];
}

describe('入会届', () => {
  test('3層から1層まで、各医師会が自分の入会日で承認すると会員になる', async () => {
    const doctor = await world.doctor();
    const { id, number } = await fileJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: '2026-02-01' });
    expect(number).toMatch(/^2026-\d{7}$/);
    const [district, prefecture, jma] = await world.offices(kita);
    if (district === undefined || prefecture === undefined || jma === undefined) throw new Error('no chain');
    expect(await states(id)).toEqual(['submitted', 'arrived', 'waiting', 'waiting']);
    must(await run(receive, world.as(district), { id, version: await versionOf(world.as(district), id), licenceSeen: 'on' }));
    must(await approveAs(world.as(district), id, { decidedOn: '2026-02-01' }));
    expect(await states(id)).toEqual(['submitted', 'approved', 'arrived', 'waiting']);
    must(await approveAs(world.as(prefecture), id, { decidedOn: '2026-02-10' }));
    must(await approveAs(world.as(jma), id, { decidedOn: '2026-02-10' }));
    expect(await states(id)).toEqual(['completed', 'approved', 'approved', 'approved']);
    expect(await periods(doctor.personId)).toEqual([
      [27001, '2026-02-01', null],
      [27000, '2026-02-10', null],
      [0, '2026-02-10', null],
    ]);
  });

  test('4層から1層まで、下から順に届く', async () => {
    const doctor = await world.doctor();
    const { id } = await fileJoin(world.as(doctor), { lowestAssociationId: aoba, wishedOn: '2026-04-01' });
    for (const office of await world.offices(aoba)) must(await approveAs(world.as(office), id, { decidedOn: '2026-04-01' }));
    expect((await periods(doctor.personId)).map((row) => row[0])).toEqual([14501, 14001, 14000, 0]);
  });

  test('上層が下層より前の日付を入力すると断られる', async () => {
    const doctor = await world.doctor();
    const { id } = await fileJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: '2026-02-01' });
    const [district, prefecture] = await world.offices(kita);
    if (district === undefined || prefecture === undefined) throw new Error('no chain');
    must(await approveAs(world.as(district), id, { decidedOn: '2026-02-05' }));
    const outcome = await approveAs(world.as(prefecture), id, { decidedOn: '2026-02-04' });
    expect(outcome).toMatchObject({
      ok: false,
      refusal: { code: 'invalid', fields: { decidedOn: ['下層の医師会の入会日(2026/02/05)より前の日付は入力できません。'] } },
    });
  });

  test('届いていない医師会と関係のない医師会は何もできない', async () => {
    const doctor = await world.doctor();
    const { id } = await fileJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: '2026-02-01' });
    const [, prefecture] = await world.offices(kita);
    const [stranger] = await world.offices(13005);
    if (prefecture === undefined || stranger === undefined) throw new Error('no chain');
    expect(await approveAs(world.as(prefecture), id, { decidedOn: '2026-02-01' })).toMatchObject({ refusal: { code: 'forbidden' } });
    const outcome = await run(receive, world.as(stranger), { id, version: 1 });
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 'notFound' } });
  });

  test('差戻し、修正、再申請で同じ医師会に戻る', async () => {
    const doctor = await world.doctor();
    const { id } = await fileJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: '2026-02-01' });
    const [district] = await world.offices(kita);
    if (district === undefined) throw new Error('no chain');
    must(
      await run(returnCase, world.as(district), {
        id,
        version: await versionOf(world.as(district), id),
        reasons: ['R04'],
        fields: [{ field: 'workCode', comment: '確認してください' }],
        message: '施設・業務をご確認ください。',
      }),
    );
    expect(await states(id)).toEqual(['returned', 'returned', 'waiting', 'waiting']);
    const mine = world.as(doctor);
    const saved = must(
      await run(saveDetails, mine, {
        id,
        version: await versionOf(mine, id),
        complete: true,
        details: { wishedOn: '2026-02-01', facilityUndecided: 'on', workCode: '13', positionCode: '02', designations: ['01'] },
      }),
    );
    must(await run(resubmitJoin, mine, saved));
    expect(await states(id)).toEqual(['submitted', 'arrived', 'waiting', 'waiting']);
  });

  test('差戻しの間に書類だけを差し替えても、承認済みの医師会に確認を求め、経過に残る(rules.md 3.8)', async () => {
    const doctor = await world.doctor();
    const { id } = await fileJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: '2026-02-01' });
    const [district, prefecture] = await world.offices(kita);
    if (district === undefined || prefecture === undefined) throw new Error('no chain');
    must(await approveAs(world.as(district), id, { decidedOn: '2026-02-01' }));
    const back = { id, reasons: ['R02'], fields: [{ field: 'document.licence', comment: '' }], message: '読み取れません。' };
    must(await run(returnCase, world.as(prefecture), { ...back, version: await versionOf(world.as(prefecture), id) }));
    const mine = world.as(doctor, new Date(testNow.getTime() + 3_600_000));
    const version = await versionOf(mine, id);
    const { rows } = await world.database.system.query<{ id: string }>('SELECT id FROM document WHERE application_id = $1', [id]);
    must(await run(removeDocument, mine, { id, version, documentId: rows[0]?.id ?? '' }));
    const file = { title: '医師免許証', fileName: '医師免許証.pdf', mediaType: 'application/pdf', size: 1200, sha256: '1'.repeat(64) };
    must(await run(attachDocument, mine, { id, version, kind: 'licence', fileId: newId(), ...file }));
    must(await run(resubmitJoin, mine, { id, version: await versionOf(mine, id) }));
    expect(await states(id)).toEqual(['submitted', 'approved', 'arrived', 'waiting', 'arrived']);
    const shown = must(await ask(officeApplication, world.as(district), { id }));
    expect(shown.history.find((line) => line.action === 'resubmit')?.changed).toEqual(['提出書類:医師免許証']);
    expect(shown.may).toContain('acknowledge');
  });

  test('同一人物の可能性があれば、申請と同時に要注意となる。届の医師会のどこにも見えない同姓同名では、ならない(rules.md 3.14)', async () => {
    const same = { surname: '山田', givenName: '一郎', birthOn: '1971-05-05' };
    const marked = async (lowestAssociationId: number, more: Record<string, unknown>) => {
      const doctor = await world.doctor(more);
      const { id } = await fileJoin(world.as(doctor), { lowestAssociationId, upTo: 3, wishedOn: '2026-02-01' });
      const { rows } = await world.database.system.query<{ attention: boolean; reason: string }>(
        'SELECT attention, attention_reason AS reason FROM application WHERE id = $1',
        [id],
      );
      return rows[0];
    };
    expect(await marked(kita, same)).toEqual({ attention: false, reason: '' });
    expect(await marked(13_005, same)).toEqual({ attention: false, reason: '' });
    expect(await marked(kita, same)).toEqual({ attention: true, reason: '同姓同名・同一生年月日の登録があります' });
  });

  test('手で付けた要注意の理由は、承認のときに自動で付く理由の前に残る。医師免許証を確認した日時と医師会が示される', async () => {
    const { id } = await fileJoin(world.as(await world.doctor()), { lowestAssociationId: kita, wishedOn: '2026-03-31' });
    const [district] = await world.offices(kita);
    if (district === undefined) throw new Error('no chain');
    const ctx = world.as(district);
    must(await run(setAttention, ctx, { id, version: await versionOf(ctx, id), attention: 'on', reason: '経歴の確認' }));
    expect(must(await ask(officeApplication, ctx, { id })).applicant?.licenceSeen).toBeUndefined();
    must(await approveAs(ctx, id, { decidedOn: '2026-04-01' }));
    const shown = must(await ask(officeApplication, ctx, { id }));
    expect(shown.attentionReason).toMatch(/^経歴の確認 会費の期が/);
    expect(shown.applicant?.licenceSeen).toEqual({ at: testNow, office: '大阪市北区医師会' });
  });

  test('取下げ・取消の理由: 事務局だけの理由は医師に選べず、「その他」には内容が要る(reasons.csv)', async () => {
    const doctor = await world.doctor();
    const { id } = await fileJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: '2026-02-01' });
    const [district] = await world.offices(kita);
    if (district === undefined) throw new Error('no chain');
    const version = await versionOf(world.as(doctor), id);
    const asDoctor = async (more: Record<string, string>) => await run(retract, world.as(doctor), { id, version, ...more }, newId());
    for (const reason of ['X03', 'X04', 'N01'])
      expect(await asDoctor({ reason })).toMatchObject({ refusal: { fields: { reason: ['取下げ理由を選択してください'] } } });
    expect(await asDoctor({ reason: 'X09' })).toMatchObject({ refusal: { fields: { note: ['具体的な理由を入力してください'] } } });
    expect(await run(cancel, world.as(district), { id, version, reason: 'X09' }, newId())).toMatchObject({
      refusal: { fields: { note: ['取消理由の補足を入力してください'] } },
    });
    must(await asDoctor({ reason: 'X09', note: '勤務先が変わるため' }));
    expect(must(await ask(myApplication, world.as(doctor), { id })).ending).toMatchObject({
      reasons: ['その他'],
      message: '勤務先が変わるため',
    });
  });

  test('上層の非承認で下層の会員資格は残る', async () => {
    const doctor = await world.doctor();
    const { id } = await fileJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: '2026-02-01' });
    const [district, prefecture] = await world.offices(kita);
    if (district === undefined || prefecture === undefined) throw new Error('no chain');
    must(await approveAs(world.as(district), id, { decidedOn: '2026-02-01' }));
    const ctx = world.as(prefecture);
    must(await run(reject, ctx, { id, version: await versionOf(ctx, id), reason: 'N01', message: '資格を満たしていません。' }));
    expect(await states(id)).toEqual(['rejected', 'approved', 'rejected', 'skipped']);
    expect(await periods(doctor.personId)).toEqual([[27001, '2026-02-01', null]]);
  });

  test('同じ要求番号の二重送信は一度だけ効き、最初の結果を返す', async () => {
    const doctor = await world.doctor();
    const mine = world.as(doctor);
    const draft = await draftJoin(mine, { lowestAssociationId: kita, wishedOn: '2026-02-01' });
    const key = newId();
    const outcomes = await Promise.all([run(submitJoin, mine, draft, key), run(submitJoin, mine, draft, key)]);
    expect(must(outcomes[0] ?? { ok: false, refusal: { code: 'conflict', message: '' } })).toEqual(
      must(outcomes[1] ?? { ok: false, refusal: { code: 'conflict', message: '' } }),
    );
  });

  test('同じ所属の二つ目の届は断られ、先の届へのリンクが返る', async () => {
    const doctor = await world.doctor();
    const mine = world.as(doctor);
    const second = await draftJoin(mine, { lowestAssociationId: kita, wishedOn: '2026-02-01' });
    const first = await fileJoin(mine, { lowestAssociationId: kita, wishedOn: '2026-02-01' });
    expect(await run(submitJoin, mine, second)).toMatchObject({
      ok: false,
      refusal: { code: 'conflict', link: { to: `/my/applications/${first.id}` } },
    });
  });
});
