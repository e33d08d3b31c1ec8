import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import type { Context } from '#platform/context.ts';
import { ask } from '#platform/command/query.ts';
import { mailList } from './queries/list-mails.ts';
import { asMailbox } from './queries/mailbox-access.ts';
import { oneMail } from './queries/one-mail.ts';

let world: World;
const ids = [randomUUID(), randomUUID()];

beforeAll(async () => {
  world = await createWorld();
  await world.database.system.query(
    `INSERT INTO mail_message (id, template, dedupe_key, to_address, subject, body)
     VALUES ($1, 'M-10', 'a', 'one_x@example.jp', '一', '本文'), ($2, 'M-10', 'b', 'oneyx@example.jp', '二', '本文')`,
    ids,
  );
});

afterAll(async () => {
  await world.close();
});

function at(more: Partial<Context['site']> & { address?: string }): Context {
  const { address = '203.0.113.9', ...site } = more;
  const ctx = world.as({ kind: 'guest' });
  return asMailbox({ ...ctx, address, site: { ...ctx.site, demo: true, localMailbox: true, ...site } });
}

const subjects = async (to: string) => {
  const found = await ask(mailList, at({}), { to });
  return found.ok ? found.value.map((mail) => mail.subject).sort() : found.refusal.code;
};

describe('ローカル受信箱', () => {
  it('届いたメールを示し、宛先の一部で絞れる', async () => {
    expect(await subjects('')).toEqual(['一', '二']);
    expect(await subjects('ONE_X@')).toEqual(['一']);
    expect(await subjects('%')).toEqual([]);
    expect(await ask(oneMail, at({}), { id: ids[0] })).toMatchObject({ ok: true, value: { to: 'one_x@example.jp', body: '本文' } });
    expect(await ask(oneMail, at({}), { id: randomUUID() })).toMatchObject({ ok: false, refusal: { code: 'notFound' } });
  });

  it.each([
    ['メールが外へ送られるとき', { localMailbox: false }],
    ['デモでないときの、ほかの機械', { demo: false }],
  ])('%sには存在しない', async (_title, more) => {
    expect(await ask(mailList, at(more), {})).toMatchObject({ ok: false, refusal: { code: 'notFound' } });
    expect(await ask(oneMail, at(more), { id: ids[0] })).toMatchObject({ ok: false, refusal: { code: 'notFound' } });
  });

  it('デモでなくても、同じ機械からは見える', async () => {
    for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
      expect(await ask(mailList, at({ demo: false, address }), {})).toMatchObject({ ok: true });
    }
  });
});
