import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { draftJoin, fileJoin, must } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { draftChange, draftTransfer, memberOf } from '#support/moving.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { chooseAssociations } from '../commands/choose-associations.ts';
import { removeDocument } from '../commands/papers.ts';
import { saveDetails } from '../commands/save-details.ts';
import { submitJoin } from '../commands/submit-join.ts';
import { uploadPapers } from '../commands/upload-papers.ts';
import { copiedDetails, earlierDetails } from './earlier-details.ts';
import { joinDetails } from './join-details.ts';
import { joinReview } from './join-review.ts';
import { myDocument } from './document-file.ts';

const kita = 27001;
let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.close();
});

async function begun() {
  const doctor = await world.doctor({ graduatedOn: '2024-03' });
  const ctx = world.as(doctor);
  const { id } = must(
    await run(chooseAssociations, ctx, { lowestAssociationId: kita, ticked: [kita], categories: { '27001': await category() } }),
  );
  return { doctor, ctx, id };
}

async function category(): Promise<string> {
  const rows = await world.database.system.query<{ id: number }>(
    "SELECT id FROM member_category WHERE association_id = 27001 AND code = 'A1'",
  );
  return String(rows.rows[0]?.id ?? 0);
}

const licence = async () =>
  new File([await readFile(new URL('../../../../db/demo/papers/licence.jpg', import.meta.url))], '医師免許証.jpg');

describe('入会届 入力', () => {
  test('一時保存は読めない内容も入力されたまま残す', async () => {
    const { ctx, id } = await begun();
    const details = { wishedOn: '四月ごろ', positionCode: '99', note: '  ', designations: ['99'] };
    must(await run(saveDetails, ctx, { id, version: 1, complete: false, details }));
    const view = must(await ask(joinDetails, ctx, { id }));
    expect(view.details).toEqual(details);
    expect(view.window).toEqual({ from: '2025/10/17', to: '2027/01/15' });
    expect(view.fee).toEqual({ graduatedOn: '2024-03', trainingEndsOn: null, isTrainee: false });
    expect(view.papers.map((paper) => [paper.title, paper.required])).toEqual([
      ['医師免許証', true],
      ['履歴書・経歴書', false],
      ['その他', false],
    ]);
  });

  test('確認画面に進むと、すべての誤りを項目ごとに知らせる', async () => {
    const { ctx, id } = await begun();
    const outcome = await run(saveDetails, ctx, {
      id,
      version: 1,
      complete: true,
      details: { wishedOn: '2030/1/1', designations: ['99'], facilityBeds: '多い' },
    });
    expect(outcome).toMatchObject({
      ok: false,
      refusal: {
        fields: {
          wishedOn: ['入会希望年月日は2025/10/17から2027/01/15までの日付を入力してください'],
          facilityId: ['所属施設を入力してください'],
          workCode: ['施設・業務を選択してください'],
          positionCode: ['役職を選択してください'],
          designationText: ['入力してください'],
          facilityBeds: ['許可病床数は数字で入力してください'],
          'document.licence': ['ファイルをアップロードしてください'],
        },
      },
    });
  });

  test('書類は内容を確かめて受け付け、よいものだけが残る', async () => {
    const { ctx, id, doctor } = await begun();
    const files = [await licence(), new File(['<html>'], '免許.pdf')];
    const errors = await uploadPapers(ctx, { id, kind: 'licence', title: '医師免許証', files });
    expect(errors['document.licence']).toEqual([expect.stringContaining('「免許.pdf」このファイルは受け付けられません')]);
    const [kept, ...others] = must(await ask(joinDetails, ctx, { id })).papers[0]?.files ?? [];
    expect(others).toEqual([]);
    expect(kept).toMatchObject({ fileName: '医師免許証.jpg', mediaType: 'image/jpeg' });
    const documentId = kept?.id ?? '';
    const found = must(await ask(myDocument, ctx, { id, documentId, way: 'file' }));
    expect(await world.surroundings.files.get(found.fileId)).toBeDefined();
    expect(await ask(myDocument, world.as(await world.doctor()), { id, documentId, way: 'file' })).toMatchObject({
      ok: false,
      refusal: { code: 'notFound' },
    });
    must(await run(removeDocument, world.as(doctor), { id, documentId }));
    expect(must(await ask(joinDetails, ctx, { id })).papers[0]?.files).toEqual([]);
  });

  test('一つの欄に十一個目のファイルは受け付けない', async () => {
    const { ctx, id } = await begun();
    const file = await licence();
    const errors = await uploadPapers(ctx, { id, kind: 'other', title: 'その他', files: Array.from({ length: 11 }, () => file) });
    expect(errors['document.other']).toEqual(['ファイルは10個までアップロードできます。']);
  });

  test('前の届から写すのは空いている項目だけで、希望日は写さない', async () => {
    const doctor = await world.doctor();
    const ctx = world.as(doctor);
    await fileJoin(ctx, {
      lowestAssociationId: kita,
      wishedOn: '2026-02-01',
      details: { note: '前の連絡', positionCode: '99', positionText: '参与' },
    });
    const { id } = must(await run(chooseAssociations, ctx, { lowestAssociationId: 13005, ticked: [], complete: false }));
    const earlier = must(await ask(earlierDetails, ctx, { id }));
    const copied = copiedDetails({ wishedOn: '2026/03/01', workCode: '24', facilityName: '新病院' }, earlier);
    expect(copied).toEqual({
      wishedOn: '2026/03/01',
      workCode: '24',
      facilityName: '新病院',
      positionCode: '99',
      positionText: '参与',
      designations: ['01'],
      note: '前の連絡',
    });
  });

  test('前の届から写すのは、新しい勤務先を尋ねる入会届と異動届(D-08、D-09)', async () => {
    const doctor = await memberOf(world, kita);
    const ctx = world.as(doctor);
    const transfer = await draftTransfer(world, doctor, { from: kita, to: 13_005, wishedOn: '2026-04-01', leaveOn: '2026-03-31' });
    expect(must(await ask(joinDetails, ctx, { id: transfer.id })).mayCopy).toBe(true);
    const change = await draftChange(world, doctor, { associationId: kita, categories: { [kita]: 'B' }, wishedOn: '2026-04-01' });
    expect(must(await ask(joinDetails, ctx, { id: change.id })).mayCopy).toBe(false);
    const first = await begun();
    expect(must(await ask(joinDetails, first.ctx, { id: first.id })).mayCopy).toBe(false);
  });

  test('確認画面は申請先、施設、書類と今後の流れを示し、申請後は直せない', async () => {
    const doctor = await world.doctor();
    const ctx = world.as(doctor);
    const draft = await draftJoin(ctx, { lowestAssociationId: kita, wishedOn: 'R8.2.1' });
    const view = must(await ask(joinReview, ctx, { id: draft.id }));
    expect(view.choices.map((choice) => `${choice.layerName} ${choice.associationName} ${choice.categoryName}`)).toEqual([
      '[3層] 大阪市北区医師会 A1',
      '[2層] 大阪府医師会 A1',
      '[1層] 日本医師会 A1',
    ]);
    expect(view.lines.find((line) => line.code === 'wishedOn')?.lines).toEqual(['2026/02/01（日） 令和8年2月1日']);
    expect(view.way.map((step) => step.name)).toEqual(['大阪市北区医師会', '大阪府医師会', '日本医師会']);
    expect(view.papers[0]?.files).toHaveLength(1);
    must(await run(submitJoin, ctx, draft));
    expect(must(await ask(joinReview, ctx, { id: draft.id })).editable).toBe(false);
  });
});
