import { readdirSync, readFileSync } from 'node:fs';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#kernel/id.ts';
import { askQuestion } from '#features/inquiry/commands/ask.ts';
import { sendContact } from '#features/inquiry/commands/contact.ts';
import { takeFiles } from '#features/inquiry/commands/keep-files.ts';
import { passInquiry } from '#features/inquiry/commands/pass.ts';
import type { CaseMix, Filed } from '#support/case-mix.ts';
import { approveUpTo, caseMix, filed, kita, minato } from '#support/case-mix.ts';
import type { NamedActor } from '#support/row-views.ts';
import { asActor, attempt, denied, tablesOf, viewersOf, visibleRows } from '#support/row-views.ts';
import { png } from '#support/sample-files.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { approveAs, fileJoin, must } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import type { Viewer } from './row-oracle.ts';
import { closedTables, gatherFacts, openTables, rowRules } from './row-oracle.ts';
import { forgeries } from './row-forgeries.ts';

/** P8: with the application's checks switched off, row-level security still shows nothing foreign and lets nothing foreign be changed. */

const directory = new URL('defects/second-wall/', import.meta.url);
const defects = readdirSync(directory).filter((name) => name.endsWith('.sql'));
let world: World;
let mix: CaseMix;
let owner: Client;
let viewers: NamedActor[];

/** A question at an office, one passed on to 運営事務局, one of somebody without login at a 担当課 of the JMA. */
async function furnishInquiries({ doctor }: Filed): Promise<void> {
  const asker = { ...doctor, accountId: newId() };
  const question = { body: '教えてください。', batch: newId() };
  const atOffice = must(await run(askQuestion, world.as(asker), { ...question, kind: 'other' }, newId()));
  const ops = world.as({ kind: 'operations', accountId: newId(), staffId: newId(), displayName: '運営' });
  const wish = { id: atOffice.id, version: 1, to: 'office', associationId: String(kita), reason: '担当のため' };
  must(await run(passInquiry, ops, wish, newId()));
  const [office] = await world.offices(minato);
  if (office === undefined) throw new Error('no office');
  must(await run(askQuestion, world.as(office), { ...question, kind: 'pension' }, newId()));
  const guest = { ...question, kind: 'fee', name: '問合 太郎', kana: 'トイアワセ タロウ', mail: 'guest@example.jp' };
  must(await sendContact({ ...world.as({ kind: 'guest' }), address: '198.51.100.9' }, guest, newId()));
  const picture = new File([new Uint8Array(png())], '画面.png');
  const batch = newId();
  const fileIds = must(await takeFiles(world.as(asker), batch, { files: [picture], kept: 0 }));
  must(await run(askQuestion, world.as(asker), { ...question, batch, fileIds, kind: 'login' }, newId()));
}

/** 独自項目 shown and not shown with a value each, and a 送付物 with a doctor's choice. */
async function furnishOwnLists(association: number, personId: string): Promise<void> {
  const mailing = await owner.query<{ id: number }>(
    `INSERT INTO association_mailing (association_id, name, kind, refusable, starts_on, sort_order) VALUES ($1, '会報', 'post', true, '2026-01-01', 1) RETURNING id`,
    [association],
  );
  await owner.query(
    `INSERT INTO mailing_choice (person_id, mailing_id, association_id, send_to, changed_at) VALUES ($1, $2, $3, 'home', now())`,
    [personId, mailing.rows[0]?.id, association],
  );
  for (const value of ['shown', 'hidden']) {
    const field = await owner.query<{ id: number }>(
      `INSERT INTO association_field (association_id, name, kind, shown, sort_order) VALUES ($1, $2::text, 'text', $2::text = 'shown', 1) RETURNING id`,
      [association, value],
    );
    await owner.query(
      `INSERT INTO member_field_value (person_id, association_id, field_id, version, value, account_id, author_name, at) VALUES ($1, $2, $3, 1, $4, $5, '係', now())`,
      [personId, association, field.rows[0]?.id, value, newId()],
    );
  }
}

