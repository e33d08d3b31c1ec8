import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import type { Context } from '#platform/context.ts';
import { isDatabaseGone } from '#platform/db/errors.ts';
import { listOwed, type OwedVersion } from '../terms.store.server.ts';

/** The versions of terms that a session owes its consent to; asked as the system, like all of sign-in. */
export async function owedTerms(ctx: Context, tokenHash: Buffer): Promise<Outcome<OwedVersion[]>> {
  try {
    return accepted(await listOwed(ctx.database.system, tokenHash));
  } catch (error) {
    if (isDatabaseGone(error)) return refuse('unavailable', { retryAfterSeconds: 5 });
    throw error;
  }
}

/** 「terms:2,privacy:3」: what a form has shown, to be compared when it comes back. */
export function seenVersions(versions: readonly Pick<OwedVersion, 'kind' | 'version'>[]): string {
  return versions.map(({ kind, version }) => `${kind}:${version}`).join(',');
}
