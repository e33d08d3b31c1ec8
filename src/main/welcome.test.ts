import { addAccount } from '#features/identity/commands/create-account.ts';
import { hashPassword } from '#platform/password/password.ts';
import { run } from '#platform/command/command.ts';
import { createWorld } from '#support/world.ts';
import { expect, it } from 'vitest';
import { readSettings } from './config.ts';
import { must, system } from './demo/acting.ts';
import { existingLogins } from './installation.ts';
import { demoLogins, welcome } from './welcome.ts';

it('names only those logins of the demo that there are', async () => {
  const world = await createWorld();
  try {
    const passwordHash = must(await hashPassword('Vw7x-kqTz-93mn'));
    for (const loginId of ['demo-kita-admin', 'somebody-else'])
      must(await run(addAccount, world.as(system), { loginId, passwordHash, kind: 'staff', displayName: '北村 和子', mail: '' }));
    const there = await existingLogins(world.ownerUrl, demoLogins);
    const config = { ...readSettings({}, [], '/'), ownerUrl: world.ownerUrl, sessionSecret: '', demo: true };
    const lines = welcome(config, there).split('\n');
    expect(lines.filter((line) => /demo-|somebody/.test(line))).toEqual([expect.stringContaining('demo-kita-admin')]);
    expect(welcome(config, new Set())).not.toContain('Demo logins');
  } finally {
    await world.close();
  }
});
