import { checkLoginId, checkMail, checkPassword, checkReq, firstMessage } from '#kernel/checks.ts';
import { foldAlnum } from '#kernel/fold-input.ts';
import { textInput, tickInput } from '#kernel/input.ts';
import { messages } from '#kernel/messages.ts';
import { z } from 'zod';

const loginIdLabel = 'ログインID';
const passwordLabel = 'パスワード';

function checkedText(fold: (text: string) => string, check: (text: string) => string | undefined) {
  return z
    .string()
    .default('')
    .transform((text, step) => {
      const folded = fold(text);
      const message = check(folded);
      if (message !== undefined) step.issues.push({ code: 'custom', message, input: '' });
      return folded;
    });
}

const asTyped = (text: string) => text;

/** Nothing is checked but presence: what cannot be an ID is answered like a wrong pair. */
export const loginInput = z.object({
  loginId: checkedText(foldAlnum, (text) => checkReq(loginIdLabel, text)),
  password: checkedText(asTyped, (text) => checkReq(passwordLabel, text)),
});

/** A login ID that somebody chooses. */
export const newLoginIdInput = checkedText(foldAlnum, (text) => firstMessage(checkReq(loginIdLabel, text), checkLoginId(text)));

/** A password that somebody chooses (A-07, `rules.md 5.4`); the block list is `flawsOfLogin`. */
export const newPasswordInput = checkedText(asTyped, (text) => firstMessage(checkReq(passwordLabel, text), checkPassword(text)));

/** The message at the second entry: checks req and same. */
export function differingPasswords(input: { password: string; passwordRepeat: string }): string | undefined {
  if (input.passwordRepeat === '') return messages.req(`${passwordLabel}(確認)`);
  return input.password === input.passwordRepeat ? undefined : messages.same(passwordLabel);
}

const mailText = checkedText(foldAlnum, checkMail);

/** An account as commands write it; the password is already a hash. */
export const newAccountInput = z.object({
  loginId: newLoginIdInput,
  passwordHash: z.string().startsWith('$argon2id$'),
  kind: z.enum(['doctor', 'staff']),
  displayName: z.string().min(1).max(100),
  mail: mailText,
});

export type NewAccount = z.infer<typeof newAccountInput>;

/** the box, and the versions that the form has shown. */
export const agreeInput = z.object({ agree: tickInput.catch(false), seen: z.string().catch('') });

/** The name that tells one's passkeys apart (D-05). */
export const passkeyNameInput = textInput('パスキーの名前', { max: 30, required: true });