/** A proposal in every state that matters, of a district and of a prefecture, and a line of the history. */
async function furnishProposals(): Promise<void> {
  const facilities = [newId(), newId()];
  for (const id of facilities) await owner.query(`INSERT INTO facility (id, name) VALUES ($1, '北区さくら医院')`, [id]);
  for (const [association, decider] of [
    [kita, 27_000],
    [minato, 13_000],
    [27_000, 27_000],
  ]) {
    for (const state of ['proposed', 'forwarded', 'withdrawn'])
      await owner.query(
        `INSERT INTO facility_proposal (id, kind, facility_id, other_id, content, reason, association_id, decider_id, state, proposed_by, proposed_name, proposed_at)
        VALUES ($1, 'duplicate', $2, $3, '{}', '理由', $4, $5, $6, $7, '係', now())`,
        [newId(), ...facilities, association, decider, state, newId()],
      );
    await owner.query(
      `INSERT INTO facility_proposal (id, kind, facility_id, other_id, content, reason, association_id, decider_id, state, proposed_by, proposed_name, proposed_at, stays_id, merge_on, planned_by)
      VALUES ($1, 'duplicate', $2, $3, '{}', '理由', $4, $5, 'planned', $6, '係', now(), $2, '2026-04-01', $6)`,
      [newId(), ...facilities, association, decider, newId()],
    );
  }
  await owner.query(
    `INSERT INTO facility_change (facility_id, version, kind, changes, proposal_id, association_id, decider_id, recorded_by, recorded_name, recorded_at)
    VALUES ($1, 2, 'changed', '[]', $2, $3, 27000, $2, '係', now())`,
    [facilities[0], newId(), kita],
  );
}

/** A new association of a file, which waits for its second person. */
async function furnishOpenings(): Promise<void> {
  const [batch, account] = [newId(), newId()];
  await owner.query(
    `INSERT INTO association_batch (id, row_count, reason, proposed_by, proposed_name, proposed_at) VALUES ($1, 1, '新設', $2, '係', now())`,
    [batch, account],
  );
  await owner.query(
    `INSERT INTO association_opening (id, batch_id, code, layer, kind, prefecture_code, name, kana, parent_code, opens_on, surname, given_name,
      surname_kana, given_name_kana, mail, state, proposed_by)
    VALUES ($1, $2, '27955', 3, 'district', '27', '新設医師会', 'シンセツイシカイ', '27000', '2026-04-01', '初期', '花子', 'ショキ', 'ハナコ',
      'first@example.jp', 'proposed', $3)`,
    [newId(), batch, account],
  );
  await owner.query(`INSERT INTO association (id, code, layer, kind, prefecture_code)
    VALUES (27957, '27957', 3, 'district', '27'), (27958, '27958', 3, 'district', '27')`);
  await owner.query(`INSERT INTO association_version (association_id, starts_on, parent_id, name, kana)
    VALUES (27957, '2099-04-01', 27000, '予定医師会', 'ヨテイイシカイ'), (27958, '2099-04-01', 27000, '取消医師会', 'トリケシイシカイ')`);
  await owner.query("INSERT INTO association_opening_withdrawal VALUES (27958, '2099-04-01', '見送り', $1, '係', now())", [account]);
}

