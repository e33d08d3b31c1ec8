import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { ask, query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import { z } from 'zod';
import { asEntrance } from '../as-entrance.ts';
import type { Agreed } from '../schema.ts';
import { listTerms, type Terms } from '../store.server.ts';

const termsNow = query({
  name: 'entrance.terms',
  input: z.object({}),
  allow: () => true,
  read: async (tx, _input, ctx) => await listTerms(tx, ctx.today),
  audit: 'nothing',
});

/** A text with its version: `terms` 利用規約, `privacy` 個人情報の取り扱い, `office` 事務局規約. */
export async function termsText(ctx: Context, kind: 'terms' | 'privacy' | 'office'): Promise<Outcome<Terms>> {
  const found = await ask(termsNow, asEntrance(ctx), {});
  if (!found.ok) return found;
  const text = found.value.find((one) => one.kind === kind);
  return text === undefined ? refuse('notFound') : accepted(text);
}

export type Edition = Pick<Terms, 'version' | 'effectiveOn'>;
/** The two texts of a registration, by version and day. */
export type ConsentTexts = { terms: Edition; privacy: Edition };

const editionOf = ({ version, effectiveOn }: Terms): Edition => ({ version, effectiveOn });

/** What a doctor is asked to agree to today. */
export async function consentTexts(ctx: Context): Promise<Outcome<ConsentTexts>> {
  const [terms, privacy] = [await termsText(ctx, 'terms'), await termsText(ctx, 'privacy')];
  if (!terms.ok) return terms;
  return privacy.ok ? accepted({ terms: editionOf(terms.value), privacy: editionOf(privacy.value) }) : privacy;
}

/** The versions that somebody who agrees today agrees to. */
export async function termsToAgree(ctx: Context): Promise<Outcome<Agreed>> {
  const found = await consentTexts(ctx);
  return found.ok ? accepted({ terms: found.value.terms.version, privacy: found.value.privacy.version }) : found;
}
