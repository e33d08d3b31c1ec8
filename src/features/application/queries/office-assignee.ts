import { officeColleagues } from '#features/staff/queries/colleagues.ts';
import type { Colleague } from '#features/staff/queries/colleagues.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { findAssignee } from '../assignment.store.server.ts';
import { officeOf } from './inbox.ts';

/** 担当者 of our own office for a case, and who else could be it (`screens.md O-05`). */
export type ShownAssignee = {
  /** Undefined while nobody has taken it. */
  present: { staffId: string; name: string; mine: boolean } | undefined;
  /** The acting person's own staff id. */
  ownStaffId: string;
  colleagues: Colleague[];
};

/** Who has the case at the acting office, and who could have it. */
export async function readAssignee(tx: ReadTransaction, ctx: Context, applicationId: string): Promise<ShownAssignee> {
  const { associationId, staffId } = officeOf(ctx);
  const present = await findAssignee(tx, { associationId, applicationId });
  return {
    present: present === undefined ? undefined : { staffId: present.staffId, name: present.name, mine: present.staffId === staffId },
    ownStaffId: staffId,
    colleagues: await officeColleagues(tx, associationId, ctx.today),
  };
}
