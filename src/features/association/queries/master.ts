import type { Day } from '#kernel/day.ts';
import type { Page } from '#kernel/paging.ts';
import { pageOf } from '#kernel/paging.ts';
import type { Outcome, Refused } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import { changeGround, decideChange } from '../commands/judge-change.ts';
import type { UsedCategory } from '../commands/judge-move.ts';
import type { MasterFilter } from '../master-schema.ts';
import { codeInput, masterListInput, proposeInput } from '../master-schema.ts';
import type { MasterRow } from '../master-fields.ts';
import type { MasterVersion } from '../master-list.store.server.ts';
import type { Burden, Change } from '../master.store.server.ts';
import { findMaster, listMaster, listVersions } from '../master-list.store.server.ts';
import { burdenOf, listChanges, listDueChanges } from '../master.store.server.ts';
import type { Batch } from '../batch.store.server.ts';
import { listDueBatches, listWaitingBatches } from '../batch.store.server.ts';
import { awaitsFirstDay, isMoving, isTakenBack, stateOn } from '../flow.ts';
import type { MasterState } from '../flow.ts';
import { columnNames, masterColumns } from '../master-sheet.ts';
import { masterOffice, mayKeepMaster } from '../policy.ts';
import type { OpeningWithdrawal } from '../opening-withdrawal.store.server.ts';
import { findOpeningWithdrawal } from '../opening-withdrawal.store.server.ts';
import type { CategoryName, FirstAdmin, MoveNumbers, MoveProgress } from '../reorganisation.store.server.ts';
import { listAdmins, listFirstAdmins, progressOf } from '../reorganisation.store.server.ts';
import type { NameRequest } from '../request.store.server.ts';
import { listRequests, listWaitingRequests } from '../request.store.server.ts';
import { findAssociations, listCodes } from '../store.server.ts';

/** 医師会マスタ (`screens.md J-02`): the tree of associations on a day. Counts of members, nobody's name. */

const jmaOnly = (ctx: Context) => (masterOffice(ctx.actor) === undefined ? refuse('forbidden') : true);

export type MasterLine = MasterRow & { state: MasterState };

export type ListedAssociation = MasterLine & { admins: number };

export type MasterList = Page<ListedAssociation> & {
  filter: MasterFilter;
  on: Day;
  today: Day;
  mayKeep: boolean;
  requests: (NameRequest & { present: string; code: string })[];
  prefectures: { value: string; label: string }[];
  /** 一括更新 that wait for a second person. */
  batches: Batch[];
};

/** The list, with the requests that wait for an answer. */
export const masterList = query({
  name: 'association.master',
  input: masterListInput,
  allow: jmaOnly,
  read: async (tx, filter, ctx): Promise<MasterList> => {
    const on = filter.on ?? ctx.today;
    const found = await listMaster(tx, { ...filter, on, descending: filter.sort !== undefined, limit: filter.size + 1 });
    const { rows: shown, ...beside } = pageOf(found, filter, (row) => row.code);
    const admins = new Map(
      (
        await listAdmins(
          tx,
          shown.map((row) => row.id),
        )
      ).map((one) => [one.associationId, one.admins]),
    );
    const rows = shown.map((row) => ({ ...row, state: stateOn(row, on), admins: admins.get(row.id) ?? 0 }));
    const waiting = await listWaitingRequests(tx);
    const present = new Map(
      (await findAssociations(tx, [...new Set(waiting.map((one) => one.associationId))], ctx.today)).map((one) => [one.id, one]),
    );
    return {
      ...beside,
      rows,
      filter,
      on,
      today: ctx.today,
      mayKeep: mayKeepMaster(ctx.actor),
      prefectures: await prefectureOptions(tx, ctx),
      batches: await listWaitingBatches(tx),
      requests: waiting.map((one) => ({
        ...one,
        present: present.get(one.associationId)?.name ?? '',
        code: present.get(one.associationId)?.code ?? '',
      })),
    };
  },
  audit: 'nothing',
});

async function prefectureOptions(tx: ReadTransaction, ctx: Context) {
  return (await listCodes(tx, ['prefecture'], ctx.today)).map((row) => ({ value: row.code, label: row.label }));
}

export type ListedChange = Change & { parent: string; target: string; own: boolean; columns: string[] };

export type MasterDetail = {
  row: MasterLine;
  versions: MasterVersion[];
  changes: ListedChange[];
  /** Of the change whose members are on their way. */
  progress: (MoveProgress & { left: Burden }) | undefined;
  admins: number;
  invitedUntil: Date | null;
  firstAdmins: FirstAdmin[];
  requests: NameRequest[];
  /** Who took its 設立 back before the day. */
  withdrawal: OpeningWithdrawal | undefined;
  /** Its 設立 can be taken back by the reader. */
  mayTakeBack: boolean;
  burden: Burden;
  mayKeep: boolean;
  today: Day;
};

