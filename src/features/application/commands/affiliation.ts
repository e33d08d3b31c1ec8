import { newId } from '#kernel/id.ts';
import { proposeFacility } from '#features/facility/commands/add-facility.ts';
import { openAffiliation, succeedAffiliation } from '#features/membership/commands/record.ts';
import { affiliationsOf } from '#features/membership/queries/standing.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import type { Context } from '#platform/context.ts';
import { changeForm, transferForm } from '../forms.ts';
import type { Details } from '../schema.ts';
import { detailsInput, joinForm } from '../schema.ts';
import type { Case } from '../store.server.ts';

async function facilityOf(
  tx: WriteTransaction,
  target: Case,
  { lowestAssociationId, details }: { lowestAssociationId: number; details: Details },
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
    associationId: lowestAssociationId,
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
  const facilityId = await facilityOf(tx, target, { lowestAssociationId: form.lowestAssociationId, details });
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

function detailsOf(target: Case): Details {
  const form = target.kind === 'change' ? changeForm.parse(target.form) : transferForm.parse(target.form);
  return detailsInput.parse(form.details);
}

/**
 * The affiliation that takes the place of the one a change or transfer speaks of (`rules.md 1.3`): another workplace or
 * another chain is another affiliation, so what was true before stays as it was.
 */
export async function successorOf(tx: WriteTransaction, ctx: Context, target: Case): Promise<{ id: string; facilityId: string | null }> {
  if (target.affiliationId === null) throw new Error('a change without an affiliation');
  const details = detailsOf(target);
  const bottom = target.steps.filter((step) => step.leg !== 'leave').reduce((low, one) => (one.layer > low.layer ? one : low));
  const id = newId();
  const facilityId = await facilityOf(tx, target, { lowestAssociationId: bottom.associationId, details });
  await succeedAffiliation(tx, ctx, {
    from: target.affiliationId,
    to: {
      id,
      personId: target.personId,
      facilityId,
      lowestAssociationId: bottom.associationId,
      workCode: details.workCode,
      positionCode: details.positionCode,
      positionText: details.positionText,
      designations: details.designations,
      designationText: details.designationText,
      pendingIds: [],
    },
  });
  return { id, facilityId };
}
