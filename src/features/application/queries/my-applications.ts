import type { Actor } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import { dayOfInstant } from '#kernel/day.ts';
import { dayInput } from '#kernel/input.ts';
import { messages } from '#kernel/messages.ts';
import { pageSizeOf } from '#kernel/paging.ts';
import { refuse } from '#kernel/refusal.ts';
import { formatInstant } from '#kernel/wareki.ts';
import { associationsById } from '#features/association/queries/directory.ts';
import { facilitiesById } from '#features/facility/queries/facility.ts';
import { affiliationNames } from '#features/membership/queries/standing.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { query } from '#platform/command/query.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import type { ApplicationState } from '../flow.ts';
import { isApplicationKind } from '../flow.ts';
import { kindLabel, paperName } from '../labels.ts';
import type { MyFilter, MyRow, MyStep } from '../my.store.server.ts';
import { countMine, listMine, listSteps } from '../my.store.server.ts';
import { continueTo, draftFacts } from './draft-facts.ts';
import { draftDeletionOn } from '../retention.ts';
import { rangeText, stateText, whereText } from './my-progress.ts';

/** D-06 申請状況: everything the doctor has sent or begun. */

export type MyTab = 'open' | 'draft' | 'done' | 'all';

const open: readonly ApplicationState[] = ['submitted', 'returned'];
const done: readonly ApplicationState[] = ['completed', 'rejected', 'retracted', 'cancelled'];
const statesOf: Record<MyTab, readonly ApplicationState[]> = { open, draft: ['draft'], done, all: [...open, ...done] };

export const myListInput = z
  .object({
    tab: z.enum(['open', 'draft', 'done', 'all']).catch('open'),
    kind: z
      .string()
      .max(20)
      .default('')
      .transform((text) => (isApplicationKind(text) ? text : undefined)),
    from: dayInput('申請日(開始)', { required: false }),
    to: dayInput('申請日(終了)', { required: false }),
    page: z.coerce.number().int().min(1).max(10_000).catch(1),
    size: z.string().nullish().transform(pageSizeOf),
  })
  .superRefine((input, step) => {
    if (input.from !== undefined && input.to !== undefined && input.from > input.to) {
      step.addIssue({ code: 'custom', path: ['from'], message: messages.order() });
    }
  });

export type MyLine = {
  id: string;
  number: string;
  kind: string;
  associations: string;
  wishedOn: Day | null;
  submittedOn: Day;
  state: string;
  tone: 'progress' | 'warn' | 'success' | 'neutral';
  where: string;
  updatedAt: string;
};

export type DraftLine = {
  id: string;
  paper: string;
  associations: string;
  facility: string;
  savedAt: string;
  deletedOn: Day;
  version: number;
  /** Where one goes on: step 1 while a category is missing. */
  continueTo: string;
};

const tones: Record<ApplicationState, MyLine['tone']> = {
  draft: 'neutral',
  submitted: 'progress',
  returned: 'warn',
  completed: 'success',
  rejected: 'neutral',
  retracted: 'neutral',
  cancelled: 'neutral',
};

/** One sent application as a line; also used by the top page. */
export function lineOf(row: MyRow, steps: readonly MyStep[], today: Day): MyLine {
  const own = steps.filter((step) => step.applicationId === row.id);
  return {
    id: row.id,
    number: row.number ?? '',
    kind: kindLabel(row.kind, row.state),
    associations: rangeText(own),
    wishedOn: row.wishedOn,
    submittedOn: dayOfInstant(row.submittedAt ?? row.createdAt),
    state: stateText({ state: row.state, steps: own }, { reader: 'doctor', today }),
    tone: tones[row.state],
    where: whereText(row.state, own),
    updatedAt: formatInstant(row.updatedAt),
  };
}

