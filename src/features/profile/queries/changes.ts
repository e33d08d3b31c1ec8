import { actingAccount } from '#kernel/actor.ts';
import { refuse } from '#kernel/refusal.ts';
import { formatDayPlain, formatInstant } from '#kernel/wareki.ts';
import { associationsById, codeList } from '#features/association/queries/directory.ts';
import { contactErased } from '#features/membership/labels.ts';
import { fadedAmong, isContactFaded } from '#features/membership/queries/faded.ts';
import { isMemberHere, personHead } from '#features/membership/queries/member-head.ts';
import { memberOffice } from '#features/membership/queries/members.ts';
import { profileChangesById, profileChangesOf } from '#features/person/queries/profile-changes.ts';
import type { ShownChange } from '#features/person/schema.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { listFreeFiles } from '#platform/files/free-files.ts';
import { findPaper, listPapers, type Paper } from '../paper.store.server.ts';
import { historyInput, keptPapersInput, paperInput } from '../schema.ts';

export type { Paper };

export type PastChange = {
  id: string;
  at: string;
  by: string;
  changes: readonly ShownChange[];
  ground: string;
  askedOn: string;
  papers: readonly Paper[];
};

type ChangeHistory = { personId: string; name: string; rows: PastChange[]; after: string | undefined };

const pageRows = 20;

const contactBlocks: readonly string[] = ['address', 'contact'];

/** That an address changed stays on record; what it was does not stay in sight (`screens.md O-08`). */
function withoutContact(change: ShownChange): ShownChange {
  return contactBlocks.includes(change.block) ? { ...change, before: contactErased, after: contactErased } : change;
}

/** 登録情報の変更履歴 of a member, newest first: who, what, and for an office's change its ground, day and papers (`screens.md O-09`). */
export const memberProfileChanges = query({
  name: 'profile.memberChanges',
  input: historyInput,
  allow: memberOffice,
  read: async (tx, { id, after }, ctx): Promise<ChangeHistory | undefined> => {
    const head = await personHead(tx, ctx, id);
    if (head === undefined) return undefined;
    const faded = await isContactFaded(tx, ctx, id);
    const found = await profileChangesOf(tx, id, { after, limit: pageRows + 1 });
    const rows = found.slice(0, pageRows);
    const offices = new Map(
      (
        await associationsById(
          tx,
          rows.flatMap((row) => row.associationId ?? []),
          ctx.today,
        )
      ).map((one) => [one.id, one.name]),
    );
    const grounds = new Map((await codeList(tx, 'reason.proxy', ctx.today)).map((row) => [row.code, row.label]));
    const papers = await listPapers(
      tx,
      rows.map((row) => row.id),
    );
    return {
      personId: id,
      name: head.name,
      after: found.length > pageRows ? rows.at(-1)?.id : undefined,
      rows: rows.map((row) => ({
        id: row.id,
        at: formatInstant(row.at),
        by: row.associationId === null ? row.by : `${offices.get(row.associationId) ?? ''} ${row.by}`.trim(),
        changes: faded ? row.changes.map(withoutContact) : row.changes,
        ground: row.ground === null ? '' : (grounds.get(row.ground) ?? row.ground),
        askedOn: row.askedOn === null ? '' : formatDayPlain(row.askedOn),
        papers: papers.filter((paper) => paper.changeId === row.id),
      })),
    };
  },
  audit: (_value, { id }) => ({ action: 'member.viewed', target: id, personIds: [id], detail: { profileChanges: true } }),
});

/** What some changes were, by their numbers, for the acting office: only of whom it may see, contact data only as long as it may. */
export async function shownChangesOf(
  tx: ReadTransaction,
  ctx: Context,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly ShownChange[]>> {
  const found = await profileChangesById(tx, ids);
  const people = [...new Set(found.map((row) => row.personId))];
  const faded = people.length === 0 ? new Set<string>() : await fadedAmong(tx, ctx, people);
  return new Map(found.map((row) => [row.id, faded.has(row.personId) ? row.changes.map(withoutContact) : row.changes]));
}

/** One 証拠書類, to be opened by the office that registered the change. */
export const profilePaper = query({
  name: 'profile.paper',
  input: paperInput,
  allow: memberOffice,
  read: async (tx, { id, fileId }, ctx) => {
    if (!(await isMemberHere(tx, ctx, id))) return undefined;
    return await findPaper(tx, { personId: id, fileId });
  },
  audit: (file, { id }) => ({ action: 'profile.paperViewed', target: id, personIds: [id], detail: { fileId: file.id } }),
});

/** The papers that a form carries on, by its ids. */
export const keptPapers = query({
  name: 'profile.keptPapers',
  input: keptPapersInput,
  allow: (ctx) => (actingAccount(ctx.actor) === undefined ? refuse('forbidden') : memberOffice(ctx)),
  read: async (tx, { personId, paperIds }, ctx): Promise<Paper[] | undefined> => {
    if (!(await isMemberHere(tx, ctx, personId))) return undefined;
    return await listFreeFiles(tx, actingAccount(ctx.actor) ?? '', paperIds);
  },
  audit: 'nothing',
});