/** Rows that nobody's case brings along: staff, tasks, mails, a member in two prefectures. */
async function furnish(): Promise<void> {
  const both = await filed(world, kita);
  await approveUpTo(world, both, 3);
  const { id } = await fileJoin(world.as(both.doctor), { lowestAssociationId: minato, wishedOn: '2026-02-01', upTo: 2 });
  const [district] = await world.offices(minato);
  if (district === undefined) throw new Error('no district');
  must(await approveAs(world.as(district), id, { decidedOn: '2026-02-01' }));
  await furnishInquiries(both);
  await furnishProposals();
  await furnishOpenings();
  for (const association of [kita, minato]) {
    const account = newId();
    const staff = newId();
    await owner.query(
      `INSERT INTO account (id, login_id, password_hash, kind, display_name) VALUES ($1, 'staff-of-' || $2::int, 'x', 'staff', '事務局 花子')`,
      [account, association],
    );
    await owner.query(
      `INSERT INTO staff_member (id, account_id, association_id, office_kind, role, surname, given_name, surname_kana, given_name_kana, valid_until)
      VALUES ($1, $2, $3, 'association', 'clerk', '事務局', '花子', 'ジムキョク', 'ハナコ', '2027-03-31')`,
      [staff, account, association],
    );
    await owner.query(`INSERT INTO case_assignment (association_id, application_id, staff_id, assigned_at) VALUES ($1, $2, $3, now())`, [
      association,
      association === kita ? mix.half.id : mix.cancelled.id,
      staff,
    ]);
    await owner.query(
      `INSERT INTO saved_view (id, association_id, account_id, list, name, conditions, created_at) VALUES ($1, $2, $3, 'applications', '保存', '?tab=all', now())`,
      [newId(), association, account],
    );
    await owner.query(`INSERT INTO profile_draft (account_id, person_id, draft, version, saved_at) VALUES ($1, $2, '{}', 1, now())`, [
      account,
      both.doctor.personId,
    ]);
    await owner.query(
      `INSERT INTO member_memo (person_id, association_id, version, body, account_id, author_name, at) VALUES ($1, $2, 1, 'メモ', $3, '事務局 花子', now())`,
      [both.doctor.personId, association, account],
    );
    await owner.query(
      `INSERT INTO member_guidance (id, person_id, association_id, way, account_id, sender_name, sent_at) VALUES ($1, $2, $3, 'mail', $4, '事務局 花子', now())`,
      [newId(), both.doctor.personId, association, account],
    );
    await owner.query(
      `INSERT INTO member_selection (id, association_id, account_id, person_ids, selected_at) VALUES ($1, $2, $3, $4, now())`,
      [newId(), association, account, [both.doctor.personId]],
    );
    await furnishOwnLists(association, both.doctor.personId);
    await owner.query(`INSERT INTO first_steps_hidden (account_id, hidden_at) VALUES ($1, now())`, [account]);
    await owner.query(
      `INSERT INTO office_mail_choice (account_id, association_id, kind, choice, changed_at) VALUES ($1, $2, 'arrived', 'daily', now())`,
      [account, association],
    );
    await owner.query(
      `INSERT INTO office_mail_digest (account_id, association_id, dedupe_key, line, at) VALUES ($1, $2, 'proof', '一行', now())`,
      [account, association],
    );
    await owner.query(`INSERT INTO account_preference (account_id, page_size, changed_at) VALUES ($1, 50, now())`, [account]);
    await owner.query(
      `INSERT INTO membership_certificate (id, person_id, association_id, base_on, contents, name_form, by_office, state, applied_at)
      VALUES ($1, $2, $3, '2026-02-01', '{}', 'current', false, 'requested', now())`,
      [newId(), both.doctor.personId, association],
    );
    await owner.query(
      `INSERT INTO session (token_hash, account_id, expires_at) VALUES (sha256(convert_to($1::text, 'UTF8')), $2, now() + interval '1 hour')`,
      [account, account],
    );
    await owner.query(
      `INSERT INTO office_task (id, association_id, application_id, person_id, kind, created_at) VALUES ($1, $2, $3, $4, 'rejectedAbove', now())`,
      [newId(), association, mix.rejectedAbove.id, mix.rejectedAbove.doctor.personId],
    );
  }
  await owner.query(
    `INSERT INTO profile_change (id, person_id, changed_at, source, changed_by, blocks, changes) VALUES ($1, $2, now(), 'self', '本人', '{name}', '[]')`,
    [newId(), mix.half.doctor.personId],
  );
  await furnishPaper(mix.half.doctor.personId);
  await owner.query(
    `INSERT INTO mailing_preference (person_id, send_to, fax_to, mail_notices, mail_training, changed_at) VALUES ($1, 'home', 'none', true, true, now())`,
    [mix.half.doctor.personId],
  );
  await owner.query(
    `INSERT INTO training_notice (association_id, person_id, training_ends_on, mark, told_on) VALUES ($1, $2, '2026-03', 1, '2026-01-30')`,
    [kita, mix.half.doctor.personId],
  );
  await furnishNotices(both.doctor.personId);
  await owner.query(
    `INSERT INTO mail_message (id, template, dedupe_key, to_address, subject, body) VALUES ($1, 'M-11', 'proof', 'a@example.jp', '件名', '本文')`,
    [newId()],
  );
}

/** A name that an office has changed with a paper. */
async function furnishPaper(personId: string): Promise<void> {
  const [change, file] = [newId(), newId()];
  await owner.query(
    `INSERT INTO profile_change (id, person_id, changed_at, source, changed_by, association_id, blocks, changes, ground, asked_on)
    VALUES ($1, $2, now(), 'office', '事務局 花子', $3, '{name}', '[]', 'P01', '2026-01-14')`,
    [change, personId, kita],
  );
  await owner.query(
    `INSERT INTO stored_file (id, sha256, size, media_type, name, owner_account_id, created_at) VALUES ($1, sha256('p'), 1, 'application/pdf', 'p.pdf', $2, now())`,
    [file, newId()],
  );
  await owner.query('INSERT INTO profile_change_paper (id, change_id, file_id) VALUES ($1, $2, $3)', [newId(), change, file]);
}

