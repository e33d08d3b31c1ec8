import { ask } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import { admitFiles, asContact, sendContact } from '../commands/contact.ts';
import { contactReview } from '../queries/asking.ts';
import type { Way } from './take-question.ts';
import { flat, takeQuestion } from './take-question.ts';

/** What A-15 does with a POST of somebody without login. */

const way: Way = {
  admit: admitFiles,
  review: async (ctx, input) => flat(await ask(contactReview, ctx, input)),
  send: sendContact,
};

export async function takeContact(ctx: Context, request: Request) {
  return await takeQuestion(asContact(ctx), request, way);
}
