import { newId } from '#kernel/id.ts';
import { proposeFacility } from '#features/facility/commands/add-facility.ts';
import { openAffiliation } from '#features/membership/commands/record.ts';
import { affiliationsOf } from '#features/membership/queries/standing.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import type { Details, JoinForm } from '../schema.ts';
import { detailsInput, joinForm } from '../schema.ts';
import type { Case } from '../store.server.ts';

async function facilityOf(
  tx: WriteTransaction,
  target: Case,
  { form, details }: { form: JoinForm; details: Details },
): Promise<string | null> {
  if (details.facilityId !== '') return details.facilityId;
  if (details.facilityName === '') return null;
  return await proposeFacility(tx, {
    name: details.facilityName,
    address: details.facilityAddress,
    tel: details.facilityTel,
    ownerType: details.facilityOwnerType,
    beds: details.facilityBeds ?? null,
    personId: target.personId,
    associationId: form.lowestAssociationId,
  });
}

/**
 * The affiliation that a join's memberships belong to (`rules.md 1.3`): the existing one when upper layers are added,
 * otherwise created by the first approval, with a typed facility name kept as a candidate for the master.
 */
export async function affiliationForJoin(tx: WriteTransaction, target: Case): Promise<{ id: string; facilityId: string | null }> {
  if (target.affiliationId !== null) {
    const known = (await affiliationsOf(tx, target.personId)).find((one) => one.id === target.affiliationId);
    if (known === undefined) throw new Error('the affiliation of the case is out of scope');
    return { id: known.id, facilityId: known.facilityId };
  }
  const form = joinForm.parse(target.form);
  const details = detailsInput.parse(form.details);
  const id = newId();
  const facilityId = await facilityOf(tx, target, { form, details });
  const lowest = target.steps[0]?.associationId ?? form.lowestAssociationId;
  await openAffiliation(tx, {
    id,
    personId: target.personId,
    facilityId,
    lowestAssociationId: lowest,
    workCode: details.workCode,
    positionCode: details.positionCode,
    positionText: details.positionText,
    designations: details.designations,
    designationText: details.designationText,
    pendingIds: target.visibleTo,
  });
  return { id, facilityId };
}
