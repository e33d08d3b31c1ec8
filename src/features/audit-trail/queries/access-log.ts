import type { Day } from '#kernel/day.ts';
import { addDays } from '#kernel/day.ts';
import { refuse } from '#kernel/refusal.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { query } from '#platform/command/query.ts';
import { type AccessRow, listAccess, listViewers, type ViewerRow } from '../access.store.server.ts';
import { accessLabel } from '../act-labels.ts';
import { groundText, operationsOffice, reasonJoint, reasonLabels } from '../labels.ts';
import { accessInput } from '../schema.ts';
import { purposeWords } from './trail.ts';

const pageSize = 50;

export type Viewer = { key: string; name: string; why: string };
export type AccessLine = { id: string; at: Date; office: string; operation: string; purpose: string; ground: string };
export type AccessLog = { viewers: Viewer[]; rows: AccessLine[]; after: string | undefined; from: Day; to: Day };

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
    const found = await listAccess(tx, { from, to, after: filter.after, limit: pageSize + 1, on: ctx.today });
    const purposes = await purposeWords(tx, ctx.today);
    const rows = found.slice(0, pageSize).map((row) => lineOf(row, purposes));
    return {
      viewers: viewers.map((row) => ({ key: String(row.associationId), name: row.name, why: whyOf(row) })),
      rows,
      after: found.length > pageSize ? rows.at(-1)?.id : undefined,
      from,
      to,
    };
  },
  audit: (_log, _input, ctx) =>
    ctx.actor.kind === 'doctor' ? { action: 'audit.accessLogViewed', personIds: [ctx.actor.personId] } : undefined,
});
