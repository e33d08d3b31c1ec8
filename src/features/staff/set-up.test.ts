import { mkdtempSync, readFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '#platform/command/command.ts';
import { logIn } from '#features/identity/commands/log-in.ts';
import { prepareSetup } from '#main/setup.ts';
import { must, system } from '#main/demo/acting.ts';
import { createWorld, type World } from '#support/world.ts';
import { createStaffMember } from './commands/create-staff-member.ts';
import { setUp } from './commands/set-up-first-admin.ts';
import { setupState } from './queries/setup-state.ts';

let world: World;
const dataDir = mkdtempSync(join(tmpdir(), 'mamis-setup-'));
const form = {
  surname: '日医',
  givenName: '花子',
  surnameKana: 'ﾆﾁｲ',
  givenNameKana: 'はなこ',
  mail: 'hanako@example.jp',
  loginId: 'first-admin',
  password: 'Kx7!mWq2zz',
  passwordRepeat: 'Kx7!mWq2zz',
};

beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => await world.close());

describe('最初の管理者の登録', () => {
  it('職員がいない間だけ、起動時のコードを知る人が一度だけ登録できる', async () => {
    const guest = world.as({ kind: 'guest' });
    expect(await setupState(world.database)).toMatchObject({ refusal: { code: 'notFound' } });
    const code = (await prepareSetup(world.database, dataDir)) ?? '';
    expect(await prepareSetup(world.database, dataDir)).toBe(code);
    expect(readFileSync(join(dataDir, 'setup-code'), 'utf8').trim()).toBe(code);
    expect((await setupState(world.database)).ok).toBe(true);

    expect(await setUp(guest, { ...form, code: 'guess' })).toMatchObject({
      refusal: { fields: { code: [expect.stringContaining('設定コード')] } },
    });
    expect(await setUp(guest, form)).toMatchObject({ refusal: { fields: { code: [expect.any(String)] } } });
    expect(await setUp(guest, { code, password: 'Password1!', passwordRepeat: 'x' })).toMatchObject({
      refusal: {
        fields: {
          surname: ['姓を入力してください'],
          loginId: ['ログインIDを入力してください'],
          passwordRepeat: ['確認用のパスワードが一致しません'],
        },
      },
    });

    const outcomes = await Promise.all([
      setUp(guest, { ...form, code }),
      setUp(guest, { ...form, loginId: 'other-admin', code: ` ${code.toUpperCase()} ` }),
    ]);
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(outcomes.find((outcome) => !outcome.ok)).toMatchObject({ refusal: { message: '管理者は登録済みです。ログインしてください。' } });

    expect((await setUp(guest, { ...form, loginId: 'third-admin', code })).ok).toBe(false);
    expect(await setupState(world.database)).toMatchObject({ refusal: { code: 'notFound' } });
    expect(await prepareSetup(world.database, dataDir)).toBeUndefined();
    expect(existsSync(join(dataDir, 'setup-code'))).toBe(false);
  });

  it('登録した管理者は日本医師会の管理者としてログインできる', async () => {
    const browser = { token: undefined, userAgent: '', knowsDevice: () => false };
    const guest = { ...world.as({ kind: 'guest' }), address: '203.0.113.1' };
    const outcomes = [];
    for (const loginId of ['first-admin', 'other-admin']) outcomes.push(await logIn(guest, { loginId, password: form.password }, browser));
    const [done] = outcomes.filter((outcome) => outcome.ok);
    expect(done).toMatchObject({
      value: { actor: { kind: 'office', role: 'admin', layer: 1, associationName: '日本医師会', displayName: '日医 花子' } },
    });
  });

  it('職員にできるのは職員のアカウントだけで、作れるのはシステムだけ', async () => {
    const accountId = '00000000-0000-7000-8000-000000000000';
    const input = {
      accountId,
      associationId: 10001,
      role: 'clerk',
      validUntil: '2026-12-31',
      surname: 'a',
      givenName: 'b',
      surnameKana: 'ア',
      givenNameKana: 'イ',
    };
    expect(await run(createStaffMember, world.as(system), input)).toMatchObject({ refusal: { code: 'notFound' } });
    const [office] = await world.offices(10001);
    if (office === undefined) throw new Error('no office');
    const refused = await run(createStaffMember, world.as(office), { ...input, accountId: must(await ownAccountOfStaff()) });
    expect(refused).toMatchObject({ refusal: { code: expect.stringMatching(/forbidden|notFound/) } });
  });
});

async function ownAccountOfStaff() {
  const found = await world.database.system.query<{ id: string }>('SELECT id FROM account LIMIT 1');
  const id = found.rows[0]?.id ?? '';
  return { ok: true as const, value: id };
}
