import { loginOf } from '#features/identity/commands/change-login.ts';
import { passwordAgain } from '#features/identity/commands/change-own-login.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { actingAccount } from '#kernel/actor.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { command, run } from '#platform/command/command.ts';
import { fieldErrors } from '#platform/command/parse.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { queueMail } from '#platform/mail/queue-mail.ts';
import { hashToken, isToken, newToken } from '#platform/session/token.ts';
import { z } from 'zod';
import { asEntrance } from '../as-entrance.ts';
import { newAddressMail } from '../mails/texts.ts';
import { texts } from '../messages.ts';
import { countLinks, insertLink } from '../recovery.store.server.ts';
import { mailPairInput } from '../schema.ts';

/** Another mail address for one's own login (D-05): nothing changes before its link is used (`confirm-mail.ts`). */

const hourMs = 3_600_000;
const systemOnly = (ctx: Context) => (ctx.actor.kind === 'system' ? true : refuse('forbidden'));
const causeOf = (token: string) => hashToken(token).toString('hex').slice(0, 32);

type NewAddress = { accountId: string; name: string; mail: string; token: string; hours: number };

/** M-09 to the new address, with the link that shows that mail arrives there. */
export async function askNewAddress(tx: WriteTransaction, ctx: Context, asked: NewAddress): Promise<void> {
  const { accountId, name, mail, token, hours } = asked;
  const expiresAt = new Date(ctx.now.getTime() + hours * hourMs);
  await insertLink(tx, { tokenHash: hashToken(token), accountId, purpose: 'mail', mail, now: ctx.now, expiresAt });
  const text = newAddressMail({ name, link: `${ctx.site.origin}/new-mail/${token}`, hours });
  await queueMail(tx, { template: 'M-09', dedupeKey: `M-09:${causeOf(token)}`, to: mail, ...text });
}

const askNewMail = command({
  name: 'entrance.askNewMail',
  input: z.object({ accountId: z.string(), name: z.string(), mail: z.string(), token: z.string().refine(isToken) }),
  secret: true,
  locks: async (_tx, input) => [{ kind: 'account', id: input.accountId }],
  load: async (tx, input, ctx) => {
    const since = new Date(ctx.now.getTime() - hourMs);
    return { settings: await systemSettingsOf(tx), recent: await countLinks(tx, input.accountId, { purpose: 'mail', since }) };
  },
  allow: systemOnly,
  decide: (_ctx, { recent, settings }) =>
    recent < settings.mailsPerHour ? accepted(settings.mailCheckHours) : refuse('tooMany', { message: texts.tooManyMails }),
  save: async (tx, { ctx, decision: hours, input: { accountId, name, mail, token } }) => {
    await askNewAddress(tx, ctx, { accountId, name, mail, token, hours });
    return { value: true, audit: { action: 'entrance.askNewMail', target: accountId }, events: [] };
  },
});

/** 確認メールを送信する: checks the pair and the password, and sends the link to the new address. */
export async function requestNewMail(ctx: Context, raw: unknown, password: string): Promise<Outcome<true>> {
  const parsed = mailPairInput.safeParse(raw);
  if (!parsed.success) return refuse('invalid', { fields: fieldErrors(parsed.error) });
  const again = await passwordAgain(ctx, password, 'passwordForMail');
  if (!again.ok) return again;
  const accountId = actingAccount(ctx.actor) ?? '';
  const login = await loginOf(ctx, accountId);
  if (login === undefined) return refuse('unauthenticated');
  const outcome = await run(askNewMail, asEntrance(ctx), {
    accountId,
    name: login.displayName,
    mail: parsed.data.mail,
    token: newToken(),
  });
  return outcome.ok ? accepted(true) : outcome;
}
