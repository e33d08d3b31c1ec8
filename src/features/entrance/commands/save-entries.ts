import { loginOf as initialLoginOf } from '#features/identity/commands/change-login.ts';
import { prepareLogin } from '#features/identity/commands/create-account.ts';
import { flawsBesideInitial } from '#features/identity/commands/initial-login.ts';
import { isLoginIdTaken } from '#features/identity/queries/taken.ts';
import { differingPasswords, newLoginIdInput } from '#features/identity/schema.ts';
import { flawsOfProfileDraft } from '#features/person/queries/profile-flaws.ts';
import { inFormOrder } from '#features/person/rules.ts';
import { profileDraftInput, type ProfileDraft, textIn } from '#features/person/schema.ts';
import { messages } from '#kernel/messages.ts';
import type { FieldErrors, Outcome } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { command, run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import { asEntrance } from '../as-entrance.ts';
import { texts } from '../messages.ts';
import { mostIdChecks } from '../rules.ts';
import { findById, type Registration, saveDraft } from '../store.server.ts';

/** Keeps what was typed, right or wrong, for 24 hours; the password only as its hash. */
const keepEntries = command({
  name: 'entrance.saveEntries',
  input: z.object({ id: z.string(), draft: profileDraftInput, passwordHash: z.string().nullable(), idChecked: z.boolean() }),
  secret: true,
  locks: async (_tx, input) => [{ kind: 'key', id: `registration:${input.id}` }],
  load: async (tx, input) => {
    const found = await findById(tx, input.id);
    return found?.completedAt === null ? found : undefined;
  },
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (_ctx, _target, input) => accepted(input),
  save: async (tx, { decision, input }) => {
    await saveDraft(tx, input.id, decision);
    return { value: true, audit: { action: 'entrance.saveEntries', target: input.id }, events: [] };
  },
});

const passwordPair = z.object({ password: z.string().max(1000).default(''), passwordRepeat: z.string().max(1000).default('') });

type Login = { errors: FieldErrors; passwordHash: string | null };

/** A password typed now replaces the one kept; an empty pair keeps it. */
async function loginOf(
  registration: Registration,
  draft: ProfileDraft,
  raw: unknown,
): Promise<Login | Exclude<Outcome<never>, { ok: true }>> {
  const parsed = passwordPair.safeParse(raw);
  const pair = parsed.success ? parsed.data : { password: '', passwordRepeat: '' };
  const loginId = textIn(draft, 'loginId');
  if (pair.password === '' && pair.passwordRepeat === '' && registration.passwordHash !== null) {
    const id = newLoginIdInput.safeParse(loginId);
    return {
      errors: id.success ? {} : { loginId: id.error.issues.map((issue) => issue.message) },
      passwordHash: registration.passwordHash,
    };
  }
  const names = ['surname', 'givenName'].map((name) => textIn(draft, name));
  const repeated = differingPasswords(pair);
  const login = await prepareLogin({ loginId, password: pair.password }, names);
  if (!login.ok && login.refusal.code !== 'invalid') return login;
  const errors: FieldErrors = {
    ...(login.ok ? {} : login.refusal.fields),
    ...(repeated === undefined ? {} : { passwordRepeat: [repeated] }),
  };
  return { errors, passwordHash: login.ok && repeated === undefined ? login.value.passwordHash : null };
}

async function takenId(ctx: Context, loginId: string): Promise<FieldErrors> {
  const taken = await readTransaction(asEntrance(ctx), (tx) => isLoginIdTaken(tx, loginId));
  return taken ? { loginId: [messages.idUsed()] } : {};
}

/** At a first login ID and password must be others than those of the letter. */
async function flawsOfFirst(
  ctx: Context,
  registration: Registration,
  typed: { loginId: string; raw: unknown },
): Promise<Outcome<FieldErrors>> {
  const initial = registration.accountId === null ? undefined : await initialLoginOf(ctx, registration.accountId);
  if (initial === undefined) return accepted({});
  const pair = passwordPair.safeParse(typed.raw);
  return await flawsBesideInitial(initial, { loginId: typed.loginId, password: pair.success ? pair.data.password : '' });
}

export type Entries = { draft: ProfileDraft; raw: unknown /** False for 検索 and 追加する: kept, not judged. */; complete: boolean };

/** 確認画面へ進む: keeps everything, then says everything that is wrong at once. */
export async function saveEntries(ctx: Context, registration: Registration, entries: Entries): Promise<Outcome<true>> {
  const { draft, complete } = entries;
  if (complete && registration.idChecks >= mostIdChecks) return refuse('tooMany', { message: texts.tooManyIds });
  const login = await loginOf(registration, draft, entries.raw);
  if ('ok' in login) return login;
  const first = await flawsOfFirst(ctx, registration, { loginId: textIn(draft, 'loginId'), raw: entries.raw });
  if (!first.ok) return first;
  const idIsWell = login.errors['loginId'] === undefined;
  const passwordHash = first.value['password'] === undefined ? (login.passwordHash ?? registration.passwordHash) : null;
  const outcome = await run(keepEntries, asEntrance(ctx), { id: registration.id, draft, passwordHash, idChecked: complete && idIsWell });
  if (!outcome.ok || !complete) return outcome.ok ? accepted(true) : outcome;
  const taken = idIsWell ? await takenId(ctx, textIn(draft, 'loginId')) : {};
  const errors = inFormOrder({ ...(await flawsOfProfileDraft(ctx, draft)), ...login.errors, ...taken, ...first.value });
  return Object.keys(errors).length > 0 ? refuseFields(errors) : accepted(true);
}
