import { data, redirect } from 'react-router';
import { listInput, tickInput } from '#kernel/input.ts';
import { messages } from '#kernel/messages.ts';
import { type Refusal, refuseFields, statusOf } from '#kernel/refusal.ts';
import type { ParsedForm } from '#platform/http/form.ts';
import { z } from 'zod';
import { signInMessages } from '../messages.ts';

/** The page of the recovery codes, shown again to whoever goes on without saying that he has kept them. */

export type ShownCodes = { codes: readonly string[]; refusal?: Refusal };

/** The codes come back from the page itself: they are kept nowhere in words. */
const pageInput = z.object({ codes: listInput(z.string().regex(/^[A-Z\d]{8}$/), 10).catch([]), kept: tickInput.catch(false) });

/** 次へ under the codes. */
export function afterCodes(form: ParsedForm, home: string) {
  const { codes, kept } = pageInput.parse(form.input);
  if (kept || codes.length === 0) return redirect(home, 303);
  const { refusal } = refuseFields({ kept: [messages.agree(`「${signInMessages.codesKept}」`)] });
  return data<ShownCodes>({ codes, refusal }, { status: statusOf(refusal) });
}
