import type { Day } from '#kernel/day.ts';
import { addDays, startOfDay } from '#kernel/day.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { StaffToLookAt } from '../active-staff.store.server.ts';
import { listStaffToLookAt } from '../active-staff.store.server.ts';

export type StaffNotice = {
  /** 有効期間 ends within so many days. */
  days: number;
  ending: { staffId: string; name: string; validUntil: Day }[];
  /** Nobody has logged in with them for so many days. */
  unusedDays: number;
  unused: StaffToLookAt[];
};

/** 管理者への注意 (`screens.md O-01`): accounts of the own office that end soon or that nobody uses. */
export async function staffToLookAt(tx: ReadTransaction, ctx: Context, associationId: number): Promise<StaffNotice> {
  const { staffWarningDays: days, staffUnusedDays: unusedDays } = await systemSettingsOf(tx);
  const endsBy = addDays(ctx.today, days);
  const unusedSince = startOfDay(addDays(ctx.today, -unusedDays));
  const rows = await listStaffToLookAt(tx, associationId, { on: ctx.today, endsBy, unusedSince });
  return {
    days,
    unusedDays,
    ending: rows.filter((row) => row.validUntil <= endsBy).map(({ staffId, name, validUntil }) => ({ staffId, name, validUntil })),
    unused: rows.filter((row) => row.lastLoginAt === null || row.lastLoginAt < unusedSince),
  };
}
