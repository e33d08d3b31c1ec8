import type { Day } from '#kernel/day.ts';
import { addDays } from '#kernel/day.ts';
import { associationsById, chainOf } from '#features/association/queries/directory.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { type DueMember, listAdminEnding, listEndingOn } from '../member.store.server.ts';
import { listAdminMail, listOfficeMail } from '../store.server.ts';

export type EndingMember = DueMember & { admins: string[] };

/** Staff who are to be told today that their 有効期間 ends (M-31), with the 管理者 of their office. For the jobs of the system. */
export async function endingMembers(ctx: Context): Promise<EndingMember[]> {
  return await readTransaction(ctx, async (tx) => {
    const { staffWarningDays, staffWarningAgainDays } = await systemSettingsOf(tx);
    const found = await listEndingOn(
      tx,
      [staffWarningDays, staffWarningAgainDays, 1].map((days) => addDays(ctx.today, days)),
    );
    const admins = await listAdminMail(tx, [...new Set(found.map((one) => one.associationId))], ctx.today);
    return found.map((one) => ({
      ...one,
      admins: admins.filter((admin) => admin.associationId === one.associationId && admin.mail !== one.mail).map((admin) => admin.mail),
    }));
  });
}

export type EndingOffice = { associationId: number; office: string; until: Day | null; to: string[] };

async function upperMail(tx: ReadTransaction, associationId: number, on: Day): Promise<string[]> {
  const [, upper] = await chainOf(tx, associationId, on);
  const rows = upper === undefined ? [] : await listOfficeMail(tx, upper.id, on);
  return rows.flatMap((row) => row.mail ?? []);
}

/** Offices whose last 管理者 ends soon, or that have none, with the staff of the association above (M-32). */
export async function endingOffices(ctx: Context): Promise<EndingOffice[]> {
  return await readTransaction(ctx, async (tx) => {
    const { staffWarningDays } = await systemSettingsOf(tx);
    const found = await listAdminEnding(tx, addDays(ctx.today, staffWarningDays));
    const names = new Map(
      (
        await associationsById(
          tx,
          found.map((one) => one.associationId),
          ctx.today,
        )
      ).map((one) => [one.id, one.name]),
    );
    const offices: EndingOffice[] = [];
    for (const { associationId, until } of found) {
      const office = names.get(associationId);
      if (office !== undefined) offices.push({ associationId, office, until, to: await upperMail(tx, associationId, ctx.today) });
    }
    return offices;
  });
}
