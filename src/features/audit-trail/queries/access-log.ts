import type { Day } from '#kernel/day.ts';
import { addDays } from '#kernel/day.ts';
import type { Page } from '#kernel/paging.ts';
import { turnPage } from '#kernel/paging.ts';
import { refuse } from '#kernel/refusal.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { query } from '#platform/command/query.ts';
import { type AccessRow, countAccess, listAccess, listViewers, type ViewerRow } from '../access.store.server.ts';
import { accessLabel } from '../act-labels.ts';
import { groundText, operationsOffice, reasonJoint, reasonLabels } from '../labels.ts';
import { accessInput } from '../schema.ts';
import { purposeWords } from './trail.ts';

export type Viewer = { key: string; name: string; why: string };
export type AccessLine = { id: string; at: Date; office: string; operation: string; purpose: string; ground: string };
export type AccessLog = Page<AccessLine> & { viewers: Viewer[]; count: number; size: number; from: Day; to: Day };

function whyOf(row: ViewerRow): string {
  const member = row.current ? reasonLabels.member : row.ahead ? reasonLabels.joining : row.applying ? undefined : reasonLabels.former;
  return [member, row.applying ? reasonLabels.applying : undefined].filter((one) => one !== undefined).join(reasonJoint);
}

function lineOf(row: AccessRow, purposes: ReadonlyMap<string, string>): AccessLine {
  const { id, at } = row;
  const office = row.office ?? operationsOffice;
  const ground = groundText(office, row.onBehalfOf);
  return { id, at, office, operation: accessLabel(row.action), purpose: purposes.get(row.purpose) ?? row.purpose, ground };
}

/** 閲覧履歴 (`screens.md D-14`): who may see me now, and which office has looked at or changed my data. No names of persons. */
export const accessLog = query({
  name: 'audit.accessLog',
  input: accessInput,
  allow: (ctx) => (ctx.actor.kind === 'doctor' ? true : refuse('forbidden')),
  read: async (tx, filter, ctx): Promise<AccessLog | undefined> => {
    if (ctx.actor.kind !== 'doctor') return undefined;
    const { accessLogDays } = await systemSettingsOf(tx);
    const to = filter.to ?? ctx.today;
    const from = filter.from ?? addDays(to, -accessLogDays);
    const viewers = await listViewers(tx, ctx.actor.personId, ctx.today);
    const period = { since: from, until: to };
    const page = await turnPage(
      filter,
      async (walk) => await listAccess(tx, { ...period, ...walk, on: ctx.today }),
      (row) => row.id,
    );
    const purposes = await purposeWords(tx, ctx.today);
    return {
      ...page,
      rows: page.rows.map((row) => lineOf(row, purposes)),
      viewers: viewers.map((row) => ({ key: String(row.associationId), name: row.name, why: whyOf(row) })),
      count: await countAccess(tx, period),
      size: filter.size,
      from,
      to,
    };
  },
  audit: (_log, _input, ctx) =>
    ctx.actor.kind === 'doctor' ? { action: 'audit.accessLogViewed', personIds: [ctx.actor.personId] } : undefined,
});