/** One association through time, with what is planned for it. */
export const masterDetail = query({
  name: 'association.masterDetail',
  input: codeInput,
  allow: jmaOnly,
  read: async (tx, { code }, ctx): Promise<MasterDetail | undefined> => {
    const office = masterOffice(ctx.actor);
    const row = code === '' ? undefined : await findMaster(tx, code, ctx.today);
    if (row === undefined || office === undefined) return undefined;
    const changes = await listChanges(tx, row.id);
    const others = await findAssociations(
      tx,
      [...new Set(changes.flatMap((one) => [one.parentId ?? [], one.targetId ?? []].flat()))],
      ctx.today,
    );
    const nameOf = (id: number | null) => others.find((one) => one.id === id)?.name ?? '';
    const moving = changes.find((one) => isMoving(one.state));
    const burden = await burdenOf(tx, row.id, ctx.today);
    const [staffed] = await listAdmins(tx, [row.id]);
    const state = stateOn(row, ctx.today);
    return {
      row: { ...row, state },
      versions: await listVersions(tx, row.id),
      changes: changes.map((one) => ({
        ...one,
        parent: nameOf(one.parentId),
        target: nameOf(one.targetId),
        own: one.proposedBy === office.accountId,
        columns: columnNames.filter((column) => column in one.before).map((column) => masterColumns[column]),
      })),
      requests: await listRequests(tx, row.id),
      withdrawal: isTakenBack(state) ? await findOpeningWithdrawal(tx, row.id) : undefined,
      mayTakeBack: mayKeepMaster(ctx.actor) && awaitsFirstDay(state),
      burden,
      progress: moving === undefined ? undefined : { ...(await progressOf(tx, moving.id)), left: burden },
      admins: staffed?.admins ?? 0,
      invitedUntil: staffed?.invitedUntil ?? null,
      firstAdmins: await listFirstAdmins(tx, row.id),
      mayKeep: mayKeepMaster(ctx.actor),
      today: ctx.today,
    };
  },
  audit: 'nothing',
});

export type MoveReview = Omit<MoveNumbers, 'categories'> & { staff: number; target: string; used: UsedCategory[]; options: CategoryName[] };

export type ChangeReview = { burden: Burden; parent: string; move: MoveReview | undefined };

/** Only what becomes of the categories is still to be said: the preview asks it. */
function lacksOnlyCategories({ refusal }: Refused): boolean {
  const fields = Object.keys(refusal.fields ?? {});
  return fields.length > 0 && fields.every((name) => name.startsWith('categories.'));
}

/** 確認画面 of 組織改編: what would change and how many would move, or why it cannot be. */
export const changeReview = query({
  name: 'association.changeReview',
  input: proposeInput,
  allow: (ctx) => (mayKeepMaster(ctx.actor) ? true : refuse('forbidden')),
  read: async (tx, input, ctx): Promise<Outcome<ChangeReview> | undefined> => {
    const ground = await changeGround(tx, input, ctx.today);
    if (ground === undefined) return undefined;
    const decided = decideChange(ground, input, ctx.today);
    if (!decided.ok && !lacksOnlyCategories(decided)) return decided;
    const { burden, parent, move } = ground;
    if (move?.target === undefined || !(input.kind === 'merge' || input.kind === 'split'))
      return accepted({ burden, parent: parent?.name ?? '', move: undefined });
    const { categories: _counted, ...numbers } = move.numbers;
    return accepted({
      burden,
      parent: '',
      move: { ...numbers, staff: move.staff, target: move.target.name, used: move.used, options: move.options },
    });
  },
  audit: 'nothing',
});

/** What the form of a new association begins with. */
export const openStart = query({
  name: 'association.openStart',
  input: z.object({}),
  allow: (ctx) => (mayKeepMaster(ctx.actor) ? true : refuse('forbidden')),
  read: async (tx, _input, ctx) => ({
    today: ctx.today,
    prefectures: await prefectureOptions(tx, ctx),
  }),
  audit: 'nothing',
});

/** Reserved changes whose day has come; asked by the daily round. */
export const dueChanges = query({
  name: 'association.dueChanges',
  input: z.object({}),
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  read: async (tx, _input, ctx) => ({ single: await listDueChanges(tx, ctx.today), batches: await listDueBatches(tx, ctx.today) }),
  audit: 'nothing',
});
