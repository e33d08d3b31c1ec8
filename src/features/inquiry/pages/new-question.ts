import { ask } from '#platform/command/query.ts';
import { run } from '#platform/command/command.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash } from '#platform/http/respond.ts';
import { newId } from '#kernel/id.ts';
import { askQuestion } from '../commands/ask.ts';
import { inquiryTexts as texts } from '../messages.ts';
import { askReview } from '../queries/asking.ts';
import { inquiryStart } from '../queries/start.ts';
import type { Way } from './take-question.ts';
import { flat, takeQuestion } from './take-question.ts';

/** What the new pages of D-15 and O-26 do alike. */

type Provider = Parameters<typeof redirectWithFlash>[0];

const way: Way = {
  review: async (ctx, input) => flat(await ask(askReview, ctx, input)),
  send: async (ctx, input, key) => await run(askQuestion, ctx, input, key),
};

/** An empty form, or one that another screen has begun to fill in. */
export async function startQuestion(provider: Provider, request: Request) {
  const asked = new URL(request.url).searchParams;
  const input = { kind: asked.get('kind') ?? '', application: asked.get('application') ?? '', about: asked.get('about') ?? '' };
  return { start: orThrow(await ask(inquiryStart, contextOf(provider), input)), batch: newId() };
}

/** After 送信する the thread, with the number in one sentence. */
export async function sendQuestion(provider: Provider, request: Request, base: string) {
  const taken = await takeQuestion(contextOf(provider), request, way);
  return taken.shown ?? redirectWithFlash(provider, `${base}/${taken.sent.id}`, texts.done(taken.sent.number));
}
