import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/id.ts';
import { approveAs, must, officeActor, versionOf } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { kita, minato } from '#support/case-mix.ts';
import { draftTransfer, memberOf } from '#support/moving.ts';
import { pdf } from '#support/sample-files.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { returnCase } from './commands/return-case.ts';
import { submitTransfer } from './commands/submit-transfer.ts';
import { uploadPapers } from './commands/upload-papers.ts';
import { documentFile } from './queries/document-file.ts';
import { officeApplication } from './queries/office-application.ts';

/** Of the other side of a transfer an office sees associations, states and dates only (`rules.md 3.6`). */

const tokyo = 13_000;
const jma = 0;
let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.close();
});

function office(id: number) {
  return world.as(officeActor({ id, name: '', layer: id === jma ? 1 : id % 1000 === 0 ? 2 : 3 }));
}

async function seen(id: string, by: number) {
  return must(await ask(officeApplication, office(by), { id }));
}

/** From 北区 to 港区, with a paper of the doctor's own choice. */
async function moving(): Promise<{ id: string; documentId: string }> {
  const doctor = await memberOf(world, kita);
  const ctx = world.as(doctor);
  const draft = await draftTransfer(world, doctor, { from: kita, to: minato, wishedOn: '2026-04-01', leaveOn: '2026-03-31' });
  const files = [new File([new Uint8Array(pdf())], '専門医証.pdf')];
  expect(await uploadPapers(ctx, { id: draft.id, kind: 'other', title: 'その他', files })).toEqual({});
  const { id } = must(await run(submitTransfer, ctx, { id: draft.id, version: await versionOf(ctx, draft.id) }, newId()));
  const papers = (await seen(id, minato)).content.shown?.papers ?? [];
  return { id, documentId: papers.flatMap((paper) => paper.files)[0]?.id ?? '' };
}

describe('異動届の相手側', () => {
  test('異動先に出された書類は、異動元の医師会には一覧にも出ず、開けもしない', async () => {
    const { id, documentId } = await moving();
    for (const by of [minato, tokyo, jma])
      expect(must(await ask(documentFile, office(by), { id, documentId, way: 'file' })).name).toBe('専門医証.pdf');
    for (const by of [kita, 27_000]) {
      expect(await ask(documentFile, office(by), { id, documentId, way: 'file' })).toMatchObject({ refusal: { code: 'notFound' } });
      expect((await seen(id, by)).content.shown?.papers.flatMap((paper) => paper.files)).toEqual([]);
    }
  });

  test('経過は、相手側については医師会・状況・日付だけを見せる', async () => {
    const { id } = await moving();
    must(await approveAs(office(minato), id, { decidedOn: '2026-04-01' }));
    const fields = [{ field: 'wishedOn', comment: '4月2日以降に' }];
    const back = { id, version: await versionOf(office(tokyo), id), reasons: ['R01'], fields, message: '東京の事情です。' };
    must(await run(returnCase, office(tokyo), back, newId()));
    const lineOf = async (by: number, action: string) => (await seen(id, by)).history.find((line) => line.action === action);
    expect(await lineOf(tokyo, 'approve')).toMatchObject({ office: '東京都港区医師会', decidedOn: '2026-04-01' });
    expect((await lineOf(tokyo, 'approve'))?.category).not.toBe('');
    expect(await lineOf(kita, 'approve')).toMatchObject({
      office: '東京都港区医師会',
      decidedOn: '2026-04-01',
      category: '',
      actorName: '',
    });
    expect(await lineOf(minato, 'return')).toMatchObject({ message: '東京の事情です。', requests: [{ comment: '4月2日以降に' }] });
    expect(await lineOf(kita, 'return')).toMatchObject({ office: '東京都医師会', message: '', requests: [], reasons: [], actorName: '' });
    expect(await lineOf(jma, 'return')).toMatchObject({ message: '東京の事情です。' });
  });
});
