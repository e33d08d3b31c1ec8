import { doctorOfMail } from '#features/identity/queries/taken.ts';
import { freeTriesOfAddress } from '#features/identity/rules.ts';
import { makeTries } from '#features/identity/tries.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { newId } from '#kernel/id.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { command, run } from '#platform/command/command.ts';
import { fieldErrors } from '#platform/command/parse.ts';
import type { Context } from '#platform/context.ts';
import { queueMail } from '#platform/mail/queue-mail.ts';
import { hashToken, isToken, newToken } from '#platform/session/token.ts';
import { z } from 'zod';
import { asEntrance, inEvenTime } from '../as-entrance.ts';
import { alreadyRegistered, mailCheck } from '../mails/texts.ts';
import { texts } from '../messages.ts';
import { type Agreed, agreedInput, mailPairInput } from '../schema.ts';
import { countChecks, findById, insertRegistration, killLink } from '../store.server.ts';

const hourMs = 3_600_000;

/** Mails that one network address may cause before it has to wait, longer and longer; an office sits behind one. */
const ofAddress = makeTries(freeTriesOfAddress * 3);

/** Notes the address and sends the link, or, to the holder of a known address, M-02. Which of the two nobody is told. */
const askMailCheck = command({
  name: 'entrance.askMailCheck',
  input: z.object({
    id: z.string(),
    mail: z.string(),
    token: z.string().refine(isToken),
    agreed: agreedInput,
    /** The account of a migrated doctor at his first login. */
    accountId: z.string().nullable(),
    /** The registration whose link was asked for again; it opens nothing any more. */
    replaces: z.string().optional(),
  }),
  secret: true,
  locks: async (_tx, input) => [{ kind: 'key', id: `mail-check:${input.mail.toLowerCase()}` }],
  load: async (tx, input, ctx) => {
    const settings = await systemSettingsOf(tx);
    const known = await doctorOfMail(tx, input.mail);
    return { settings, known, recent: await countChecks(tx, input.mail, new Date(ctx.now.getTime() - hourMs)) };
  },
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (_ctx, target) => accepted({ send: target.recent < target.settings.mailsPerHour }),
  save: async (tx, { ctx, target, decision, input }) => {
    const note = { action: 'entrance.askMailCheck', target: input.id, detail: { sent: decision.send } };
    if (!decision.send) return { value: true, audit: note, events: [] };
    const { id, mail, agreed, accountId } = input;
    const hours = target.settings.mailCheckHours;
    const expiresAt = new Date(ctx.now.getTime() + hours * hourMs);
    if (input.replaces !== undefined) await killLink(tx, input.replaces, ctx.now);
    await insertRegistration(tx, { id, mail, linkHash: hashToken(input.token), accountId, agreed, now: ctx.now, expiresAt });
    const { origin } = ctx.site;
    const text =
      target.known === undefined
        ? { template: 'M-01' as const, ...mailCheck({ link: `${origin}/register/verify/${input.token}`, hours }) }
        : {
            template: 'M-02' as const,
            ...alreadyRegistered({ name: target.known, login: `${origin}/login`, recover: `${origin}/recover` }),
          };
    await queueMail(tx, { ...text, dedupeKey: `${text.template}:${id}`, to: mail });
    return { value: true, audit: note, events: [] };
  },
});

export type Asked = { id: string };

async function send(
  ctx: Context,
  about: { mail: string; agreed: Agreed; accountId: string | null; replaces?: string },
): Promise<Outcome<Asked>> {
  const wait = ofAddress.take(ctx.address, ctx.now);
  if (wait > 0) return refuse('tooMany', { message: texts.waitSeconds(wait), retryAfterSeconds: wait });
  const id = newId();
  const outcome = await inEvenTime(() => run(askMailCheck, asEntrance(ctx), { ...about, id, token: newToken() }));
  return outcome.ok ? accepted({ id }) : outcome;
}

/** checks the typed pair and sends the mail. The answer is the same whether the address is known, new or asked too often. */
export async function requestMailCheck(
  ctx: Context,
  raw: unknown,
  about: { agreed: Agreed; accountId: string | null },
): Promise<Outcome<Asked>> {
  const parsed = mailPairInput.safeParse(raw);
  if (!parsed.success) return refuse('invalid', { fields: fieldErrors(parsed.error) });
  return await send(ctx, { mail: parsed.data.mail, ...about });
}

/** 確認メールを再送する: a new link to the same address; the old one dies. */
export async function resendMailCheck(ctx: Context, id: string): Promise<Outcome<Asked>> {
  const before = await run(findCheck, asEntrance(ctx), { id });
  if (!before.ok) return before;
  const { createdAt, mail, terms, privacy, accountId, wait } = before.value;
  if (ctx.now.getTime() - createdAt < wait * 1000) return refuse('tooMany', { message: texts.notAgain(wait), retryAfterSeconds: wait });
  return await send(ctx, { mail, agreed: { terms, privacy }, accountId, replaces: id });
}

/** The check that a browser asked for; a command, because asking for a mail again is on record. */
const findCheck = command({
  name: 'entrance.askAgain',
  input: z.object({ id: z.string() }),
  secret: true,
  locks: async () => [],
  load: async (tx, input) => {
    const check = await findById(tx, input.id);
    return check && { check, wait: (await systemSettingsOf(tx)).mailResendSeconds };
  },
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (_ctx, { check, wait }) => (check.openedAt === null ? accepted({ ...check, wait }) : refuse('notFound')),
  save: async (_tx, { decision, input }) => {
    const { mail, terms, privacy, accountId, wait } = decision;
    return {
      value: { mail, terms, privacy, accountId, wait, createdAt: decision.createdAt.getTime() },
      audit: { action: 'entrance.askAgain', target: input.id },
      events: [],
    };
  },
});
