import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor, OfficeActor } from '#kernel/actor.ts';
import { approveAs, fileJoin, must, versionOf } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { World } from '#support/world.ts';
import { createWorld, testNow } from '#support/world.ts';
import { approve } from '../commands/approve.ts';
import { finishTask } from '../commands/finish-task.ts';
import { attachDocument } from '../commands/papers.ts';
import { reject } from '../commands/reject.ts';
import { resubmitJoin } from '../commands/resubmit-join.ts';
import { returnCase } from '../commands/return-case.ts';
import { saveDetails } from '../commands/save-details.ts';
import { joinFields } from '../fields.ts';
import { documentFile } from './document-file.ts';
import { officeApplication } from './office-application.ts';
import { decision } from './office-decision.ts';
import { ending } from './office-ending.ts';
import { newId } from '#kernel/id.ts';

const kita = 27001;
let world: World;
let district: OfficeActor;
let prefecture: OfficeActor;
let jma: OfficeActor;

beforeAll(async () => {
  world = await createWorld();
  const [lowest, middle, top] = await world.offices(kita);
  if (lowest === undefined || middle === undefined || top === undefined) throw new Error('no chain');
  [district, prefecture, jma] = [lowest, middle, top];
});
afterAll(async () => {
  await world.close();
});

async function filed(wishedOn = '2026-02-01') {
  const doctor = await world.doctor();
  return { doctor, ...(await fileJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn })) };
}

async function detail(actor: Actor, id: string, now = testNow) {
  return must(await ask(officeApplication, world.as(actor, now), { id }));
}

function lineOf(content: Awaited<ReturnType<typeof detail>>['content'], code: string): readonly string[] {
  const { shown } = content;
  return shown === undefined
    ? []
    : (joinFields(shown)
        .find((field) => field.code === code)
        ?.lines(shown) ?? []);
}

const corrected = { wishedOn: '2026-02-01', facilityUndecided: 'on', workCode: '13', positionCode: '02', designations: ['01'] };

