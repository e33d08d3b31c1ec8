import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OfficeActor } from '#kernel/actor.ts';
import { day } from '#kernel/day.ts';
import { addAccount } from '#features/identity/commands/create-account.ts';
import { beginFactor, confirmFactor } from '#features/identity/commands/second-factor.ts';
import { findStaffHolder } from '#features/identity/store.server.ts';
import { standingOf } from '#features/identity/rules.ts';
import { startUsing } from '#features/staff/commands/answer-invitation.ts';
import { createStaffMember } from '#features/staff/commands/create-staff-member.ts';
import { handOver } from '#features/staff/commands/hand-over.ts';
import { issueInitialPassword } from '#features/staff/commands/initial-password.ts';
import { invite } from '#features/staff/commands/invite.ts';
import { issueInvitation } from '#features/staff/commands/issue-invitation.ts';
import { liftSecondFactor } from '#features/staff/commands/lift-factor.ts';
import { saveView } from '#features/staff/commands/saved-views.ts';
import { linkOfInitialPassword } from '#features/staff/queries/invitation.ts';
import { staffReactions } from '#features/staff/reactions.ts';
import { approveAs, fileJoin, must, system } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { reactTask } from '#platform/jobs/reactions.ts';
import { hashPassword } from '#platform/password/password.ts';
import { totpCode, totpStep } from '#platform/second-factor/totp.ts';
import { createWorld, testNow, type World } from '#support/world.ts';
import { assign } from './commands/assign.ts';
import { applicationReactions } from './reactions.ts';

/** What a 管理者 does for colleagues and for his own end (`screens.md O-17`), up to the cases of the office. */

const kita = 27001;
const password = 'Kx7!mWq2zz';
let world: World;
let passwordHash: string;
let people = 0;

async function staff(role: OfficeActor['role']): Promise<OfficeActor> {
  const [office] = await world.offices(kita);
  if (office === undefined) throw new Error('no office');
  people += 1;
  const loginId = `colleague-${people}`;
  const account = { loginId, passwordHash, kind: 'staff', displayName: '事務局 花子', mail: `${loginId}@example.jp` };
  const { accountId } = must(await run(addAccount, world.as(system), account));
  const names = { surname: '事務局', givenName: `花子${people}`, surnameKana: 'ジムキョク', givenNameKana: 'ハナコ' };
  const row = { ...names, accountId, associationId: kita, role, validUntil: '2026-12-31' };
  const { staffId } = must(await run(createStaffMember, world.as(system), row));
  return { ...office, accountId, staffId, role };
}

async function rows<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
  return (await world.database.system.query<Row>(text, values)).rows;
}

/** What follows the news of a kind, as the worker does it. */
async function react(kind: string): Promise<void> {
  const reactions = [staffReactions, applicationReactions({ origin: 'http://localhost' })];
  const task = reactTask({ surroundings: world.surroundings, reactions, clock: () => testNow });
  const job = {
    id: '1',
    attempt: 1,
    lastAttempt: false,
    signal: new AbortController().signal,
    asOwner: () => Promise.reject(new Error('not asked')),
  };
  for (const { id } of await rows<{ id: string }>('SELECT id FROM outbox WHERE kind = $1', [kind]))
    await task({ outboxId: Number(id) }, job);
}

async function setFactor(actor: OfficeActor, now: Date): Promise<void> {
  const ctx = world.as(actor, now);
  must(await beginFactor(ctx, actor.accountId));
  const [kept] = await rows<{ secret: Buffer }>('SELECT secret FROM second_factor WHERE account_id = $1', [actor.accountId]);
  const secret = world.surroundings.vault.open(actor.accountId, kept?.secret ?? Buffer.alloc(0)) ?? Buffer.alloc(0);
  must(await confirmFactor(ctx, { accountId: actor.accountId, userAgent: '' }, totpCode(secret, totpStep(now))));
}

/** The staff member as his next request makes him. */
async function asSignedIn(actor: OfficeActor): Promise<OfficeActor> {
  const holder = await findStaffHolder(world.database.system, {
    accountId: actor.accountId,
    staffId: actor.staffId,
    today: day('2026-01-15'),
  });
  const standing = holder === undefined ? undefined : standingOf(holder);
  if (standing === undefined || !('actor' in standing) || standing.actor.kind !== 'office') throw new Error('not in use');
  return standing.actor;
}

async function submitted(): Promise<string> {
  const doctor = await world.doctor();
  return (await fileJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: '2026/02/01' })).id;
}

beforeAll(async () => {
  world = await createWorld();
  passwordHash = must(await hashPassword(password));
});
afterAll(async () => await world.close());

