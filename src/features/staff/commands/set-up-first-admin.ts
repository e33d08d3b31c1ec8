import type { Outcome, Refused } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { accountConstraints, prepareLogin, writeAccount } from '#features/identity/commands/create-account.ts';
import { differingPasswords, newAccountInput } from '#features/identity/schema.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { command, run } from '#platform/command/command.ts';
import { fieldErrors } from '#platform/command/parse.ts';
import type { Context } from '#platform/context.ts';
import { z } from 'zod';
import { staffMessages } from '../messages.ts';
import { defaultValidUntil } from '../rules.ts';
import { firstAdminInput, staffNames } from '../schema.ts';
import { closeSetup, isSetupCode } from '../setup-code.ts';
import { findNationalId, insertStaff, staffExists } from '../store.server.ts';

const tooLate = () => refuse('conflict', { message: staffMessages.adminThere, link: { to: '/login', label: staffMessages.toLogin } });

/** The first 管理者 of 日本医師会, account and staff member in one transaction. Refused once there is any staff. */
export const setUpFirstAdmin = command({
  name: 'staff.setUpFirstAdmin',
  input: z.object({ account: newAccountInput, names: staffNames }),
  secret: true,
  locks: async () => [{ kind: 'key', id: 'staff.setUpFirstAdmin' }],
  load: async (tx) => {
    const associationId = await findNationalId(tx);
    if (associationId === undefined) return undefined;
    return { associationId, staffed: await staffExists(tx), validDays: (await systemSettingsOf(tx)).staffValidDays };
  },
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (ctx, target, input) =>
    target.staffed
      ? tooLate()
      : accepted({ ...input, associationId: target.associationId, validUntil: defaultValidUntil(ctx.today, target.validDays) }),
  save: async (tx, { decision }) => {
    const { associationId, names, validUntil } = decision;
    const accountId = await writeAccount(tx, decision.account);
    const staffId = await insertStaff(tx, { ...names, accountId, associationId, role: 'admin', validUntil });
    return { value: { staffId }, audit: { action: 'staff.setUpFirstAdmin', target: staffId }, events: [] };
  },
  constraints: accountConstraints,
});

const passwords = z.object({ password: z.string().default(''), passwordRepeat: z.string().default('') });

/** All messages of the form at once: names and code here, ID and password from the identity feature. */
async function check(
  raw: unknown,
): Promise<Refused | { form: z.infer<typeof firstAdminInput>; login: { loginId: string; passwordHash: string } }> {
  const form = firstAdminInput.safeParse(raw);
  const repeated = differingPasswords(passwords.catch({ password: '', passwordRepeat: '' }).parse(raw));
  const known = form.success ? [form.data.surname, form.data.givenName] : [];
  const login = await prepareLogin(raw, known);
  if (!login.ok && login.refusal.code !== 'invalid') return login;
  if (form.success && repeated === undefined && login.ok) return { form: form.data, login: login.value };
  return refuseFields({
    ...(form.success ? {} : fieldErrors(form.error)),
    ...(login.ok ? {} : login.refusal.fields),
    ...(repeated === undefined ? {} : { passwordRepeat: [repeated] }),
  });
}

/**
 * First set-up of an installation without demo: whoever reads the console may make the first 管理者, once. The code is
 * checked before anything else is told or hashed.
 */
export async function setUp(ctx: Context, raw: unknown): Promise<Outcome<{ staffId: string }>> {
  const code = z.object({ code: z.string() }).safeParse(raw);
  if (!code.success || !isSetupCode(code.data.code)) return refuseFields({ code: [staffMessages.wrongCode] });
  const checked = await check(raw);
  if ('ok' in checked) return checked;
  const { form, login } = checked;
  const displayName = `${form.surname} ${form.givenName}`;
  const outcome = await run(
    setUpFirstAdmin,
    { ...ctx, actor: { kind: 'system', name: 'setup' } },
    {
      account: { ...login, kind: 'staff', displayName, mail: form.mail },
      names: form,
    },
  );
  if (outcome.ok) closeSetup();
  return outcome;
}
