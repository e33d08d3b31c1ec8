import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { command, run } from '#platform/command/command.ts';
import { fieldErrors } from '#platform/command/parse.ts';
import type { Context } from '#platform/context.ts';
import { makeAllowance, makeRateLimiter } from '#platform/http/rate-limit.ts';
import { countAsked } from '../list.store.server.ts';
import { inquiryTexts as texts } from '../messages.ts';
import { groundOf, judgeQuestion } from '../queries/asking.ts';
import { contactInput } from '../schema.ts';
import { writeQuestion } from './ask.ts';

/**
 * お問合せ by anybody. Whether the address belongs to somebody here is never looked at, so the answer is the same for all;
 * what is answered goes by mail only.
 */

/** Before the login nobody is anybody: the system takes the question, and the audit says so. */
export function asContact(ctx: Context): Context {
  return { ...ctx, actor: { kind: 'system', name: 'contact' } };
}

const hourMs = 3_600_000;
/** Questions a minute from one network address. */
const sendsPerMinute = 5;
const sends = makeRateLimiter(1);

const hourSeconds = 3600;
const megabyte = 1024 * 1024;
/** 添付ファイル an hour without login: from one network address, and from all of them together, so that they never fill the store. */
const filesOfOne = makeAllowance(20, hourSeconds);
const bytesOfOne = makeAllowance(60 * megabyte, hourSeconds);
const bytesOfAll = makeAllowance(2048 * megabyte, hourSeconds);

/** Whether files of somebody without login are taken now; asked before anything is looked into or kept. */
export function admitFiles(ctx: Context, files: readonly File[]): Outcome<true> {
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  const wait =
    filesOfOne.take(ctx.address, files.length, ctx.now) ??
    bytesOfOne.take(ctx.address, bytes, ctx.now) ??
    bytesOfAll.take('all', bytes, ctx.now);
  if (wait === undefined) return accepted(true);
  return refuse('tooMany', { retryAfterSeconds: wait, message: texts.manyUploads(Math.ceil(wait / 60)) });
}

const contact = command({
  name: 'inquiry.contact',
  input: contactInput,
  locks: async (_tx, { mail }) => await Promise.resolve([{ kind: 'key' as const, id: `contact:${mail.toLowerCase()}` }]),
  load: async (tx, input, ctx) => {
    const { mailsPerHour } = await systemSettingsOf(tx);
    const recent = await countAsked(tx, input.mail, new Date(ctx.now.getTime() - hourMs));
    return { ground: await groundOf(tx, ctx, input), mailed: recent < mailsPerHour };
  },
  allow: ({ actor }) => (actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (ctx, { ground }, input) => judgeQuestion(ctx, ground, input),
  save: async (tx, { ctx, target: { ground, mailed }, decision, input }) => {
    const { kind, body, name, kana, mail } = input;
    const saved = await writeQuestion(tx, ctx, {
      kind,
      body,
      who: {
        asker: 'guest',
        personId: null,
        askerAssociationId: null,
        accountId: null,
        askerName: name,
        askerKana: kana,
        askerMail: mail,
        associationId: ground.association?.id ?? null,
      },
      office: '',
      ground,
      desk: decision,
    });
    // A stranger may type anybody's address: beyond the set number it hears nothing more this hour.
    return mailed ? saved : { ...saved, events: [] };
  },
});

/** 送信する without login: at most five a minute from one address of the network. */
export async function sendContact(ctx: Context, raw: unknown, key: string | undefined): Promise<Outcome<{ id: string; number: string }>> {
  const parsed = contactInput.safeParse(raw);
  if (!parsed.success) return refuse('invalid', { fields: fieldErrors(parsed.error) });
  const wait = sends.hit(ctx.address, sendsPerMinute, ctx.now);
  if (wait !== undefined) return refuse('tooMany', { retryAfterSeconds: wait, message: texts.waitSeconds(wait) });
  return await run(contact, asContact(ctx), raw, key);
}
