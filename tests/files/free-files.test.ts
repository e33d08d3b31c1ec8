import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { takePaperForm } from '#features/association/commands/keep-paper-form.ts';
import { takeSeal } from '#features/association/commands/save-info.ts';
import { askQuestion } from '#features/inquiry/commands/ask.ts';
import { takeFiles } from '#features/inquiry/commands/keep-files.ts';
import { keptFiles } from '#features/inquiry/queries/asking.ts';
import { saveWithFiles } from '#features/notice/commands/save-with-files.ts';
import { changeProfileForDoctor } from '#features/profile/commands/change-for-doctor.ts';
import { takePapers } from '#features/profile/commands/keep-papers.ts';
import { keptPapers } from '#features/profile/queries/changes.ts';
import { memberProfileToEdit } from '#features/profile/queries/office-profile.ts';
import { must, officeActor } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { listFreeFiles } from '#platform/files/free-files.ts';
import { kita } from '#support/case-mix.ts';
import { staffLogin } from '#support/logins.ts';
import { memberOf } from '#support/moving.ts';
import { pdf, png } from '#support/sample-files.ts';
import { createWorld, type World } from '#support/world.ts';

/** A stored file belongs to one thing: one rule over all tables that name files, whoever asks. */

let world: World;
let owner: Client;
let office: OfficeActor;
let personId: string;
let category: string;

beforeAll(async () => {
  world = await createWorld();
  owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
  const { accountId, staffId } = await staffLogin(owner, { associationId: kita, role: 'admin' });
  office = { ...officeActor({ id: kita, name: '大阪市北区医師会', layer: 3 }, { accountId, role: 'admin' }), staffId };
  ({ personId } = await memberOf(world, kita));
  category = String((await owner.query<{ id: number }>('SELECT id FROM notice_category ORDER BY sort_order LIMIT 1')).rows[0]?.id);
});
afterAll(async () => {
  await owner.end();
  await world.close();
});

const picture = (name: string) => new File([new Uint8Array(png())], name);
const ctx = () => world.as(office);
const question = (fileIds: readonly string[], batch = newId()) => ({ kind: 'other', body: '教えてください。', batch, fileIds });
const inquire = async (fileIds: readonly string[]) => await run(askQuestion, ctx(), question(fileIds), newId());

/** A file that a form of お問合せ keeps. */
async function keptFile(name: string): Promise<string> {
  const [id = ''] = must(await takeFiles(ctx(), newId(), { files: [picture(name)], kept: 0 }));
  return id;
}

async function opened() {
  const { target, version } = must(await ask(memberProfileToEdit, ctx(), { id: personId }));
  return { ...target.person.texts, personId, version, ground: 'P01', askedOn: '2026/01/14' };
}

let calls = 0;
async function change(paperIds: readonly string[]) {
  calls += 1;
  const tel = `090-1111-${String(calls).padStart(4, '0')}`;
  return await run(changeProfileForDoctor, ctx(), { ...(await opened()), tel, paperIds }, newId());
}

/** Every table that names files, and how it comes to one. */
const claims: Readonly<Record<string, () => Promise<unknown>>> = {
  // A 入会届 with its licence stands in the world already.
  document: async () => await Promise.resolve(),
  inquiry_file: async () => must(await inquire([await keptFile('画面.png')])),
  profile_change_paper: async () => {
    const { version } = await opened();
    must(await change(must(await takePapers(ctx(), { personId, version, kept: 0, files: [picture('戸籍抄本.png')] }))));
  },
  notice_file: async () => {
    const words = { title: '総会のご案内', category1: category, body: '総会を開きます。', target: 'members', startsOn: '2026/01/15' };
    must(await saveWithFiles(ctx(), { input: words, files: [picture('案内.png')], key: newId() }));
  },
  paper_form: async () => must(await takePaperForm(ctx(), new File([Buffer.from(pdf())], '様式.pdf'), 'requiredDocuments.0.form')),
  association_seal: async () => must(await takeSeal(ctx(), picture('印影.png'))),
};

describe('保管したファイルは一つのものだけに属する', () => {
  test('ファイルを指す表は、すべてここで試している', async () => {
    const { rows } = await owner.query<{ name: string }>(
      `SELECT conrelid::regclass::text AS name FROM pg_constraint WHERE contype = 'f' AND confrelid = 'stored_file'::regclass ORDER BY 1`,
    );
    expect(rows.map((row) => row.name)).toEqual(Object.keys(claims).toSorted());
  });

  test.each(Object.entries(claims))('%s のものになったファイルは、送った本人にも空いていない', async (table, claim) => {
    await claim();
    const { rows } = await owner.query<{ id: string; owner: string }>(
      `SELECT f.id, f.owner_account_id AS owner FROM stored_file f JOIN ${table} t ON t.file_id = f.id ORDER BY f.created_at DESC LIMIT 1`,
    );
    const [file] = rows;
    if (file === undefined) throw new Error(`no file of ${table}`);
    const sender = world.as({ ...office, accountId: file.owner });
    expect(await readTransaction(sender, async (tx) => await listFreeFiles(tx, file.owner, [file.id]))).toEqual([]);
    expect(must(await ask(keptFiles, sender, { batch: newId(), fileIds: [file.id] }))).toEqual([]);
    expect(must(await ask(keptPapers, sender, { personId, paperIds: [file.id] }))).toEqual([]);
    expect(await run(askQuestion, sender, question([file.id]), newId())).toMatchObject({
      refusal: { fields: { files: [expect.anything()] } },
    });
  });

  test('まだ何のものでもないファイルは、送った本人だけが使える', async () => {
    const id = await keptFile('空き.png');
    expect(must(await ask(keptFiles, ctx(), { batch: newId(), fileIds: [id] }))).toMatchObject([{ id, fileName: '空き.png' }]);
    const colleague = world.as({ ...office, accountId: newId() });
    expect(must(await ask(keptFiles, colleague, { batch: newId(), fileIds: [id] }))).toEqual([]);
    const spying = async () => await readTransaction(colleague, async (tx) => await listFreeFiles(tx, office.accountId, [id]));
    expect(await spying()).toEqual([]);
  });

  test('お問合せと代理変更が同じファイルを同時に使おうとすれば、一方だけが受け付けられる', async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = await keptFile(`競合${round}.png`);
      const both = await Promise.all([inquire([id]), change([id])]);
      const refusals = both.flatMap((one) => (one.ok ? [] : [one.refusal.code]));
      expect(refusals).toHaveLength(1);
      expect(['invalid', 'conflict']).toContain(refusals[0]);
      const named = await owner.query(
        'SELECT FROM inquiry_file WHERE file_id = $1 UNION ALL SELECT FROM profile_change_paper WHERE file_id = $1',
        [id],
      );
      expect(named.rowCount).toBe(1);
    }
  });
});