/** Drafts as lines, with the names of their associations and facilities read at once. */
export async function draftLinesOf(
  tx: ReadTransaction,
  rows: readonly MyRow[],
  { actor, today: on }: { actor: Actor; today: Day },
): Promise<DraftLine[]> {
  const facts = rows.map((row) => ({ row, fact: draftFacts(row.kind, row.form) }));
  const associationIds = facts.flatMap(({ fact }) => fact.associationIds);
  const associations = new Map((await associationsById(tx, [...new Set(associationIds)], on)).map((one) => [one.id, one.name]));
  const facilityIds = facts.flatMap(({ fact }) => fact.facilityId ?? []);
  const facilities = new Map((await facilitiesById(tx, [...new Set(facilityIds)])).map((one) => [one.id, one.name]));
  const affiliations = await affiliationNames(
    tx,
    facts.flatMap(({ fact }) => fact.affiliationId ?? []),
  );
  const periods = await systemSettingsOf(tx);
  return facts.map(({ row, fact }) => ({
    id: row.id,
    paper: paperName(row.kind),
    version: row.version,
    associations: rangeText(fact.associationIds.map((id) => ({ associationName: associations.get(id) ?? '' }))),
    facility: facilities.get(fact.facilityId ?? '') ?? affiliations.get(fact.affiliationId ?? '') ?? fact.facilityName,
    savedAt: formatInstant(row.updatedAt),
    deletedOn: draftDeletionOn({ savedAt: row.updatedAt, warnedOn: row.draftWarnedOn }, { periods, today: on }),
    continueTo: continueTo(actor, row),
  }));
}

function filterOf(states: readonly ApplicationState[], input?: z.infer<typeof myListInput>): MyFilter {
  return { states, kind: input?.kind, from: input?.from, to: input?.to };
}

async function counts(tx: ReadTransaction, actor: Actor) {
  return { open: await countMine(tx, actor, filterOf(open)), draft: await countMine(tx, actor, filterOf(['draft'])) };
}

export const myApplications = query({
  name: 'application.mine',
  input: myListInput,
  allow: (ctx) => (ctx.actor.kind === 'doctor' ? true : refuse('forbidden')),
  read: async (tx, input, ctx) => {
    const filter = filterOf(statesOf[input.tab], input.tab === 'draft' ? undefined : input);
    const count = await countMine(tx, ctx.actor, filter);
    const pageCount = Math.max(1, Math.ceil(count / input.size));
    const page = Math.min(input.page, pageCount);
    const rows = await listMine(tx, ctx.actor, { filter, slice: { offset: (page - 1) * input.size, limit: input.size } });
    const drafts = input.tab === 'draft' ? await draftLinesOf(tx, rows, ctx) : [];
    const steps =
      input.tab === 'draft'
        ? []
        : await listSteps(
            tx,
            rows.map((row) => row.id),
            ctx.today,
          );
    return {
      tab: input.tab,
      count,
      page,
      pageCount,
      size: input.size,
      tabs: await counts(tx, ctx.actor),
      lines: input.tab === 'draft' ? [] : rows.map((row) => lineOf(row, steps, ctx.today)),
      drafts,
    };
  },
  audit: (_value, _input, ctx) =>
    ctx.actor.kind === 'doctor' ? { action: 'application.listed', personIds: [ctx.actor.personId] } : undefined,
});

export type MyApplications = NonNullable<Awaited<ReturnType<typeof myApplications.read>>>;

/** What the top page shows: open cases (up to 3), all returned ones, drafts. */
export async function myOpenCases(tx: ReadTransaction, actor: Actor, today: Day) {
  const rows = await listMine(tx, actor, { filter: filterOf(open), slice: { offset: 0, limit: 20 } });
  const steps = await listSteps(
    tx,
    rows.map((row) => row.id),
    today,
  );
  const draftRows = await listMine(tx, actor, { filter: filterOf(['draft']), slice: { offset: 0, limit: 3 } });
  return {
    open: rows.map((row) => ({ row, steps: steps.filter((step) => step.applicationId === row.id), line: lineOf(row, steps, today) })),
    drafts: await draftLinesOf(tx, draftRows, { actor, today }),
    draftCount: draftRows.length === 0 ? 0 : await countMine(tx, actor, filterOf(['draft'])),
  };
}