describe('申請の詳細', () => {
  test('担当する医師会には操作が、届いていない医師会には連絡だけが示される', async () => {
    const { id, number, doctor } = await filed();
    const seen = await detail(district, id);
    expect(seen).toMatchObject({
      number,
      state: 'submitted',
      own: { associationId: kita, state: 'arrived' },
      applicant: { personId: doctor.personId, licenceChecked: false },
    });
    expect(seen.may).toEqual(expect.arrayContaining(['receive', 'approve', 'return', 'reject', 'cancel', 'message', 'memo', 'attention']));
    expect((await detail(prefecture, id)).may).toEqual(['view', 'message', 'memo', 'attention']);
    expect(seen.content.shown?.papers[0]?.files).toHaveLength(1);
    expect(seen.content.before).toBeUndefined();
  });

  test('関係のない医師会、申請者本人、外部委託先には見えない', async () => {
    const { id, doctor } = await filed();
    const [stranger] = await world.offices(13005);
    if (stranger === undefined) throw new Error('no chain');
    expect(await ask(officeApplication, world.as(stranger), { id })).toMatchObject({ refusal: { code: 'notFound' } });
    expect(await ask(officeApplication, world.as(doctor), { id })).toMatchObject({ refusal: { code: 'forbidden' } });
    expect(await ask(officeApplication, world.as({ ...district, role: 'trainingContractor' }), { id })).toMatchObject({
      refusal: { code: 'forbidden' },
    });
    expect(await ask(officeApplication, world.as(district), { id: 'x' })).toMatchObject({ refusal: { code: 'invalid' } });
  });

  test('差戻し中は差戻し時点の内容だけが見え、再申請で変更点と追加書類が示される', async () => {
    const { id, doctor } = await filed();
    const office = world.as(district);
    must(
      await run(returnCase, office, {
        id,
        version: await versionOf(office, id),
        reasons: ['R04'],
        fields: [{ field: 'workCode', comment: '確認してください' }],
        message: 'ご確認ください。',
      }),
    );
    const later = new Date(testNow.getTime() + 60_000);
    const mine = world.as(doctor, later);
    must(await run(saveDetails, mine, { id, version: await versionOf(mine, id), details: corrected, complete: false }));
    const paper = {
      id,
      version: 1,
      kind: 'resume',
      title: '履歴書・経歴書',
      fileId: newId(),
      fileName: '履歴書.pdf',
      mediaType: 'application/pdf',
      size: 10,
      sha256: '0'.repeat(64),
    };
    const { documentId } = must(await run(attachDocument, mine, paper));
    const during = await detail(district, id, later);
    expect(lineOf(during.content, 'workCode')).not.toEqual([]);
    const before = lineOf(during.content, 'workCode');
    expect(during.content.shown?.papers.flatMap((one) => one.files).map((file) => file.id)).not.toContain(documentId);
    expect(during.history.at(-1)).toMatchObject({
      label: '差戻し',
      reasons: ['所属施設の確認が必要'],
      requests: [{ label: '施設・業務', comment: '確認してください' }],
    });
    must(await run(resubmitJoin, mine, { id, version: await versionOf(mine, id) }));
    const after = await detail(district, id, later);
    expect(lineOf(after.content, 'workCode')).not.toEqual(before);
    expect(
      after.content.before === undefined
        ? []
        : joinFields(after.content.before)
            .find((field) => field.code === 'workCode')
            ?.lines(after.content.before),
    ).toEqual(before);
    expect(after.content.addedIds).toEqual([documentId]);
  });

  test('承認後の見込みは各層の前後、会員数、期、医賠責を示す', async () => {
    const { id } = await filed('2026-04-01');
    const seen = must(await ask(decision, world.as(district), { id, decidedOn: '2026/04/01' }));
    expect(seen.whatIf.layers.map((layer) => [layer.associationId, layer.before, layer.after?.certainty, layer.after?.joinedOn])).toEqual([
      [kita, undefined, 'asked', '2026-04-01'],
      [27000, undefined, 'expected', '2026-04-01'],
      [0, undefined, 'expected', '2026-04-01'],
    ]);
    expect(seen.whatIf.counts).toEqual([
      { on: '2026-01-15', before: 0, after: 0 },
      { on: '2026-04-01', before: 0, after: 1 },
    ]);
    expect(seen.whatIf.feePeriod.label).toBe('2026年度1期(4–7月)');
    expect(seen.whatIf.insurance).toEqual({ deed: 'join', from: '2026-04-01', covered: true });
    expect(await ask(decision, world.as(district), { id, decidedOn: '2026/02/30' })).toMatchObject({ refusal: { code: 'invalid' } });
  });

  test('日付の候補は希望日・下層の日付・1日で、上層の提案は下層の日付による', async () => {
    const { id } = await filed('2026-02-10');
    expect(must(await ask(decision, world.as(district), { id })).shortcuts).toEqual([
      { label: '希望年月日', on: '2026-02-10' },
      { label: '1日', on: '2026-03-01' },
    ]);
    must(await approveAs(world.as(district), id, { decidedOn: '2026-02-20' }));
    const above = must(await ask(decision, world.as(prefecture), { id }));
    expect(above.proposedOn).toBe('2026-02-20');
    expect(above.shortcuts.map((one) => one.label)).toEqual(['希望年月日', '下層の日付', '1日']);
    const early = must(await ask(decision, world.as(prefecture), { id, decidedOn: '2026-02-19' }));
    expect(early.findings.filter((finding) => finding.level === 'block').map((finding) => finding.code)).toContain('beforeLower');
  });

  test('承認前に見せた指摘と、承認のときの判断は同じ', async () => {
    const { id } = await filed('2026-02-01');
    const ctx = world.as(district);
    const seen = must(await ask(decision, ctx, { id, decidedOn: '2026-02-05' }));
    const warned = seen.findings.filter((finding) => finding.level === 'warn').map((finding) => finding.text);
    expect(warned).toEqual(['入会希望年月日(2026/02/01)と異なります。']);
    const outcome = await run(approve, ctx, { id, version: seen.summary.version, decidedOn: '2026-02-05', categoryId: seen.categoryId });
    expect(outcome).toMatchObject({ ok: false, refusal: { fields: { confirmed: expect.arrayContaining(warned) } } });
  });

  test('提出書類は関係する医師会だけが開ける', async () => {
    const { id } = await filed();
    const documentId = (await detail(district, id)).content.shown?.papers[0]?.files[0]?.id ?? '';
    expect(must(await ask(documentFile, world.as(district), { id, documentId, way: 'file' }))).toMatchObject({
      name: '医師免許証.pdf',
      mediaType: 'application/pdf',
    });
    const [stranger] = await world.offices(13005);
    if (stranger === undefined) throw new Error('no chain');
    expect(await ask(documentFile, world.as(stranger), { id, documentId, way: 'download' })).toMatchObject({
      refusal: { code: 'notFound' },
    });
    const other = await filed();
    expect(await ask(documentFile, world.as(district), { id: other.id, documentId, way: 'file' })).toMatchObject({
      refusal: { code: 'notFound' },
    });
  });

  test('差戻しの画面には修正を頼める項目と理由が並ぶ', async () => {
    const { id } = await filed();
    const seen = must(await ask(ending, world.as(district), { id, use: 'return' }));
    expect(seen.reasons.map((reason) => reason.value)).toContain('R01');
    expect(seen.fields.map((field) => field.code)).toEqual(expect.arrayContaining(['categories.27001', 'wishedOn', 'document.licence']));
    expect(must(await ask(ending, world.as(district), { id, use: 'cancel' })).fields).toEqual([]);
  });

  test('上層の非承認は下層の仕事になり、下層だけが一度だけ済みにできる', async () => {
    await world.database.system.query(
      `INSERT INTO association_settings (association_id, version, starts_on, settings, reason)
      SELECT association_id, 2, '2025-04-01', settings || '{"requiredUpperLayers":"prefecture"}', '上層への入会を必要とする' FROM association_settings WHERE association_id = $1`,
      [kita],
    );
    const { id } = await filed();
    must(await approveAs(world.as(district), id, { decidedOn: '2026-02-01' }));
    const above = world.as(prefecture);
    must(await run(reject, above, { id, version: await versionOf(above, id), reason: 'N01', message: '資格を満たしていません。' }));
    const tasks = await world.database.system.query<{ id: string }>('SELECT id FROM office_task WHERE application_id = $1', [id]);
    expect(tasks.rows).toHaveLength(1);
    const taskId = tasks.rows[0]?.id;
    expect(await run(finishTask, above, { taskId })).toMatchObject({ refusal: { code: 'notFound' } });
    must(await run(finishTask, world.as(district), { taskId }));
    expect(await run(finishTask, world.as(district), { taskId })).toMatchObject({ refusal: { code: 'conflict' } });
    expect((await detail(jma, id)).applicant).toBeUndefined();
  });
});

