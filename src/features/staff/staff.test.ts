import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OfficeActor } from '#kernel/actor.ts';
import { addAccount } from '#features/identity/commands/create-account.ts';
import { logIn } from '#features/identity/commands/log-in.ts';
import { makeReadVisitor } from '#features/identity/queries/visitor.ts';
import { hashPassword } from '#platform/password/password.ts';
import { must, system } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { createWorld, testNow, type World } from '#support/world.ts';
import { declineUsing, startUsing } from './commands/answer-invitation.ts';
import { changeMember, endMemberSessions, removeMember } from './commands/change-member.ts';
import { createStaffMember } from './commands/create-staff-member.ts';
import { invite } from './commands/invite.ts';
import { issueInvitation } from './commands/issue-invitation.ts';
import { resendInvitation, withdrawInvitation } from './commands/manage-invitation.ts';
import { remindOfValidity } from './daily.ts';
import { staffMessages } from './messages.ts';
import { invitationOf } from './queries/invitation.ts';
import { staffDetail, staffList } from './queries/staff-list.ts';
import { staffSheet } from './queries/staff-sheet.ts';

const kita = 27001;
let world: World;
let admin: OfficeActor;
let passwordHash: string;
let people = 0;

/** A staff member of an office with an account of his own, as a session would make him. */
async function staff(office: OfficeActor, more: { role?: OfficeActor['role']; validUntil?: string } = {}): Promise<OfficeActor> {
  people += 1;
  const role = more.role ?? 'admin';
  const loginId = `staff-${String(people).padStart(4, '0')}`;
  const account = { loginId, passwordHash, kind: 'staff', displayName: '事務局 花子', mail: `${loginId}@example.jp` };
  const { accountId } = must(await run(addAccount, world.as(system), account));
  const names = {
    surname: '事務局',
    givenName: '花子',
    surnameKana: 'ジムキョク',
    givenNameKana: `ハナコ${'アイウエオカキクケコ'[people % 10]}`,
  };
  const row = { ...names, accountId, associationId: office.associationId, role, validUntil: more.validUntil ?? '2026-12-31' };
  const { staffId } = must(await run(createStaffMember, world.as(system), row));
  return { ...office, accountId, staffId, role };
}

const form = {
  surname: '梅田',
  givenName: '次郎',
  surnameKana: 'ｳﾒﾀﾞ',
  givenNameKana: 'じろう',
  mail: 'jiro@example.jp',
  mailRepeat: 'jiro@example.jp',
  role: 'clerk',
  validUntil: '2026/12/31',
};
const login = { loginId: 'jiro-umeda', password: 'Kx7!mWq2zz', passwordRepeat: 'Kx7!mWq2zz', agreed: '1' };

async function owner<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
  return (await world.database.system.query<Row>(text, values)).rows;
}

/** The link in the newest invitation mail to an address. */
async function linkTo(mail: string): Promise<string> {
  const rows = await owner<{ body: string }>(`SELECT body FROM mail_message WHERE to_address = $1 ORDER BY id DESC LIMIT 1`, [mail]);
  return /\/invitations\/([\w-]{43})/.exec(rows[0]?.body ?? '')?.[1] ?? '';
}

async function versionOf(id: string): Promise<number> {
  return must(await ask(staffDetail, world.as(admin), { id })).row.version;
}

const edit = async (id: string, more: object) => {
  const { row } = must(await ask(staffDetail, world.as(admin), { id }));
  const { surname, givenName, surnameKana, givenNameKana, role, state, version } = row;
  return { id, surname, givenName, surnameKana, givenNameKana, role, state, version, validUntil: row.validUntil, ...more };
};

beforeAll(async () => {
  world = await createWorld();
  passwordHash = must(await hashPassword('Kx7!mWq2zz'));
  const [office] = await world.offices(kita);
  if (office === undefined) throw new Error('no office');
  admin = await staff(office);
});
afterAll(async () => await world.close());

