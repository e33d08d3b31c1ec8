import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { assign } from '#features/application/commands/assign.ts';
import { beginProxy } from '#features/application/commands/begin-proxy.ts';
import { deleteDraft } from '#features/application/commands/delete-draft.ts';
import { markOriginals } from '#features/application/commands/originals.ts';
import { attachDocument } from '#features/application/commands/papers.ts';
import { submitJoin } from '#features/application/commands/submit-join.ts';
import { mostFilesARow } from '#features/application/schema.ts';
import { approveAs, draftJoin, fileJoin, must, versionOf } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { kita } from '#support/case-mix.ts';
import { brokenInvariants } from '#support/invariants.ts';
import { staffLogin } from '#support/logins.ts';
import { memberOf } from '#support/moving.ts';
import { begun, grounds } from '#support/proxying.ts';
import { meet, stateOf, verdict } from '#support/verdict.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';

/** P2 for what is written beside a case and does not move its version: 担当, 原本の確認, 提出書類, and the ground of 代理申請. */

let world: World;
let owner: Client;
let clerk: OfficeActor;
let colleague: OfficeActor;

async function hire(office: OfficeActor, name: readonly [string, string]): Promise<OfficeActor> {
  const { accountId, staffId } = await staffLogin(owner, { associationId: office.associationId, name });
  return { ...office, accountId, staffId, displayName: name.join(' ') };
}

beforeAll(async () => {
  world = await createWorld();
  owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
  const [district] = await world.offices(kita);
  if (district === undefined) throw new Error('no district');
  clerk = await hire(district, ['梅田', '優']);
  colleague = await hire(district, ['芝', '健']);
});
afterAll(async () => {
  await owner.end();
  await world.close();
});

type Attempt = () => Promise<Outcome<unknown>>;

async function submitted(): Promise<string> {
  return (await fileJoin(world.as(await world.doctor()), { lowestAssociationId: kita, wishedOn: '2026-02-01' })).id;
}

async function count(text: string, id: string): Promise<number> {
  return (await owner.query(text, [id])).rowCount ?? 0;
}

describe('担当する', () => {
  function takes(id: string, who: OfficeActor): Attempt {
    return async () => await run(assign, world.as(who), { id, staffId: who.staffId, seen: '' }, newId());
  }

  test('二人が同時に担当すると一方だけが成り立ち、もう一方は誰が担当かを告げられる', async () => {
    const id = await submitted();
    const outcomes = await meet(world, id, [takes(id, clerk), takes(id, colleague)]);
    const { rows } = await owner.query<{ staff_id: string }>('SELECT staff_id FROM case_assignment WHERE application_id = $1', [id]);
    const winner = rows[0]?.staff_id === clerk.staffId ? clerk : colleague;
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(outcomes.find((outcome) => !outcome.ok)).toMatchObject({
      refusal: { code: 'conflict', message: expect.stringContaining(winner.displayName) },
    });
  });

  test('担当と同時の承認は、どちらも成り立つ', async () => {
    const id = await submitted();
    const ctx = world.as(colleague);
    const version = await versionOf(ctx, id);
    const decides: Attempt = async () => await approveAs(ctx, id, { decidedOn: '2026-02-01', version });
    expect((await meet(world, id, [takes(id, clerk), decides])).map((outcome) => outcome.ok)).toEqual([true, true]);
    expect(await stateOf(world, id)).toMatchObject({ received: true });
    expect(await count('SELECT FROM case_assignment WHERE application_id = $1', id)).toBe(1);
  });
});

