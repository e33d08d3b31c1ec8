import { mailInput, tickInput } from '#kernel/input.ts';
import { messages } from '#kernel/messages.ts';
import { z } from 'zod';
import { texts } from './messages.ts';

/** nothing is registered without consent. */
export const consentInput = z.object({ agree: tickInput.refine((ticked) => ticked, { message: texts.agree }) });

const mailLimit = 100;

/** the address twice. */
export const mailPairInput = z
  .object({ mail: mailInput('メールアドレス', { required: true }), mailRepeat: mailInput('メールアドレス(確認)', { required: true }) })
  .superRefine(({ mail, mailRepeat }, step) => {
    if (mail.length > mailLimit) step.addIssue({ code: 'custom', path: ['mail'], message: messages.max('メールアドレス', mailLimit) });
    if (mailRepeat !== '' && mail.toLowerCase() !== mailRepeat.toLowerCase()) {
      step.addIssue({ code: 'custom', path: ['mailRepeat'], message: texts.same });
    }
  });

/** What was typed in A-07, by field; passwords never. */
export const draftInput = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
export type Draft = z.infer<typeof draftInput>;

/** What a person has agreed to. */
export const agreedInput = z.object({ terms: z.int().min(1), privacy: z.int().min(1) });
export type Agreed = z.infer<typeof agreedInput>;
