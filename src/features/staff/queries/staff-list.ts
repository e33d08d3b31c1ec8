import type { Page } from '#kernel/paging.ts';
import { pageOf } from '#kernel/paging.ts';
import { refuse } from '#kernel/refusal.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { Day } from '#kernel/day.ts';
import { addDays } from '#kernel/day.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { isDeleted } from '../flow.ts';
import { roleLabel } from '../labels.ts';
import { countSessions, findStaffRows, listStaff, type StaffRow } from '../list.store.server.ts';
import { listMembers, type Member } from '../member.store.server.ts';
import { staffAdmin } from '../policy.ts';
import { activeAdmins, defaultValidUntil, isLastAdmin, mayTakeOver } from '../rules.ts';
import { chosenIdsInput, type StaffFilter, staffListInput, staffTargetInput } from '../schema.ts';

const adminOnly = (ctx: Context) => (staffAdmin(ctx.actor) === undefined ? refuse('forbidden') : true);

function officeOf(ctx: Context): number {
  const admin = staffAdmin(ctx.actor);
  if (admin === undefined) throw new Error('only administrators ask this');
  return admin.associationId;
}

/** The banner from 30 days before the last 管理者 ends (O-17). */
export type Warning = { name: string; until: Day };

export type StaffList = Page<StaffRow> & {
  count: number;
  filter: StaffFilter;
  warning: Warning | undefined;
};

/** 事務局ユーザー一覧 (`screens.md O-17`): staff and open invitations of the own office, in the order of フリガナ. */
export const staffList = query({
  name: 'staff.list',
  input: staffListInput,
  allow: adminOnly,
  read: async (tx, filter, ctx): Promise<StaffList> => {
    const associationId = officeOf(ctx);
    const { rows, count } = await listStaff(tx, { associationId, filter, limit: filter.size + 1 });
    const { staffWarningDays } = await systemSettingsOf(tx);
    const [last, ...others] = activeAdmins(await listMembers(tx, associationId), ctx.today);
    const alone = last !== undefined && others.length === 0 && last.validUntil <= addDays(ctx.today, staffWarningDays);
    const warning = alone ? { name: `${last.surname} ${last.givenName}`, until: last.validUntil } : undefined;
    return { ...pageOf(rows, filter, (row) => row.id), count, filter, warning };
  },
  audit: (list) => ({ action: 'staff.listed', detail: { rows: list.rows.length } }),
});

export type StaffDetail = {
  row: StaffRow;
  sessions: number;
  lastAdmin: boolean;
  own: boolean;
  latest: Day;
  /** On one's own page: who may take over (引継ぎ). */
  successors: readonly { value: string; label: string }[];
};

function successorsOf(members: readonly Member[], ownId: string, today: Day): StaffDetail['successors'] {
  return members
    .filter((one) => mayTakeOver(one, { ownId, today }))
    .toSorted((a, b) => `${a.surnameKana} ${a.givenNameKana}`.localeCompare(`${b.surnameKana} ${b.givenNameKana}`, 'ja'))
    .map((one) => ({ value: one.id, label: `${one.surname} ${one.givenName}(${roleLabel(one.role)})` }));
}

/** One row of the list with what its page needs. */
export const staffDetail = query({
  name: 'staff.detail',
  input: staffTargetInput.pick({ id: true }),
  allow: adminOnly,
  read: async (tx, { id }, ctx): Promise<StaffDetail | undefined> => {
    const associationId = officeOf(ctx);
    const [row] = await findStaffRows(tx, associationId, [id]);
    if (row === undefined || (row.state !== undefined && isDeleted(row.state))) return undefined;
    const { staffValidDays } = await systemSettingsOf(tx);
    const members = await listMembers(tx, associationId);
    const own = staffAdmin(ctx.actor)?.staffId === id;
    return {
      row,
      own,
      sessions: await countSessions(tx, associationId, id),
      lastAdmin: isLastAdmin(members, id, ctx.today),
      latest: defaultValidUntil(ctx.today, staffValidDays),
      successors: own ? successorsOf(members, id, ctx.today) : [],
    };
  },
  audit: (detail) => ({ action: 'staff.viewed', target: detail.row.id }),
});

/** What the empty form of 新規登録 begins with. */
export const newStaff = query({
  name: 'staff.new',
  input: staffListInput.pick({}),
  allow: adminOnly,
  read: async (tx, _input, ctx) => {
    const { staffValidDays, staffInvitationDays } = await systemSettingsOf(tx);
    return { validUntil: defaultValidUntil(ctx.today, staffValidDays), days: staffInvitationDays };
  },
  audit: 'nothing',
});

/** The rows that were ticked for 選択したユーザーを削除; what is not there any more is left out. */
export const chosenStaff = query({
  name: 'staff.chosen',
  input: chosenIdsInput,
  allow: adminOnly,
  read: async (tx, { ids }, ctx): Promise<StaffRow[]> => {
    const associationId = officeOf(ctx);
    return await findStaffRows(tx, associationId, ids);
  },
  audit: (rows) => ({ action: 'staff.listed', detail: { rows: rows.length } }),
});
