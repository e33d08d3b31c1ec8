import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { findPerson } from '#features/person/queries/person.ts';
import { dayOfInstant } from '#kernel/day.ts';
import { idInput } from '#kernel/input.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { formatInstant } from '#kernel/wareki.ts';
import { command, run } from '#platform/command/command.ts';
import { fieldErrors } from '#platform/command/parse.ts';
import type { Context } from '#platform/context.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { letterTemplate } from '#platform/render/letter.ts';
import { newShortSecret, tokenOfSecret } from '#platform/session/short-secret.ts';
import { hashToken, isToken } from '#platform/session/token.ts';
import { z } from 'zod';
import { insertLetter } from '../letter.store.server.ts';
import { consentFault, letterFault, type LetterTarget } from '../letter-rules.ts';
import { consentLabels, type LetterKind, letterTexts } from '../labels.ts';
import { initialLetter, resetLetter } from '../letter-messages.ts';
import { asOperations, purposeOf, readTarget } from '../queries/letter-target.ts';
import { insertLink, useLinks } from '../recovery.store.server.ts';
import { letterInput, letterNoteInput, type LetterWish } from '../schema.ts';
import { issueInitialLogin, type LetterNote, newInitialLogin } from './issue-initial-login.ts';

/**
 * 書状を印刷する (P-04): the letter is set first and what stands in it takes effect afterwards, so that nothing changes when no
 * paper comes out. Password and code exist on the paper only.
 */

const dayMs = 86_400_000;
const comeAgainSeconds = 10;

const issueCode = command({
  name: 'entrance.issueLetterCode',
  input: z.object({ personId: idInput, token: z.string().refine(isToken), letter: letterNoteInput }),
  secret: true,
  locks: async (tx, { personId }) => {
    const accountId = (await findPerson(tx, personId))?.accountId ?? '';
    return [
      { kind: 'account', id: accountId },
      { kind: 'person', id: personId },
    ];
  },
  load: async (tx, { personId }) => {
    const person = await findPerson(tx, personId);
    return person && { person, days: (await systemSettingsOf(tx)).letterCodeDays };
  },
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (ctx, { person, days }) =>
    person.accountId === null || person.diedOn !== null
      ? refuse('conflict')
      : accepted({ accountId: person.accountId, until: new Date(ctx.now.getTime() + days * dayMs) }),
  save: async (tx, { ctx, decision: { accountId, until }, input: { personId, token, letter } }) => {
    // The code of an earlier letter opens nothing any more.
    await useLinks(tx, accountId, { purpose: 'letter', now: ctx.now });
    await insertLink(tx, { tokenHash: hashToken(token), accountId, purpose: 'letter', mail: '', now: ctx.now, expiresAt: until });
    await insertLetter(tx, { ...letter, kind: 'reset', personId, at: ctx.now, until });
    const audit = { action: 'entrance.issueLetterCode', target: personId, personIds: [personId], purpose: letter.purpose };
    return { value: { until }, audit, events: [] };
  },
});

type Setting = { ctx: Context; target: LetterTarget; note: LetterNote };

function untilOf({ ctx, target: { settings } }: Setting, kind: LetterKind) {
  const days = kind === 'initial' ? settings.initialLoginDays : settings.letterCodeDays;
  return dayOfInstant(new Date(ctx.now.getTime() + days * dayMs));
}

function factsOf(setting: Setting, kind: LetterKind) {
  const { ctx, target } = setting;
  const { name, address } = target;
  const footer = letterTexts.printed(formatInstant(ctx.now));
  return { name, address, today: ctx.today, until: untilOf(setting, kind), origin: ctx.site.origin, footer };
}

/** The paper, and what makes it true. */
function letterOf(setting: Setting, kind: LetterKind) {
  const { ctx, target, note } = setting;
  const facts = factsOf(setting, kind);
  if (kind === 'initial') {
    const login = newInitialLogin();
    return {
      letter: initialLetter(facts, login),
      settle: async () => await issueInitialLogin(ctx, target.personId, { login, letter: note }),
    };
  }
  const code = newShortSecret();
  const input = { personId: target.personId, token: tokenOfSecret(code), letter: note };
  return { letter: resetLetter(facts, code), settle: async () => await run(issueCode, ctx, input) };
}

function noteOf(wish: LetterWish, by: LetterNote['by']): LetterNote {
  return {
    by,
    purpose: purposeOf(wish),
    consent: wish.consentHow === '' ? '' : consentLabels[wish.consentHow],
    ...(wish.consentOn === undefined ? {} : { consentOn: wish.consentOn }),
  };
}

export type PrintedLogin = { kind: LetterKind; bytes: Uint8Array };

/** Prints L-01 or L-02 for the doctor to whom all facts fit. */
export async function printLetter(ctx: Context, raw: unknown): Promise<Outcome<PrintedLogin>> {
  const operations = asOperations(ctx);
  if (operations === undefined) return refuse('forbidden');
  const parsed = letterInput.safeParse(raw);
  if (!parsed.success) return refuse('invalid', { fields: fieldErrors(parsed.error) });
  const wish = parsed.data;
  const early = consentFault(wish.consentOn, ctx.today);
  if (early !== undefined) return refuseFields(early);
  const { accountId, displayName: name } = operations.actor;
  const target = await readTransaction(operations.ctx, (tx) => readTarget(tx, ctx, { wish, by: accountId }));
  const fault = letterFault(target, wish.kind);
  if (fault !== undefined || target === undefined) return refuse('conflict', fault === undefined ? {} : { message: fault });
  const note = noteOf(wish, { accountId, name });
  const { letter, settle } = letterOf({ ctx: operations.ctx, target, note }, wish.kind);
  const bytes = await ctx.render.print(letterTemplate, letter);
  if (bytes === undefined) return refuse('unavailable', { retryAfterSeconds: comeAgainSeconds });
  const settled = await settle();
  return settled.ok ? accepted({ kind: wish.kind, bytes }) : settled;
}
