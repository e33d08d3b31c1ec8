import { refuse } from '#kernel/refusal.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import { z } from 'zod';
import type { ServicePhase } from '../rules.ts';
import { bannerOf, phaseAt, sentenceOf } from '../rules.ts';
import type { ServiceRow } from '../store.server.ts';
import { listEntered, listTold } from '../store.server.ts';

/** What everybody is told of 計画停止 and 障害, and what 運営事務局 has entered (`screens.md P-07, A-16`). */

export type ServiceLine = ServiceRow & { phase: ServicePhase; sentence: string };

function lineOf(row: ServiceRow, now: Date): ServiceLine {
  return { ...row, phase: phaseAt(row, now), sentence: sentenceOf(row) };
}

/** For 稼働状況: what goes on and what is planned, with the one for the banner. */
export const serviceTold = query({
  name: 'serviceNotice.told',
  input: z.object({}),
  allow: () => true,
  read: async (tx, _input, ctx: Context) => {
    const rows = await listTold(tx, ctx.now);
    const banner = rows.length === 0 ? undefined : bannerOf(rows, ctx.now, (await systemSettingsOf(tx)).serviceBannerDays);
    return { lines: rows.map((row) => lineOf(row, ctx.now)), banner: banner === undefined ? undefined : sentenceOf(banner) };
  },
  audit: 'nothing',
});

/** For P-07. */
export const serviceEntered = query({
  name: 'serviceNotice.entered',
  input: z.object({}),
  allow: ({ actor }) => (actor.kind === 'operations' ? true : refuse('forbidden')),
  read: async (tx, _input, ctx: Context) => ({ lines: (await listEntered(tx)).map((row) => lineOf(row, ctx.now)), today: ctx.today }),
  audit: 'nothing',
});