describe('2段階認証を解除する(O-17、A-02)', () => {
  it('管理者が解除すると端末が終わり、設定し直してから24時間は承認できず、本人に知らされる', async () => {
    const admin = await staff('admin');
    const clerk = await staff('clerk');
    expect(await run(liftSecondFactor, world.as(admin), { id: clerk.staffId })).toMatchObject({
      refusal: { message: 'この方は2段階認証を設定していません。' },
    });
    await setFactor(clerk, testNow);
    expect((await asSignedIn(clerk)).heldUntil).toBeUndefined();
    expect(await run(liftSecondFactor, world.as(clerk), { id: clerk.staffId })).toMatchObject({ refusal: { code: 'forbidden' } });
    const [stranger] = await world.offices(13005);
    if (stranger === undefined) throw new Error('no office');
    expect(await run(liftSecondFactor, world.as(stranger), { id: clerk.staffId })).toMatchObject({ refusal: { code: 'notFound' } });
    must(await run(liftSecondFactor, world.as(admin), { id: clerk.staffId }));
    await react('staff.factorLifted');
    const told = await rows(`SELECT 1 FROM mail_message WHERE template = 'M-05' AND body LIKE '%2段階認証を解除しました%'`);
    expect(told).toHaveLength(1);
    const later = new Date(testNow.getTime() + 3_600_000);
    await setFactor(clerk, later);
    const held = await asSignedIn(clerk);
    const id = await submitted();
    expect(await approveAs(world.as(held, later), id, { decidedOn: '2026-02-01' })).toMatchObject({
      refusal: { code: 'conflict', message: '2段階認証を再設定したため、2026/01/16 13:00まで承認・出力はできません。' },
    });
    must(await approveAs(world.as(held, new Date(later.getTime() + 86_400_000)), id, { decidedOn: '2026-02-01' }));
  });

  it('ご自身の2段階認証は、ここでは解除できない', async () => {
    const admin = await staff('admin');
    await setFactor(admin, testNow);
    expect((await run(liftSecondFactor, world.as(admin), { id: admin.staffId })).ok).toBe(false);
  });
});

describe('引継ぎ(O-17)', () => {
  it('担当中の申請と保存した条件が後任に移り、自分の有効期間は利用終了日で終わる', async () => {
    const leaver = await staff('admin');
    const successor = await staff('clerk');
    const id = await submitted();
    must(await run(assign, world.as(leaver), { id, staffId: leaver.staffId, seen: '' }));
    for (const actor of [leaver, successor])
      must(await run(saveView, world.as(actor), { list: 'applications', name: '入会', conditions: 'kind=join' }));
    const asked = { successorId: successor.staffId, endsOn: '2026/01/31', version: 1 };
    expect(await run(handOver, world.as(leaver), { ...asked, successorId: leaver.staffId })).toMatchObject({
      refusal: { fields: { successorId: ['後任を選択してください'] } },
    });
    expect(await run(handOver, world.as(leaver), { ...asked, endsOn: '2027/01/31' })).toMatchObject({ refusal: { code: 'invalid' } });
    must(await run(handOver, world.as(leaver), asked));
    await react('staff.handedOver');
    await react('staff.handedOver');
    expect(await rows('SELECT staff_id FROM case_assignment WHERE application_id = $1', [id])).toEqual([{ staff_id: successor.staffId }]);
    const views = await rows<{ name: string }>('SELECT name FROM saved_view WHERE account_id = $1 ORDER BY name', [successor.accountId]);
    expect(views.map((view) => view.name)).toEqual(['入会', '入会(引継ぎ)']);
    expect(await rows('SELECT 1 FROM saved_view WHERE account_id = $1', [leaver.accountId])).toEqual([]);
    expect(await rows('SELECT valid_until::text AS until FROM staff_member WHERE id = $1', [leaver.staffId])).toEqual([
      { until: '2026-01-31' },
    ]);
  });

  it('ただ1名の管理者は、後任の管理者がいなければ終えられない', async () => {
    await world.database.system.query(`UPDATE staff_member SET state = 'stopped' WHERE association_id = $1`, [kita]);
    const last = await staff('admin');
    const clerk = await staff('clerk');
    expect(await run(handOver, world.as(last), { successorId: clerk.staffId, endsOn: '2026/01/31', version: 1 })).toMatchObject({
      refusal: { code: 'conflict', message: expect.stringContaining('先に後任の管理者を登録してください。') },
    });
  });
});

describe('初期パスワードを発行する(O-17)', () => {
  it('メールのURLの代わりに24時間だけ使え、本人が自分のパスワードを決めると終わる', async () => {
    const admin = await staff('admin');
    const form = { surname: '梅田', givenName: '次郎', surnameKana: 'ウメダ', givenNameKana: 'ジロウ', role: 'clerk' };
    const mail = 'unreachable@example.jp';
    const { id } = must(await run(invite, world.as(admin), { ...form, mail, mailRepeat: mail, validUntil: '2026/12/31' }));
    const made = must(await issueInitialPassword(world.as(admin), { id, version: 1 }));
    expect(made.initialPassword).toMatch(/^[A-Z0-9]{4}(-[A-Z0-9]{4}){3}$/);
    // The mail that was still to be made makes no other link.
    expect((await run(issueInvitation, world.as(system), { id })).ok).toBe(false);
    const guest = (hours: number) => world.as({ kind: 'guest' }, new Date(testNow.getTime() + hours * 3_600_000));
    expect((await linkOfInitialPassword(guest(25), made)).ok).toBe(false);
    expect(await linkOfInitialPassword(guest(1), { initialPassword: 'AAAA-AAAA-AAAA-AAAA' })).toMatchObject({
      refusal: { fields: { initialPassword: ['初期パスワードが正しくないか、有効期限(発行から24時間)が過ぎています。'] } },
    });
    const token = must(await linkOfInitialPassword(guest(1), { initialPassword: ` ${made.initialPassword.toLowerCase()}` }));
    const login = { loginId: 'handed-over', password: 'Nw8!pVr3yy', passwordRepeat: 'Nw8!pVr3yy', agreed: '1' };
    must(await startUsing(guest(1), token, login));
    expect((await linkOfInitialPassword(guest(2), made)).ok).toBe(false);
    const kept = await rows<{ row: string }>('SELECT to_json(i)::text AS row FROM staff_invitation i WHERE id = $1', [id]);
    expect(kept[0]?.row).not.toContain(made.initialPassword);
  });
});
