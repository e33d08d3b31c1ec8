import { addDays, startOfDay } from '#kernel/day.ts';
import { grantFetch } from '#features/export/commands/fetch.ts';
import { makeExport } from '#features/export/commands/make.ts';
import { reportDeletion } from '#features/export/commands/report-deletion.ts';
import { exportReactions } from '#features/export/reactions.ts';
import { run } from '#platform/command/command.ts';
import { as, must, system } from './acting.ts';
import type { Ground } from './ground.ts';

/** A few データ出力 (`screens.md O-23`) of one office, so that the list and its manifests can be looked at: one in each state. */

type Desk = Pick<Ground, 'surroundings' | 'today' | 'office'>;

type Plan = {
  daysAgo: number;
  list: 'members' | 'applications';
  conditions: string;
  purpose: string;
  columns: readonly string[];
  encoding: 'utf8' | 'cp932' | 'xlsx';
  /** Fetched the next hour; deleted so many days later. */
  fetched: boolean;
  deletedAfter?: number;
};

const names = ['licence', 'surnameKana', 'givenNameKana', 'surname', 'givenName', 'category', 'joinedOn'];
const cases = ['number', 'kind', 'state', 'submittedAt', 'name', 'kana', 'association', 'ownState'];

const plans: readonly Plan[] = [
  {
    daysAgo: 45,
    list: 'members',
    conditions: '?status=current',
    purpose: 'E02',
    columns: names,
    encoding: 'cp932',
    fetched: true,
    deletedAfter: 20,
  },
  { daysAgo: 12, list: 'members', conditions: '?status=current', purpose: 'E06', columns: names, encoding: 'xlsx', fetched: true },
  { daysAgo: 3, list: 'applications', conditions: '?tab=all', purpose: 'E07', columns: cases, encoding: 'utf8', fetched: false },
  { daysAgo: 0, list: 'members', conditions: '?status=current', purpose: 'E03', columns: names, encoding: 'utf8', fetched: false },
];

async function takeOut({ surroundings, today, office }: Desk, plan: Plan): Promise<void> {
  const { daysAgo, fetched, deletedAfter, ...wish } = plan;
  const day = addDays(today, -daysAgo);
  const clerk = office(27_001);
  const at = (hour: number, on = day) => as(surroundings, clerk, new Date(startOfDay(on).getTime() + hour * 3_600_000));
  const key = `demo export ${daysAgo}`;
  const keep = { baseOn: day, deleteBy: addDays(day, 90), numbered: 'on', unmappedWay: 'substitute' };
  const { id } = must(await run(makeExport, at(9), { ...wish, ...keep }, key));
  const reactions = exportReactions({ origin: surroundings.site.origin, log: () => undefined });
  await reactions['export.asked']?.(as(surroundings, system, at(9).now), { exportId: id });
  if (fetched) must(await run(grantFetch, at(10), { id }, `${key} fetched`));
  if (deletedAfter === undefined) return;
  const deletedOn = addDays(day, deletedAfter);
  must(await run(reportDeletion, at(16, deletedOn), { id, deletedOn, deleted: '1' }, `${key} deleted`));
}

/** Takes lists out through the commands; the same every time. */
export async function takeOutDemoLists(ground: Desk): Promise<void> {
  for (const plan of plans) await takeOut(ground, plan);
}
