import type { Outcome } from '#kernel/refusal.ts';
import { refuseFields } from '#kernel/refusal.ts';
import { ask } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ParsedForm } from '#platform/http/form.ts';
import { noticeTexts as texts } from '../messages.ts';
import { noticeFaults } from '../queries/faults.ts';
import { saveWithFiles } from './save-with-files.ts';

type Taken = { to: string; flash: string | undefined };

/**
 * The form of O-16 with its three buttons: everything typed is kept as a draft, and the button says where one goes on. What
 * 登録する needs is asked before anything is kept, so that the form comes back with its messages.
 */
export async function takeNoticeForm(
  ctx: Context,
  form: ParsedForm,
  more: { id?: string; files: readonly File[] },
): Promise<Outcome<Taken>> {
  const { intent, key } = form;
  const input = { ...form.input, ...(more.id === undefined ? {} : { id: more.id }) };
  if (intent === 'register') {
    const faults = await ask(noticeFaults, ctx, form.input);
    if (!faults.ok) return faults;
    if (Object.keys(faults.value).length > 0) return refuseFields(faults.value);
  }
  const outcome = await saveWithFiles(ctx, { input, files: more.files, key });
  if (!outcome.ok) return outcome;
  const at = `/office/notices/${outcome.value.id}`;
  if (intent === 'register') return { ok: true, value: { to: `${at}/register`, flash: undefined } };
  if (intent === 'preview') return { ok: true, value: { to: at, flash: undefined } };
  return { ok: true, value: { to: `${at}/edit`, flash: texts.saved } };
}