/** Notices of every target and state, with a file and marks of reading. */
async function furnishNotices(reader: string): Promise<void> {
  const file = newId();
  await owner.query(
    `INSERT INTO stored_file (id, sha256, size, media_type, name, owner_account_id, created_at) VALUES ($1, sha256('n'), 1, 'application/pdf', 'n.pdf', $2, now())`,
    [file, newId()],
  );
  const insert = `INSERT INTO notice (id, association_id, state, title, category1_id, body, target, condition, starts_on, writer_name, created_at, published_at, ended_at)
    VALUES ($1, $2, $3, '題', (SELECT min(id) FROM notice_category), '文', $4, $5, $6, '係', now(), now(), CASE WHEN $3 = 'ended' THEN now() END)`;
  const kinds = [
    ...['members', 'condition', 'lowerOffices', 'lowerMembers', 'public'].map((target) => [target, 'published', '2026-01-01'] as const),
    ['public', 'draft', '2026-01-01'],
    ['public', 'published', '2999-01-01'],
    ['members', 'ended', '2026-01-01'],
  ] as const;
  const toAll = ['allDoctors', 'allOffices'].map((target) => [target, 'published', '2026-01-01'] as const);
  for (const association of [kita, 27_000, 0]) {
    for (const [target, state, startsOn] of association === 0 ? [...kinds, ...toAll] : kinds) {
      const id = newId();
      await owner.query(insert, [id, association, state, target, target === 'condition' ? { ageFrom: 150 } : {}, startsOn]);
      await owner.query(
        `INSERT INTO notice_file (id, notice_id, file_id, file_name, media_type, size, created_at) VALUES ($1, $2, $3, 'n.pdf', 'application/pdf', 1, now())`,
        [newId(), id, file],
      );
    }
    const [last] = (await owner.query<{ id: string }>('SELECT id FROM notice ORDER BY created_at DESC LIMIT 1')).rows;
    await owner.query('INSERT INTO notice_read (notice_id, person_id, read_at) VALUES ($1, $2, now())', [last?.id, reader]);
    await owner.query('INSERT INTO notice_office_read (notice_id, association_id, read_at) VALUES ($1, $2, now())', [
      last?.id,
      association,
    ]);
    await owner.query(
      'INSERT INTO notice_account_read (notice_id, account_id, read_at) SELECT $1, id, now() FROM account ORDER BY id LIMIT 1',
      [last?.id],
    );
  }
}

beforeAll(async () => {
  world = await createWorld();
  mix = await caseMix(world);
  owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
  await furnish();
  viewers = await viewersOf(world, mix);
}, 120_000);
afterAll(async () => {
  await owner.end();
  await world.close();
});

function viewerOf({ actor }: NamedActor): Viewer {
  if (actor?.kind === 'doctor') return { kind: 'doctor', personId: actor.personId, accountId: actor.accountId };
  const accountId = actor !== undefined && 'accountId' in actor ? actor.accountId : '';
  if (actor?.kind === 'operations') return { kind: 'operations', accountId };
  if (actor?.kind === 'office' && actor.role === 'trainingContractor')
    return { kind: 'nobody', accountId, contractor: actor.associationId };
  return actor?.kind === 'office'
    ? { kind: 'office', associationId: actor.associationId, accountId }
    : { kind: 'nobody', accountId, unknown: actor === undefined };
}

/** Every difference between what the wall shows and what the oracle says, by viewer and table. */
async function differences(among: readonly NamedActor[]): Promise<string[]> {
  const rules = rowRules(await gatherFacts(owner));
  const found: string[] = [];
  for (const table of (await tablesOf(owner)).filter((name) => !openTables.includes(name))) {
    const { rows } = await owner.query<Record<string, unknown> & { row_at: string }>(`SELECT ctid::text AS row_at, * FROM ${table}`);
    const rule = closedTables.includes(table) ? () => false : rules[table];
    if (rule === undefined) throw new Error(`the oracle says nothing about the table ${table}`);
    for (const named of among) {
      const seen = await asActor(owner, named.actor, async () => await visibleRows(owner, table));
      const viewer = viewerOf(named);
      const leaked = rows.filter((row) => seen.has(row.row_at) && !rule(row, viewer)).length;
      const hidden = rows.filter((row) => !seen.has(row.row_at) && rule(row, viewer)).length;
      if (leaked + hidden > 0) found.push(`${named.name}: ${table} shows ${leaked} foreign rows, hides ${hidden} own ones`);
    }
  }
  return found;
}

/** Attempts on foreign rows that the wall did not stop. */
async function breaches(among: readonly NamedActor[]): Promise<string[]> {
  const facts = await gatherFacts(owner);
  const found: string[] = [];
  for (const named of among) found.push(...(await forgeries(owner, { named, viewer: viewerOf(named), facts })));
  return found;
}

const attackers = ['office 13006', 'office 27002', 'office 27001', 'doctor of draft', 'guest', 'no context'];