describe('差戻し・非承認・取消・承認取消の見込み(rules.md 3.12)', () => {
  test('非承認では下層の承認が残り、会員数は変わらない', async () => {
    const { id } = await filed();
    must(await approveAs(world.as(district), id, { decidedOn: '2026-02-01' }));
    const { whatIf } = must(await ask(ending, world.as(prefecture), { id, use: 'reject' }));
    expect(whatIf.layers.map((one) => [one.layer, one.outcome])).toEqual([
      [3, 'stays'],
      [2, 'never'],
      [1, 'never'],
    ]);
    expect(whatIf.counts.every((count) => count.before === count.after)).toBe(true);
    expect(whatIf).toMatchObject({
      act: 'reject',
      jma: { outcome: 'never' },
      pension: { effect: 'none' },
      feePeriod: undefined,
      taskFor: expect.stringContaining('医師会'),
    });
  });

  test('承認取消では入会日からの会員数が1名減り、その期の会費に関わる', async () => {
    const { id } = await filed();
    must(await approveAs(world.as(district), id, { decidedOn: '2026-02-01' }));
    const { whatIf } = must(await ask(ending, world.as(district), { id, use: 'withdrawal_cancel' }));
    expect(whatIf.layers.map((one) => one.outcome)).toEqual(['undone', 'open', 'open']);
    const last = whatIf.counts.at(-1);
    expect(last).toMatchObject({ on: '2026-02-01', after: (last?.before ?? 0) - 1 });
    expect(whatIf.feePeriod).toBe('2025年度3期(12–3月)');
  });
});
