import { idInput, textInput, tickInput } from '#kernel/input.ts';
import { messages } from '#kernel/messages.ts';
import { z } from 'zod';
import { faqTexts as texts } from './labels.ts';

/** A question for よくある質問, rewritten so that nobody is recognised in it. */
export const addQuestionInput = z.object({
  question: textInput(texts.question, { required: true, max: 100 }),
  answer: textInput(texts.answer, { required: true, max: 2000, multiline: true }),
  anonymous: tickInput.refine((ticked) => ticked, { error: messages.agree(texts.anonymous) }),
});

export const faqIdInput = z.object({ id: idInput });