describe('第二の壁', () => {
  beforeEach(async () => {
    await owner.query('BEGIN');
  });
  afterEach(async () => {
    await owner.query('ROLLBACK');
  });

  test('三十を超える文脈と、すべての表で、見える行は規則どおり(rules.md 5.6)', async () => {
    expect(viewers.length).toBeGreaterThanOrEqual(30);
    expect(await differences(viewers)).toEqual([]);
  });

  test('文脈が無ければ一行も見えない', async () => {
    for (const table of (await tablesOf(owner)).filter((name) => !openTables.includes(name))) {
      expect([table, (await asActor(owner, undefined, async () => await visibleRows(owner, table))).size]).toEqual([table, 0]);
    }
  });

  test('他の医師会・他の医師の行は、書き換えも削除も偽造もできない', async () => {
    expect(await breaches(viewers.filter((one) => attackers.includes(one.name)))).toEqual([]);
  });

  test('環境設定は誰でも読めるが、自医師会の版しか加えられず、書き換えも削除もできない', async () => {
    const insert = `INSERT INTO association_settings (association_id, version, starts_on, settings, reason) VALUES (27001, 2, '2099-04-01', '{}', '偽')`;
    const withdraw = `INSERT INTO association_settings_withdrawal (association_id, version, reason, withdrawn_by_name) VALUES (27001, 1, '偽', '偽')`;
    const change = `UPDATE association_settings SET reason = '偽' WHERE association_id = 27001`;
    const remove = `DELETE FROM association_settings WHERE association_id = 27001`;
    const tried = async (name: string) =>
      await asActor(owner, viewers.find((one) => one.name === name)?.actor, async () => {
        const codes: string[] = [];
        for (const text of [insert, withdraw, change, remove]) codes.push((await attempt(owner, text)).code);
        return [(await visibleRows(owner, 'association_settings')).size > 900, ...codes];
      });
    expect(await tried('office 27001')).toEqual([true, '', '', denied, denied]);
    for (const name of ['office 27000', 'office 13006', 'doctor of draft', 'training contractor of 27001', 'guest', 'no context'])
      expect([name, await tried(name)]).toEqual([name, [true, denied, denied, denied, denied]]);
  });

  test('設立の取消は日本医師会だけが、設立日の前に、自らの名で記録でき、書き換えも削除もできない', async () => {
    const account = '(SELECT ctx_account())';
    const insert = (id: number, on: string, by = account) =>
      `INSERT INTO association_opening_withdrawal VALUES (${id}, '${on}', '偽', ${by}, '偽', now())`;
    const texts = [
      insert(27_001, '2099-04-01'),
      insert(27_957, '2099-04-01', `'${newId()}'`),
      insert(27_957, '2000-04-01'),
      `UPDATE association_opening_withdrawal SET reason = '偽'`,
      `DELETE FROM association_opening_withdrawal`,
      insert(27_957, '2099-04-01'),
    ];
    const tried = async (name: string) =>
      await asActor(owner, viewers.find((one) => one.name === name)?.actor, async () => {
        const codes: string[] = [];
        for (const text of texts) codes.push((await attempt(owner, text)).code);
        return codes;
      });
    const never = texts.slice(1).map(() => denied);
    expect(await tried('office 0')).toEqual([...never, '']);
    for (const name of ['office 27000', 'office 27001', 'guest', 'no context'])
      expect([name, await tried(name)]).toEqual([name, [...never, denied]]);
  });

  test('下層の会員期間は、処理中の届のある医師会だけが、日付だけを知る', async () => {
    const ask = async (name: string, association: number) =>
      await asActor(
        owner,
        viewers.find((one) => one.name === name)?.actor,
        async () =>
          (
            await owner.query<{ joined_on: string; left_on: string | null }>('SELECT * FROM periods_below($1, $2)', [
              mix.half.doctor.personId,
              association,
            ])
          ).rows,
      );
    expect(await ask('office 27000', 27_000)).toMatchObject([{ left_on: null }]);
    for (const name of ['office 13000', 'office 27002', 'guest', 'no context']) expect([name, await ask(name, 27_000)]).toEqual([name, []]);
  });

  test.each(defects)('欠陥 %s が見つかる', async (name) => {
    await owner.query(readFileSync(new URL(name, directory), 'utf8'));
    const among = viewers.filter((one) => [...attackers, 'doctor of received', 'office 27000', 'office 0'].includes(one.name));
    expect([
      ...(await differences(among)),
      ...(await breaches(viewers.filter((one) => ['office 13006', 'office 27001'].includes(one.name)))),
    ]).not.toEqual([]);
  });
});