describe('原本を事務局で確認済み', () => {
  test('二人が同時に記しても、記録は一つ', async () => {
    const id = await submitted();
    const version = await versionOf(world.as(clerk), id);
    const marks = [clerk, colleague].map(
      (who) => async () => await run(markOriginals, world.as(who), { id, version, kinds: ['resume'] }, newId()),
    );
    expect((await meet(world, id, marks)).map((outcome) => outcome.ok)).toEqual([true, true]);
    expect(await count('SELECT FROM paper_original WHERE application_id = $1 AND removed_at IS NULL', id)).toBe(1);
  });

  test('同時の承認のあとでは、前の画面から記せない', async () => {
    const id = await submitted();
    const version = await versionOf(world.as(clerk), id);
    const [decided, marked] = await meet(world, id, [
      async () => await approveAs(world.as(colleague), id, { decidedOn: '2026-02-01', version }),
      async () => await run(markOriginals, world.as(clerk), { id, version, kinds: ['resume'] }, newId()),
    ]);
    expect(decided).toMatchObject({ ok: true });
    const rows = await count('SELECT FROM paper_original WHERE application_id = $1', id);
    if (marked?.ok === true) expect(rows).toBe(1);
    else {
      expect(marked).toMatchObject({ refusal: { code: 'conflict' } });
      expect(rows).toBe(0);
    }
  });
});

describe('提出書類を加える', () => {
  const paper = { kind: 'other', title: 'その他', fileName: '書類.pdf', mediaType: 'application/pdf', size: 1000, sha256: '0'.repeat(64) };
  const papersOf = 'SELECT FROM document WHERE application_id = $1 AND removed_at IS NULL';

  async function drafted() {
    const ctx = world.as(await world.doctor());
    const { id, version } = await draftJoin(ctx, { lowestAssociationId: kita, wishedOn: '2026-02-01' });
    const attaches: Attempt = async () => await run(attachDocument, ctx, { ...paper, id, version, fileId: newId() }, newId());
    return { id, attaches, submits: async () => await run(submitJoin, ctx, { id, version }, newId()) };
  }

  test('最後の一つ分に同時に加えると、一方だけが加わる', async () => {
    const { id, attaches } = await drafted();
    for (let file = 1; file < mostFilesARow; file += 1) must(await attaches());
    const outcomes = await meet(world, id, [attaches, attaches]);
    expect(outcomes.map((outcome) => outcome.ok).toSorted((one) => (one ? 1 : -1))).toEqual([false, true]);
    expect(outcomes.find((outcome) => !outcome.ok)).toMatchObject({ refusal: { fields: { 'document.other': [expect.any(String)] } } });
    expect(await count(`${papersOf} AND kind = 'other'`, id)).toBe(mostFilesARow);
  });

  test('申請と同時に加えても、申請のあとには加わらない', async () => {
    const { id, attaches, submits } = await drafted();
    const [sent, attached] = await meet(world, id, [submits, attaches]);
    expect(sent).toMatchObject({ ok: true });
    if (attached?.ok === false) expect(attached).toMatchObject({ refusal: { code: 'conflict' } });
    expect(await count(`${papersOf} AND kind = 'other'`, id)).toBe(attached?.ok === true ? 1 : 0);
    expect(await attaches()).toMatchObject({ ok: false, refusal: { code: 'conflict' } });
  });
});

describe('代理申請の根拠', () => {
  async function entered() {
    const doctor = await memberOf(world, kita);
    const ctx = world.as(clerk);
    const at = await begun(world, { actor: clerk, doctor, ground: grounds.request });
    const corrects: Attempt = async () =>
      await run(
        beginProxy,
        ctx,
        { ...grounds.request, ...at, personId: doctor.personId, kind: 'withdrawal', askedHow: '本人から書面' },
        newId(),
      );
    return { id: at.id, corrects, deletes: async () => await run(deleteDraft, ctx, at, newId()) };
  }

  test.each(['corrects', 'deletes'] as const)('同時の訂正と %s は一方だけが成り立ち、もう一方は今の状態を告げられる', async (other) => {
    const { id, ...rivals } = await entered();
    expect(await verdict(world, id, await meet(world, id, [rivals.corrects, rivals[other]]))).toBe(undefined);
  });
});

test('すべての競り合いのあとも不変条件が成り立つ', async () => {
  await world.surroundings.audit.drain();
  expect(await brokenInvariants(world.ownerUrl)).toEqual([]);
});
