import type { Actor } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import { pageOf } from '#kernel/paging.ts';
import { refuse } from '#kernel/refusal.ts';
import { formatInstant } from '#kernel/wareki.ts';
import { associationsById } from '#features/association/queries/directory.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { DeskSection } from '../fields.ts';
import { awaitsAnswer } from '../flow.ts';
import type { StateTone } from '../labels.ts';
import { askerText, deskLabel, inquiryStateLabel, inquiryStateTone, kindLabels } from '../labels.ts';
import type { InboxScope, Listed, OwnScope } from '../list.store.server.ts';
import { countInbox, listInbox, listOwn } from '../list.store.server.ts';
import { atJma, deskOffice, mayAsk } from '../policy.ts';
import { jmaId } from '../rules.ts';
import type { ListFilter } from '../schema.ts';
import { inboxInput, ownListInput } from '../schema.ts';
import type { Inquiry } from '../store.server.ts';

/** Lists of お問合せ (`screens.md D-15, O-26, P-05`). */

export type InquiryLine = {
  id: string;
  number: string;
  kind: string;
  subject: string;
  state: string;
  tone: StateTone;
  asker: string;
  desk: string;
  askedAt: string;
  changedAt: string;
  dueOn: Day;
  /** 期限 is over and no answer has been given. */
  late: boolean;
};

async function linesOf(tx: ReadTransaction, ctx: Context, rows: readonly Inquiry[]): Promise<InquiryLine[]> {
  const ids = new Set(rows.flatMap((row) => row.at.associationId ?? []));
  const names = new Map((await associationsById(tx, [...ids], ctx.today)).map((one) => [one.id, one.name]));
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    kind: kindLabels[row.kind],
    subject: row.subject,
    state: inquiryStateLabel(row.state),
    tone: inquiryStateTone(row.state),
    asker: askerText(row.askerName, row.asker),
    desk: deskLabel(row.at, row.at.associationId === null ? '' : (names.get(row.at.associationId) ?? '')),
    askedAt: formatInstant(row.askedAt),
    changedAt: formatInstant(row.changedAt),
    dueOn: row.dueOn,
    late: awaitsAnswer(row.state) && row.dueOn < ctx.today,
  }));
}

export type InquiryPage = {
  rows: InquiryLine[];
  count: number;
  size: number;
  before: string | undefined;
  after: string | undefined;
  personIds: string[];
};

async function pageWith(
  tx: ReadTransaction,
  ctx: Context,
  { listed, filter }: { listed: Listed; filter: ListFilter },
): Promise<InquiryPage> {
  const { rows, before, after } = pageOf(listed.found, filter, (row) => row.id);
  return {
    rows: await linesOf(tx, ctx, rows),
    count: listed.count,
    size: filter.size,
    before,
    after,
    personIds: [...new Set(rows.flatMap((row) => row.personId ?? []))],
  };
}

/** Names and addresses of people who are no doctors of ours stand in a list too, so every look is on record (`rules.md 8.1`). */
const noteOf = ({ personIds }: { personIds: string[] }) => ({ action: 'inquiry.listed', personIds });

function ownScope(actor: Actor): OwnScope | undefined {
  if (actor.kind === 'doctor') return { personId: actor.personId };
  if (actor.kind !== 'office') return undefined;
  const office = deskOffice(actor);
  return office === undefined ? { accountId: actor.accountId } : { associationId: office.associationId };
}

/** One's own questions, last changed first (D-15, O-26). */
export const myInquiries = query({
  name: 'inquiry.own',
  input: ownListInput,
  allow: ({ actor }) => (mayAsk(actor) ? true : refuse('forbidden')),
  read: async (tx, filter, ctx) => {
    const scope = ownScope(ctx.actor);
    return scope === undefined ? undefined : await pageWith(tx, ctx, { listed: await listOwn(tx, scope, filter), filter });
  },
  audit: noteOf,
});

/** 会員からのお問合せ of an office (O-26). */
export const officeInbox = query({
  name: 'inquiry.officeInbox',
  input: inboxInput,
  allow: ({ actor }) => (deskOffice(actor) === undefined ? refuse('forbidden') : true),
  read: async (tx, filter, ctx) => {
    const office = deskOffice(ctx.actor);
    if (office === undefined) return undefined;
    const scope: InboxScope = { desk: 'office', associationId: office.associationId };
    const listed = await listInbox(tx, scope, { filter, open: filter.view === 'open' });
    return { view: filter.view, ...(await pageWith(tx, ctx, { listed, filter })) };
  },
  audit: noteOf,
});

/** Whose inbox P-05 shows: 運営事務局 its own, the JMA its 担当課. */
function deskScope(actor: Actor, section?: DeskSection): InboxScope | undefined {
  if (actor.kind === 'operations') return { desk: 'operations' };
  return atJma(actor) ? { desk: 'jma', associationId: jmaId, section } : undefined;
}

/** P-05: the inbox of 運営事務局, or of the 担当課 of the JMA. */
export const deskInbox = query({
  name: 'inquiry.deskInbox',
  input: inboxInput,
  allow: ({ actor }) => (deskScope(actor) === undefined ? refuse('forbidden') : true),
  read: async (tx, filter, ctx) => {
    const scope = deskScope(ctx.actor, filter.section);
    if (scope === undefined) return undefined;
    const listed = await listInbox(tx, scope, { filter, open: filter.view === 'open' });
    return { view: filter.view, jma: scope.desk === 'jma', ...(await pageWith(tx, ctx, { listed, filter })) };
  },
  audit: noteOf,
});

export type DeskCounts = { open: number; late: number };

/** What waits for an answer at the office's own desk (O-01). */
export async function officeInquiries(tx: ReadTransaction, actor: Actor, today: Day): Promise<DeskCounts> {
  const office = deskOffice(actor);
  return office === undefined ? { open: 0, late: 0 } : await countInbox(tx, { desk: 'office', associationId: office.associationId }, today);
}

/** What waits at 運営事務局 or the 担当課 of the JMA (P-01, O-01 of the JMA); undefined for everybody else. */
export async function deskInquiries(tx: ReadTransaction, actor: Actor, today: Day): Promise<DeskCounts | undefined> {
  const scope = deskScope(actor);
  return scope === undefined ? undefined : await countInbox(tx, scope, today);
}
