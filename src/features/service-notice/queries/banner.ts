import { ask } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { Database } from '#platform/db/database.ts';
import { serviceTold } from './service-notices.ts';

/** Every page has the banner: it is asked for once in a while, not for every page, and once for many at the same moment. */
const freshMs = 15_000;

type Kept = { at: number; banner: Promise<string | undefined> };

const kept = new WeakMap<Database, Kept>();

/** While the database is away its own pages say so, and 稼働状況 must still be shown: no banner then. */
async function asked(ctx: Context): Promise<string | undefined> {
  try {
    const told = await ask(serviceTold, ctx, {});
    return told.ok ? told.value.banner : undefined;
  } catch (error) {
    kept.delete(ctx.database);
    throw error;
  }
}

/** The sentence of 計画停止 or 障害 for the head of every page (`screens.md 1.1`); at most 15 seconds old. */
export async function currentBanner(ctx: Context): Promise<string | undefined> {
  const known = kept.get(ctx.database);
  const at = ctx.now.getTime();
  if (known !== undefined && Math.abs(at - known.at) < freshMs) return await known.banner;
  const banner = asked(ctx);
  kept.set(ctx.database, { at, banner });
  return await banner;
}