describe('招待(screens.md O-17, A-13)', () => {
  it('メールのURLから本人がログインIDとパスワードを決めると、その権限でログインできる', async () => {
    const invited = must(await run(invite, world.as(admin), form));
    must(await run(issueInvitation, world.as(system), invited));
    expect(await run(issueInvitation, world.as(system), invited)).toMatchObject({ refusal: { code: 'conflict' } });
    expect(await run(invite, world.as(admin), form)).toMatchObject({ refusal: { fields: { mail: [staffMessages.invited(form.mail)] } } });
    const token = await linkTo(form.mail);
    const guest = { ...world.as({ kind: 'guest' }), address: '203.0.113.7' };
    expect(must(await invitationOf(guest, token))).toMatchObject({
      office: '大阪市北区医師会',
      role: 'clerk',
      inviter: '事務局 花子',
      usableUntil: '2026-01-22',
    });
    expect(await startUsing(guest, token, { loginId: 'jiro', password: 'x', passwordRepeat: 'y' })).toMatchObject({
      refusal: {
        fields: {
          loginId: [expect.any(String)],
          password: [expect.any(String)],
          passwordRepeat: [expect.any(String)],
          agreed: [expect.any(String)],
        },
      },
    });
    const both = await Promise.all([startUsing(guest, token, login), startUsing(guest, token, { ...login, loginId: 'jiro-second' })]);
    expect(both.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(await invitationOf(guest, token)).toMatchObject({ refusal: { message: staffMessages.unusable } });
    const browser = { token: undefined, userAgent: '', knowsDevice: () => true };
    const used = both[0].ok ? login.loginId : 'jiro-second';
    expect(await logIn(guest, { loginId: used, password: login.password }, browser)).toMatchObject({
      value: { actor: { kind: 'office', role: 'clerk', associationId: kita, displayName: '梅田 次郎' } },
    });
    const trail = await owner(`SELECT 1 FROM audit_event WHERE association_id = $1 AND action = 'staff.acceptInvitation'`, [kita]);
    expect(trail).toHaveLength(1);
  });

  it('再送すると前のURLは使えず、期限が過ぎると使えず、心当たりがなければ終わる', async () => {
    const mail = 'other@example.jp';
    const { id } = must(await run(invite, world.as(admin), { ...form, mail, mailRepeat: mail }));
    must(await run(issueInvitation, world.as(system), { id }));
    const first = await linkTo(mail);
    must(await run(resendInvitation, world.as(admin), { id, version: 1 }));
    must(await run(issueInvitation, world.as(system), { id }));
    const second = await linkTo(mail);
    const guest = world.as({ kind: 'guest' });
    expect((await invitationOf(guest, first)).ok).toBe(false);
    expect((await invitationOf(guest, second)).ok).toBe(true);
    expect((await invitationOf(world.as({ kind: 'guest' }, new Date('2026-01-22T14:59:59Z')), second)).ok).toBe(true);
    expect((await invitationOf(world.as({ kind: 'guest' }, new Date('2026-01-22T15:00:00Z')), second)).ok).toBe(false);
    must(await declineUsing(guest, second));
    expect((await declineUsing(guest, second)).ok).toBe(false);
    expect(await run(withdrawInvitation, world.as(admin), { id, version: 3 })).toMatchObject({ refusal: { code: 'conflict' } });
    expect(await owner(`SELECT 1 FROM outbox WHERE kind = 'staff.invitationDeclined'`)).toHaveLength(1);
  });

  it('招待できるのは管理者だけで、有効期間は1年先まで', async () => {
    const [office] = await world.offices(kita);
    if (office === undefined) throw new Error('no office');
    for (const role of ['clerk', 'trainingContractor'] as const) {
      const other = await staff(office, { role });
      expect(await run(invite, world.as(other), form)).toMatchObject({ refusal: { code: 'forbidden' } });
      expect(await ask(staffList, world.as(other), {})).toMatchObject({ refusal: { code: 'forbidden' } });
      expect(await run(removeMember, world.as(other), { id: admin.staffId, version: 1 })).toMatchObject({
        refusal: { code: expect.stringMatching(/forbidden|notFound/) },
      });
    }
    const wrong = { ...form, mail: 'a@example.jp', mailRepeat: 'b@example.jp', validUntil: '2027/01/16' };
    expect(await run(invite, world.as(admin), wrong)).toMatchObject({
      refusal: { fields: { mailRepeat: ['確認用のメールアドレスが一致しません'] } },
    });
    expect(await run(invite, world.as(admin), { ...wrong, mailRepeat: 'a@example.jp' })).toMatchObject({
      refusal: { fields: { validUntil: ['有効期間は2026/01/15から2027/01/15までの日付を入力してください'] } },
    });
  });
});

describe('一覧(screens.md O-17)', () => {
  it('自医師会の事務局ユーザーと招待だけを、氏名・ログインID・メール・権限で探せる', async () => {
    const [, prefecture] = await world.offices(kita);
    if (prefecture === undefined) throw new Error('no office');
    const stranger = await staff(prefecture);
    const names = async (conditions: object) =>
      must(await ask(staffList, world.as(admin), conditions)).rows.map((row) => row.loginId || row.mail);
    expect(await names({ name: 'うめた' })).toHaveLength(1);
    expect(await names({ role: 'admin' })).toEqual(['staff-0001']);
    expect(await names({ loginId: 'staff-' })).not.toContain(`staff-${String(people).padStart(4, '0')}`);
    expect(await names({ mail: 'STAFF-0001@' })).toEqual(['staff-0001']);
    expect(await ask(staffDetail, world.as(admin), { id: stranger.staffId })).toMatchObject({ refusal: { code: 'notFound' } });
    expect(await run(removeMember, world.as(admin), { id: stranger.staffId, version: 1 })).toMatchObject({ refusal: { code: 'notFound' } });
  });

  it('管理者だけがファイルにできる', async () => {
    const linesFor = async (actor: OfficeActor) => {
      const ctx = world.as(actor);
      return await readTransaction(ctx, async (tx) => {
        const lines: (readonly string[])[] = [];
        for await (const page of staffSheet.pages(tx, ctx, { conditions: 'role=admin', columns: ['loginId', 'role', 'state'] }))
          lines.push(...page.map((row) => row.cells));
        return lines;
      });
    };
    expect(await linesFor(admin)).toEqual([['staff-0001', '管理者', '使用中']]);
    expect(await linesFor({ ...admin, role: 'clerk' })).toEqual([]);
  });
});

describe('停止・削除と最後の管理者(rules.md 5.3)', () => {
  it('停止した人の端末はその場で使えなくなり、使用中に戻せる', async () => {
    const [office] = await world.offices(kita);
    if (office === undefined) throw new Error('no office');
    const clerk = await staff(office, { role: 'clerk' });
    const guest = { ...world.as({ kind: 'guest' }), address: '203.0.113.8' };
    const browser = { token: undefined, userAgent: '', knowsDevice: () => true };
    const opened = must(await logIn(guest, { loginId: `staff-${String(people).padStart(4, '0')}`, password: 'Kx7!mWq2zz' }, browser));
    const read = makeReadVisitor(world.database);
    expect((await read(opened.token, testNow)).actor.kind).toBe('office');
    must(await run(changeMember, world.as(admin), await edit(clerk.staffId, { state: 'stopped' })));
    expect((await read(opened.token, testNow)).actor.kind).toBe('guest');
    must(await run(changeMember, world.as(admin), await edit(clerk.staffId, { state: 'active' })));
    expect((await read(opened.token, testNow)).actor.kind).toBe('guest');
    must(await logIn(guest, { loginId: `staff-${String(people).padStart(4, '0')}`, password: 'Kx7!mWq2zz' }, browser));
    expect(must(await run(endMemberSessions, world.as(admin), { id: clerk.staffId }))).toEqual({ ended: 1 });
    expect(await run(changeMember, world.as(admin), { ...(await edit(clerk.staffId, {})), version: 1 })).toMatchObject({
      refusal: { message: staffMessages.changedSince },
    });
    must(await run(removeMember, world.as(admin), { id: clerk.staffId, version: await versionOf(clerk.staffId) }));
    expect((await ask(staffDetail, world.as(admin), { id: clerk.staffId })).ok).toBe(false);
  });

  it('最後の管理者は停止も削除も権限の変更もできない', async () => {
    const last = { refusal: { message: staffMessages.lastAdmin } };
    for (const more of [{ state: 'stopped' }, { role: 'clerk' }, { validUntil: '2026-06-30' }])
      expect(await run(changeMember, world.as(admin), await edit(admin.staffId, more))).toMatchObject(last);
    expect(await run(removeMember, world.as(admin), { id: admin.staffId, version: 1 })).toMatchObject(last);
    must(await run(changeMember, world.as(admin), await edit(admin.staffId, { validUntil: '2027-01-15' })));
  });

  it('2名の管理者が同時に互いを外しても、必ず1名が残る', async () => {
    const [, , national] = await world.offices(kita);
    if (national === undefined) throw new Error('no office');
    let one = await staff(national);
    for (let round = 0; round < 8; round += 1) {
      const other = await staff(national);
      const outcomes = await Promise.all([
        run(removeMember, world.as(one), { id: other.staffId, version: 1 }),
        run(removeMember, world.as(other), { id: one.staffId, version: 1 }),
      ]);
      expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
      expect(outcomes.find((outcome) => !outcome.ok)).toMatchObject({ refusal: { message: staffMessages.lastAdmin } });
      const left = await owner<{ id: string }>(
        `SELECT id FROM staff_member WHERE association_id = $1 AND role = 'admin' AND state = 'active'`,
        [national.associationId],
      );
      expect(left).toHaveLength(1);
      one = outcomes[0].ok ? one : other;
    }
  });
});

describe('有効期間の知らせ(M-31, M-32)', () => {
  it('30日前に本人と管理者へ、最後の管理者なら上層の医師会へ、一度ずつ届く', async () => {
    const [office, prefecture] = await world.offices(13005);
    if (office === undefined || prefecture === undefined) throw new Error('no office');
    const upper = await staff(prefecture);
    const last = await staff(office, { validUntil: '2026-02-14' });
    const clerk = await staff(office, { role: 'clerk', validUntil: '2026-02-14' });
    await remindOfValidity(world.as(system));
    await remindOfValidity(world.as(system));
    const mailOf = async (actor: OfficeActor) =>
      (
        await owner<{ template: string }>(
          'SELECT m.template FROM mail_message m JOIN account a ON a.mail = m.to_address WHERE a.id = $1 ORDER BY m.id',
          [actor.accountId],
        )
      ).map((row) => row.template);
    expect(await mailOf(clerk)).toEqual(['M-31']);
    expect(await mailOf(last)).toEqual(['M-31', 'M-31']);
    expect(await mailOf(upper)).toEqual(['M-32']);
    const list = must(await ask(staffList, world.as(last), {}));
    expect(list.warning).toEqual({ name: '事務局 花子', until: '2026-02-14' });
  });
});
